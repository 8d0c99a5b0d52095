"""What names mean at one place of a rendering."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from mirrorsel.pages.reference import Constant, Operand, Reference
from mirrorsel.pages.values import Item, Markup, Value, Values

Found: TypeAlias = str | Markup | Item | Sequence[Value] | None
"""A value that was looked up; None if the name is unknown."""


@dataclass(slots=True, kw_only=True)
class Loop:
    """A ``[for]`` that is being repeated."""

    items: Sequence[Value]
    index: int = 0


class Scope:
    """Names looked up in loops, then in defines, then in the page's values."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._loops: dict[str, Loop] = {}
        self._defines: dict[str, Markup] = {}
        self._arguments: tuple[Operand, ...] = ()

    def find(self, operand: Operand) -> Found:
        """Return what an operand stands for; a string of the template is markup."""
        meant = self.resolve(operand)
        if isinstance(meant, Constant):
            return Markup(text=meant.text)
        value, attributes = self._start(meant)
        for attribute in attributes:
            if not isinstance(value, Item) or attribute not in value.attributes:
                return None
            value = _plain(value.attributes[attribute])
        return value

    def resolve(self, operand: Operand) -> Operand:
        """Return what the includer passed for ``arg0``; other operands as they are."""
        if not self._arguments or isinstance(operand, Constant):
            return operand
        number = operand.argument
        if number is None or number >= len(self._arguments):
            return operand
        passed = self._arguments[number]
        if isinstance(passed, Constant):
            return passed
        return operand.attributes_of(passed)

    def loop(self, operand: Operand) -> Loop | None:
        """Return the loop over what an operand names, if it is inside one."""
        meant = self.resolve(operand)
        return self._loops.get(meant.name) if isinstance(meant, Reference) else None

    def define(self, name: str, markup: Markup) -> None:
        """Let a name stand for markup from now on."""
        self._defines[name] = markup

    @contextmanager
    def looping(self, name: str, loop: Loop) -> Iterator[None]:
        """Let a name stand for a loop's current item."""
        outer = self._loops.get(name)
        self._loops[name] = loop
        try:
            yield
        finally:
            del self._loops[name]
            if outer is not None:
                self._loops[name] = outer

    @contextmanager
    def passing(self, arguments: Sequence[Operand]) -> Iterator[None]:
        """Let ``arg0`` and so on stand for the arguments of an include."""
        outer = self._arguments
        self._arguments = tuple(self.resolve(one) for one in arguments)
        try:
            yield
        finally:
            self._arguments = outer

    def _start(self, reference: Reference) -> tuple[Found, tuple[str, ...]]:
        """Return what the start of a name stands for, and the attributes behind it."""
        name = reference.innermost(self._loops)
        if name is not None:
            loop = self._loops[name]
            return _plain(loop.items[loop.index]), reference.behind(name)
        root = reference.root
        attributes = reference.behind(root)
        if root in self._defines:
            return self._defines[root], attributes
        known = root in self._values
        return (_plain(self._values[root]) if known else None), attributes


def _plain(value: Value) -> Found:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) else value
