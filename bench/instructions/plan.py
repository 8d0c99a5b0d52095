"""What is to be counted, and what was, as parent and child tell each other."""

from collections.abc import Sequence

import msgspec

from bench.instructions.worlds import Size


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The scenarios of one run of valgrind, beside those of comparison."""

    sizes: Sequence[Size]
    names: Sequence[str]
    requests: int = 200
    """How many of each scenario are counted, where one does not take long."""

    def written(self) -> str:
        """Return the plan as an argument of a program."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def read(cls, text: str) -> "Plan":
        """Return the plan that was written so."""
        return msgspec.json.decode(text, type=cls)


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that was counted between two marks."""

    scenario: str
    size: Size | None
    """None for those of comparison."""
    requests: int

    def written(self) -> str:
        """Return this as a line of the child's output."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def read(cls, text: str) -> "Counted":
        """Return what was written so."""
        return msgspec.json.decode(text, type=cls)
