"""From numbered lines to nested directives."""

import re
from collections.abc import Iterable

from mirrorsel.audit.directive import Directive, Place, directive
from mirrorsel.audit.words import BLANKS
from mirrorsel.errors import HttpdError

# More than anybody writes, and less than what Python can follow.
_DEEPEST = 100

_OPENING = re.compile(r"<[ \t]*(?P<name>[A-Za-z][\w-]*)", re.ASCII)
_CLOSING = re.compile(r"</\s*(?P<name>[A-Za-z][\w-]*)\s*>?", re.ASCII)
_BLANK = re.compile(f"[{BLANKS}]")


def nested(lines: Iterable[tuple[Place, str]]) -> tuple[Directive, ...]:
    """Return the directives of lines that are neither empty nor comments.

    A section that is not closed ends with the lines; a closing tag without its
    section is left out.

    Raises:
        HttpdError: sections are nested too deeply.

    """
    root = _Open("", "", Place(path="", line=0))
    stack = [root]
    for place, line in lines:
        if closing := _CLOSING.fullmatch(line):
            _close(stack, closing["name"].lower())
        elif opening := _OPENING.match(line):
            if len(stack) > _DEEPEST:
                raise HttpdError(f"{place}: sections are nested too deeply")
            text = line[opening.end() :].strip(BLANKS).removesuffix(">")
            stack.append(_Open(opening["name"], text.rstrip(BLANKS), place))
        else:
            name, text = _parted(line)
            stack[-1].children.append(directive(name, text, place))
    while len(stack) > 1:
        _fold(stack)
    return tuple(root.children)


def _parted(line: str) -> tuple[str, str]:
    """Return the name of a directive, and its arguments."""
    name, *rest = _BLANK.split(line, maxsplit=1)
    return name, "".join(rest)


class _Open:
    """A section whose end has not come yet."""

    def __init__(self, name: str, text: str, place: Place) -> None:
        self.name = name
        self.text = text
        self.place = place
        self.children: list[Directive] = []


def _close(stack: list[_Open], name: str) -> None:
    if name not in (one.name.lower() for one in stack[1:]):
        return
    while stack[-1].name.lower() != name:
        _fold(stack)
    _fold(stack)


def _fold(stack: list[_Open]) -> None:
    done = stack.pop()
    section = directive(done.name, done.text, done.place, done.children)
    stack[-1].children.append(section)
