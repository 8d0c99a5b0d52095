"""Pages as clients were shown them lately, to be shown again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from weakref import ref

from mirrorsel.pages import Template
from mirrorsel.web.counted import Selected
from mirrorsel.web.library import Key, Library

Question: TypeAlias = tuple[str | None, ...]
"""All that a request says of which a page depends."""


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Page:
    """What a template became, as long as there is room for it."""

    template: Template
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one client got."""

    page: ref[Page]
    """Pages take much memory, which somebody else keeps within a bound."""
    key: Key
    """By which its template is found."""
    headers: Sequence[tuple[str, str]]
    selected: Selected
    """What is counted."""

    @classmethod
    def of(
        cls, page: Page, key: Key, headers: Sequence[tuple[str, str]], chosen: Selected
    ) -> "Shown":
        """Remember an answer."""
        return cls(page=ref(page), key=key, headers=tuple(headers), selected=chosen)

    def content(self, library: Library) -> bytes | None:
        """Return the page; None if it, or any file that it was made of, is gone."""
        page = self.page()
        if page is None or library.find(self.key) is not page.template:
            return None
        return page.content
