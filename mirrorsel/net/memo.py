"""What is remembered of folders' pages, so that an unchanged one is not sent again."""

from dataclasses import dataclass
from typing import Protocol

from mirrorsel.listing import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A page as it was read, with what tells that it is unchanged."""

    entries: tuple[Entry, ...]
    etag: str = ""
    """The field `ETag` (RFC 9110, section 8.8.3); empty for none."""
    modified: str = ""
    """The field `Last-Modified`; empty for none."""


class Memo(Protocol):
    """Where pages are remembered, by their folders.

    Servers that say that a list is unchanged may have looked at the date of the folder
    only, which a file leaves as it was that grows in place: names can be relied on, and
    sizes only where the folder is listed without a memo now and then.
    """

    def recall(self, folder: str) -> Remembered | None:
        """Return what is remembered of a folder."""
        ...

    def keep(self, folder: str, page: Remembered) -> None:
        """Remember a page that has a field of its own for that."""
        ...


class NoMemo:
    """Remembers nothing."""

    def recall(self, folder: str) -> None:
        """Return nothing."""

    def keep(self, folder: str, page: Remembered) -> None:
        """Do nothing."""
