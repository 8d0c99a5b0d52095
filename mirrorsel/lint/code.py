"""A kind of problem: its name, how bad it is, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.errors import Problem


class Severity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"
    """The list is refused, and the one before it stays in force."""
    WARNING = "warning"
    """The list is used, and likely does not do what was meant."""
    NOTE = "note"
    """The list does what was meant, and could say so better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What is known of one kind of problem besides its places."""

    name: str
    """A noun phrase in small letters, with hyphens between its words."""
    what: str
    """What is wrong, as one sentence in Markdown."""
    why: str
    """Why that matters."""
    mend: str
    """What to do."""
    severity: Severity = Severity.WARNING
    needs: str = ""
    """The field of `Facts` without which it cannot be found; empty for none."""
    silent: bool = True
    """Whether a comment in the list may silence it; an error never is."""

    @property
    def silenceable(self) -> bool:
        """Whether a comment in the list may silence it."""
        return self.silent and self.severity is not Severity.ERROR

    def at(self, message: str, line: int = 0, column: int = 0) -> Problem:
        """Return a problem of this kind; without a line it is the whole list's."""
        return Problem(
            message=message,
            line=line,
            column=column,
            warning=self.severity is not Severity.ERROR,
            code=self.name,
        )


def error(name: str, *, what: str, why: str, mend: str) -> Code:
    """Return a kind of error."""
    return Code(name=name, what=what, why=why, mend=mend, severity=Severity.ERROR)
