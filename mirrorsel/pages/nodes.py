"""The parts of a parsed template, each of which knows how to write itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mirrorsel.pages.formats import Format
from mirrorsel.pages.reference import Constant, Operand, Reference
from mirrorsel.pages.rendering import STEP, Rendering, Section
from mirrorsel.pages.scope import Loop
from mirrorsel.pages.values import Item, Markup

_PLACE = re.compile(r"%(%|[0-9]+)")
_MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Text:
    """Bytes that reach the client unchanged."""

    text: bytes

    def write(self, rendering: Rendering) -> None:
        """Write them."""
        rendering.out.append(self.text)


@dataclass(frozen=True, slots=True)
class Print:
    """A value, as ``[preferred]``."""

    name: str
    reference: Reference
    otherwise: tuple[bytes, bytes]
    """What is written instead if the name is unknown, and if it is a list."""

    def write(self, rendering: Rendering) -> None:
        """Write the value, escaped."""
        piece = rendering.printed.get(self.name)
        if piece is None:
            rendering.print(self.reference, self.otherwise)
        else:
            rendering.spend(len(piece))
            rendering.out.append(piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """A value with others in it, as ``["from %0 to %1" a b]``."""

    pattern: Operand
    arguments: tuple[Operand, ...]
    otherwise: tuple[bytes, bytes]

    def write(self, rendering: Rendering) -> None:
        """Write the pattern with the arguments; ``%%`` is a percent sign."""
        written: list[bytes] = []
        for operand, piece in self._pieces(rendering):
            if piece is None:
                rendering.out.append(rendering.otherwise(operand, self.otherwise))
                return
            written.append(rendering.escaped(piece))
        rendering.out += written

    def _pieces(
        self, rendering: Rendering
    ) -> Iterator[tuple[Operand, str | Markup | None]]:
        """Yield each part of the pattern, and whose value it is."""
        pattern = rendering.string(self.pattern)
        if pattern is None:
            yield self.pattern, None
            return
        markup = isinstance(pattern, Markup)
        text = pattern.text if isinstance(pattern, Markup) else pattern
        rendering.spend(STEP * text.count("%"))
        parts = _PLACE.split(text)
        for number, part in enumerate(parts):
            if number % 2 == 0 or part == "%":
                yield self.pattern, Markup(text=part) if markup else part
            elif (operand := self._argument(part)) is not None:
                yield operand, rendering.string(operand)
            else:
                yield self.pattern, Markup(text="<undef>")

    def _argument(self, digits: str) -> Operand | None:
        number = int(digits) if len(digits) <= _MOST_DIGITS else len(self.arguments)
        return self.arguments[number] if number < len(self.arguments) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IfAny:
    """``[if-any a b]``: whether any of some values is not empty."""

    operands: tuple[Operand, ...]
    then: Section
    other: Section

    def write(self, rendering: Rendering) -> None:
        """Write one of the two sections."""
        chosen = any(_filled(rendering, operand) for operand in self.operands)
        (self.then if chosen else self.other).write(rendering)


def _filled(rendering: Rendering, operand: Operand) -> bool:
    found = rendering.scope.find(operand)
    if isinstance(found, Markup):
        return bool(found.text)
    return found is not None and (not isinstance(found, Sequence) or len(found) > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """``[is a b]``: whether two values are equal, ignoring case."""

    left: Operand
    right: Operand
    then: Section
    other: Section

    def write(self, rendering: Rendering) -> None:
        """Write one of the two sections."""
        left = _folded(rendering, self.left)
        right = _folded(rendering, self.right)
        chosen = left is not None and left == right
        (self.then if chosen else self.other).write(rendering)


def _folded(rendering: Rendering, operand: Operand) -> str | None:
    found = rendering.string(operand)
    text = found.text if isinstance(found, Markup) else found
    return None if text is None else text.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class IfIndex:
    """``[if-index x first]``: which item of a loop this is."""

    operand: Operand
    position: str
    """``odd``, ``even``, ``first``, ``last`` or a number, counted from 0."""
    sources: tuple[bytes, bytes, bytes]
    """The directive, its ``[else]`` and its ``[end]``, for use outside its loop."""
    then: Section
    other: Section

    def write(self, rendering: Rendering) -> None:
        """Write one of the two sections, or all as it stands outside the loop."""
        loop = rendering.scope.loop(self.operand)
        if loop is not None:
            (self.then if self._holds(loop) else self.other).write(rendering)
            return
        opening, middle, end = self.sources
        rendering.out.append(opening)
        self.then.write(rendering)
        rendering.out.append(middle)
        self.other.write(rendering)
        rendering.out.append(end)

    def _holds(self, loop: Loop) -> bool:
        match self.position:
            case "first":
                return loop.index == 0
            case "last":
                return loop.index == len(loop.items) - 1
            case "even" | "odd" as parity:
                return loop.index % 2 == (parity == "odd")
            case number:
                return str(loop.index) == (number.lstrip("0") or "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """``[for x]``: a section once for each item of a list."""

    operand: Operand
    body: Section

    def write(self, rendering: Rendering) -> None:
        """Write the section for each item; never, if the value is no list."""
        meant = rendering.scope.resolve(self.operand)
        items = rendering.scope.find(meant)
        if isinstance(meant, Constant) or isinstance(items, str | Markup | Item | None):
            return
        loop = Loop(items=items)
        with rendering.scope.looping(meant.name, loop):
            for index in range(len(items)):
                loop.index = index
                rendering.changed()
                self.body.write(rendering)
        rendering.changed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Define:
    """``[define V]``: a section kept under a name instead of being written."""

    name: str
    body: Section

    def write(self, rendering: Rendering) -> None:
        """Keep what the section renders."""
        rendering.scope.define(self.name, rendering.capture(self.body))
        rendering.changed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """``[format "js"]``: a section whose values are escaped in another way."""

    formats: tuple[Format, ...]
    body: Section

    def write(self, rendering: Rendering) -> None:
        """Write the section."""
        with rendering.formatted(self.formats):
            self.body.write(rendering)


@dataclass(frozen=True, slots=True, kw_only=True)
class Include:
    """``[include "file" a b]``: another file, as a template."""

    file: Operand
    arguments: tuple[Operand, ...]
    otherwise: tuple[bytes, bytes]

    def write(self, rendering: Rendering) -> None:
        """Write what the file renders; nothing if there is no such file."""
        name = _file_name(rendering, self.file)
        if name is None:
            rendering.out.append(rendering.otherwise(self.file, self.otherwise))
        else:
            rendering.include(name, self.arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """``[insertfile "file"]``: another file as it is."""

    file: Operand
    otherwise: tuple[bytes, bytes]

    def write(self, rendering: Rendering) -> None:
        """Write the file; nothing if there is no such file."""
        name = _file_name(rendering, self.file)
        if name is None:
            rendering.out.append(rendering.otherwise(self.file, self.otherwise))
        else:
            rendering.insert(name)


def _file_name(rendering: Rendering, operand: Operand) -> str | None:
    """Return the file that an operand names; None if it names none."""
    found = rendering.string(operand)
    return found.text if isinstance(found, Markup) else found
