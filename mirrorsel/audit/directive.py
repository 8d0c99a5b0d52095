"""One directive of httpd's configuration, with the place where it is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mirrorsel.audit.words import BLANKS, words

TRANSPARENT = frozenset(
    {
        *("limit", "limitexcept"),
        *("ifmodule", "ifdefine", "iffile", "ifversion", "ifdirective", "ifsection"),
    }
)
"""Sections whose content counts as if it stood outside, except for access rules.

Those of modules and files only remain in a `.htaccess`, and are taken as met: whoever
writes the file knows what is met.
"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """Where a directive is written."""

    path: str
    line: int
    """Counted from 1; 0 when the whole file is meant."""
    macro: str = ""
    """The macro, with its line, when `line` is where that macro is used."""

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        macro = f" (macro {self.macro})" if self.macro else ""
        return f"{self.path}{line}{macro}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A directive, or a section with the directives inside."""

    name: str
    """In lower case, of a section without the angle bracket."""
    written: str
    """The name as it is written."""
    text: str
    """The arguments as they are written."""
    place: Place
    arguments: tuple[str, ...]
    children: tuple["Directive", ...] = ()

    @property
    def first(self) -> str:
        """The first argument, or nothing."""
        return self.arguments[0] if self.arguments else ""

    def __str__(self) -> str:
        return f"{self.written} {self.text}".rstrip()


def directive(
    name: str, text: str, place: Place, children: Iterable[Directive] = ()
) -> Directive:
    """Return a directive whose arguments are split from their text."""
    return Directive(
        name=name.lower(),
        written=name,
        text=text.strip(BLANKS),
        place=place,
        arguments=words(text),
        children=tuple(children),
    )


def flat(directives: Iterable[Directive]) -> Iterator[Directive]:
    """Return the directives that count at this level, through transparent sections."""
    for one in directives:
        if one.name in TRANSPARENT:
            yield from flat(one.children)
        else:
            yield one


def everywhere(directives: Iterable[Directive]) -> Iterator[Directive]:
    """Return the directives of all levels, a section before its content."""
    for one in directives:
        yield one
        yield from everywhere(one.children)
