"""Pages that were rendered lately, as many as fit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from sys import getsizeof
from typing import TypeAlias

from mirrorsel.pages import Finding, Included, Includer, Markup, Template, Value
from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.values import Lazy

_CAPACITY = 32 * 2**20
_TEMPLATES = 1000
_ENTRY = 512
"""What it takes to keep one thing more, with room for a dictionary that grows."""

Key: TypeAlias = tuple[tuple[str, Value], ...]
"""The values that a page was rendered with, by the names that it used."""


@dataclass(slots=True)
class _Rendered:
    """What one template became, by the values that it used."""

    template: Template
    names: tuple[str, ...] = ()
    """All names that it ever used."""
    pages: dict[Key, bytes] = field(default_factory=dict)

    def key(self, values: Lazy) -> Key:
        return tuple((name, values[name]) for name in self.names)


class Renderings:
    """Renders templates, and keeps what they became.

    A page is a function of its template and of those values that it uses, unless it
    reads files meanwhile. Several threads may use it: the worst that can happen
    is work done twice.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        """Keep `capacity` bytes at most: pages, their values and their templates."""
        self._capacity = capacity
        self.size = 0
        """How many bytes are kept."""
        self._known: Bounded[int, _Rendered] = Bounded(_TEMPLATES)

    def render(
        self,
        template: Template,
        values: Lazy,
        includer: Includer,
        told: Callable[[Finding], None],
    ) -> bytes:
        """Return a page; all its values are hashable.

        `told` gets the place where a page ends early.
        """
        kept = self.kept(template, values)
        if kept is not None:
            return kept
        files = _Files(includer)
        content = template.render(values, files, told)
        if not files.used:
            self._keep(template, values, content)
        return content

    def kept(self, template: Template, values: Lazy) -> bytes | None:
        """Return a page, if it was rendered before."""
        known = self._of(template)
        return known.pages.get(known.key(values))

    def _of(self, template: Template) -> _Rendered:
        known = self._known.get(id(template))
        if known is None or known.template is not template:
            # The template is held on to, so that no other can get its number.
            known = _Rendered(template)
        return known

    def _keep(self, template: Template, values: Lazy, page: bytes) -> None:
        """Keep a page, if it fits at all."""
        known = self._of(template)
        names = tuple(sorted({*known.names, *values.used}))
        key = tuple((name, values[name]) for name in names)
        size = held(key) + held(page) + _ENTRY
        if self.size + size + self._first(known) > self._capacity:
            # What is asked for is soon back.
            self._known.clear()
            self.size = 0
            known = _Rendered(known.template)
        size += self._first(known)
        if size <= self._capacity:
            self.size += size
            known.names = names
            known.pages[key] = page
            self._known[id(known.template)] = known

    def _first(self, known: _Rendered) -> int:
        """Return what a template takes that is not held on to yet."""
        identity = id(known.template)
        return 0 if identity in self._known else known.template.size + _ENTRY


def held(value: Value | bytes | Key) -> int:
    """Return how many bytes a value takes in memory, with all that is in it."""
    parts = value if isinstance(value, tuple) else ()
    if isinstance(value, Markup):
        parts = (value.text,)
    return getsizeof(value) + sum(held(part) for part in parts)


class _Files:
    """An includer that tells whether it was asked."""

    def __init__(self, includer: Includer) -> None:
        self.used = False
        self._includer = includer

    def text(self, name: str, beside: str, /) -> bytes | None:
        self.used = True
        return self._includer.text(name, beside)

    def template(self, name: str, beside: str, /) -> Included | None:
        self.used = True
        return self._includer.template(name, beside)
