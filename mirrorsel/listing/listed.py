"""One file as a mirror lists it."""

from dataclasses import dataclass
from typing import Self

from mirrorsel.listing.entry import Entry
from mirrorsel.model import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """One file of a mirror, with what the mirror says of it."""

    path: str
    """Below the mirror's root, with `/` between names and none before the first."""
    size: int | None = None
    """In bytes, or about so many where `error` is not 0; None where it is not told."""
    error: int = 0
    """By how many bytes the file may be smaller or larger than `size`."""
    modified: int | None = None
    """When it was changed, in seconds of Unix time if the mirror's clock shows UTC.

    Of most listings nobody knows the time zone, and of one file it is not asked."""

    @classmethod
    def of(cls, folder: str, entry: Entry) -> Self:
        """Return an entry of a folder as a file."""
        size = entry.size
        return cls(
            path=joined(folder, entry.name),
            size=size.about if size else None,
            error=size.error if size else 0,
            modified=entry.modified,
        )

    @property
    def exact(self) -> bool:
        """Whether the size is told to the byte."""
        return self.size is not None and not self.error

    def may_have(self, size: int | None) -> bool:
        """Return whether the file may have so many bytes; None for an unknown size.

        Only where it may not, the mirror surely has another file.
        """
        if self.size is None or size is None:
            return True
        return abs(self.size - size) <= self.error
