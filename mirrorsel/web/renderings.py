"""Pages that were rendered lately, as many as fit."""

from dataclasses import dataclass, field
from typing import TypeAlias

from mirrorsel.pages import Includer, Template
from mirrorsel.pages.rendering import Included
from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.values import Lazy

_CAPACITY = 8 * 2**20
_TEMPLATES = 1000

Key: TypeAlias = tuple[tuple[str, object], ...]
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


_KEY = 4096
"""What the values that tell one rendering from another take, at a generous guess."""


class Renderings:
    """Renders templates, and keeps what they became.

    A page is a function of its template and of those values that it uses, unless it
    reads files meanwhile. Several threads may use it: the worst that can happen
    is work done twice.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        """Keep `capacity` bytes at most."""
        self._capacity = capacity
        self._size = 0
        self._known: Bounded[int, _Rendered] = Bounded(_TEMPLATES)

    def render(self, template: Template, values: Lazy, includer: Includer) -> bytes:
        """Return a page; all its values are hashable."""
        known = self._known.get(id(template))
        if known is None or known.template is not template:
            # The template is held on to, so that no other can get its number.
            known = self._known[id(template)] = _Rendered(template)
        page = known.pages.get(known.key(values))
        return self._rendered(known, values, includer) if page is None else page

    def _rendered(self, known: _Rendered, values: Lazy, includer: Includer) -> bytes:
        files = _Files(includer)
        page = known.template.render(values, files)
        if not files.used:
            self._make_room(len(page) + _KEY)
            known.names = tuple(sorted({*known.names, *values.used}))
            known.pages[known.key(values)] = page
        return page

    def _make_room(self, size: int) -> None:
        """Forget everything when it is too much: what is asked for is soon back."""
        self._size += size
        if self._size > self._capacity:
            self._known.clear()
            self._size = size


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
