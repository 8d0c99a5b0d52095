"""What a download page must become, told without mirrorsel's own renderer.

It knows what real pages use: names, ``[if-any]``, ``[else]``, ``[for]``, ``[[]`` and
comments. Of a page that uses more it says nothing.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Values: TypeAlias = Mapping[str, str | tuple[str, ...]]

_DIRECTIVE = re.compile(
    r"\[(?:(?P<name>[A-Za-z_][-\w.]*)(?P<arguments>(?: +[-\w.]+)*)"
    r"|(?P<bracket>\[)|(?P<comment>#[^\]]*))\]",
    re.ASCII,
)
_MORE = frozenset(
    {"is", "if-index", "define", "format", "include", "insertfile", "insert-file"}
)
_SSI = "<!--#include"


class BeyondError(Exception):
    """The page uses more than the oracle knows."""


@dataclass(slots=True)
class _Block:
    """A block that is open: where it starts, and what its parts became."""

    opening: re.Match[str] | None = None
    """Its directive; None for the whole page."""
    parts: list["_Part"] = field(default_factory=list)
    otherwise: list["_Part"] | None = None

    @property
    def current(self) -> list["_Part"]:
        return self.parts if self.otherwise is None else self.otherwise


_Part: TypeAlias = str | re.Match[str] | _Block


def expected(page: bytes, values: Values) -> bytes:
    """Return the page with its directives replaced, all else byte for byte.

    Raises:
        BeyondError: it uses more than real pages do, or its blocks do not nest.

    """
    # Each byte is one character, so that no encoding is lost.
    text = page.decode("latin-1")
    if _SSI in text:
        raise BeyondError(_SSI)
    return "".join(_written(_parts(text), dict(values))).encode("latin-1")


def _parts(text: str) -> list[_Part]:
    stack = [_Block()]
    position = 0
    for found in _DIRECTIVE.finditer(text):
        stack[-1].current.append(text[position : found.start()])
        position = found.end()
        _take(stack, found)
    stack[-1].current.append(text[position:])
    if len(stack) > 1:
        raise BeyondError("a block that is not closed")
    return stack[0].parts


def _take(stack: list[_Block], found: re.Match[str]) -> None:
    name = found["name"]
    if name in _MORE:
        raise BeyondError(found[0])
    if name in {"if-any", "for"} and found["arguments"]:
        block = _Block(opening=found)
        stack[-1].current.append(block)
        stack.append(block)
    elif name in {"end", "else"} and not found["arguments"]:
        _turn(stack, found)
    else:
        stack[-1].current.append(found)


def _turn(stack: list[_Block], found: re.Match[str]) -> None:
    if len(stack) == 1:
        raise BeyondError(found[0])
    if found["name"] == "end":
        stack.pop()
    else:
        stack[-1].otherwise = []


def _written(
    parts: list[_Part], values: dict[str, str | tuple[str, ...]]
) -> Iterator[str]:
    for one in parts:
        if isinstance(one, str):
            yield one
        elif isinstance(one, _Block):
            yield from _block(one, values)
        elif one["bracket"] or one["comment"]:
            yield one["bracket"] or ""
        else:
            yield _printed(one, values)


def _block(block: _Block, values: dict[str, str | tuple[str, ...]]) -> Iterator[str]:
    opening = block.opening
    names = opening["arguments"].split() if opening else []
    if opening and opening["name"] == "if-any":
        true = any(values.get(name) for name in names)
        yield from _written(block.parts if true else block.otherwise or [], values)
        return
    for item in values.get(names[0], ()):
        yield from _written(block.parts, {**values, names[0]: item})


def _printed(found: re.Match[str], values: Mapping[str, str | tuple[str, ...]]) -> str:
    value = values.get(found["name"])
    if not isinstance(value, str) or found["arguments"]:
        return found[0]
    return html.escape(value)
