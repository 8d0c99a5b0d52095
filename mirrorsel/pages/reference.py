"""What stands for a value in a directive: a dotted name, or a string."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

_ARGUMENT = re.compile(r"arg([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name with its attributes, as ``http.country``."""

    name: str

    @property
    def root(self) -> str:
        """The name without attributes."""
        return self.name.partition(".")[0]

    @property
    def argument(self) -> int | None:
        """Which argument of an include it means, counted from 0; None for none."""
        match = _ARGUMENT.fullmatch(self.root)
        return int(match[1]) if match else None

    def behind(self, name: str) -> tuple[str, ...]:
        """Return the attributes that follow a name that this one begins with."""
        rest = self.name[len(name) + 1 :]
        return tuple(rest.split(".")) if rest else ()

    def attributes_of(self, other: "Reference") -> "Reference":
        """Return the attributes of this reference, taken of another one."""
        return Reference(other.name + self.name[len(self.root) :])

    def innermost(self, loops: Collection[str]) -> str | None:
        """Return the longest of some names that this one is or begins with."""
        if not loops or self.name in loops:
            return self.name if loops else None
        found = (one for one in loops if self._begins_with(one))
        return max(found, key=len, default=None)

    def _begins_with(self, name: str) -> bool:
        end = len(name)
        return self.name[end : end + 1] == "." and self.name.startswith(name)


@dataclass(frozen=True, slots=True)
class Constant:
    """A string that stands in the template itself, without its quotes."""

    text: str


Operand: TypeAlias = Reference | Constant


def operand(word: str) -> Operand:
    """Return what a word of a directive stands for.

    A backslash in a string keeps the next character from ending it, and stays.
    """
    return Constant(word[1:-1]) if word.startswith('"') else Reference(word)
