"""One question that the rules answer: what is in force for one request."""

from dataclasses import dataclass

from mirrorsel.audit.candidate import Candidate
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.merged import Merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request, and one way in which the configuration may answer it."""

    candidate: Candidate
    merged: Merged
    facts: Facts

    @property
    def folder(self) -> str:
        """The folder of the file that is asked for."""
        return self.candidate.folder

    @property
    def name(self) -> str:
        """The name of the file that is asked for."""
        return self.candidate.name

    def loaded(self, module: str) -> bool:
        """Whether a module is loaded; unknown modules count as loaded."""
        return self.facts.modules is None or module in self.facts.modules
