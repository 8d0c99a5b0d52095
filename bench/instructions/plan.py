"""What is to be counted, as parent and child tell each other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bench.instructions.worlds import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The scenarios of one run of valgrind, beside those of comparison."""

    sizes: Sequence[Size]
    names: Sequence[str]
    requests: int = 200
    """How many of each scenario are counted."""

    def written(self) -> str:
        """Return the plan as an argument of a program."""
        sizes = [(one.mirrors, one.apart) for one in self.sizes]
        return json.dumps([sizes, list(self.names), self.requests])

    @classmethod
    def read(cls, text: str) -> "Plan":
        """Return the plan that was written so."""
        sizes, names, requests = json.loads(text)
        return cls(
            sizes=[Size(mirrors=mirrors, apart=apart) for mirrors, apart in sizes],
            names=names,
            requests=requests,
        )
