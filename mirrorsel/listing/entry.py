"""What a server says of one thing in a folder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a file, as exactly as a server tells it."""

    about: int
    """In bytes; the size itself where nothing was rounded."""
    error: int = 0
    """By how many bytes the file may be smaller or larger than that."""

    @classmethod
    def between(cls, least: float, most: float) -> "Size":
        """Return the size that lies between two numbers."""
        about = int(least + most) // 2
        return cls(about, int(max(about - least, most - about)) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that lies directly in a folder."""

    name: str
    """Without a slash; see `mirrorsel.listing.name`."""
    folder: bool = False
    link: bool = False
    """Whether it is a symbolic link, of which nobody knows whether to a folder."""
    size: Size | None = None
    """Of a file; None where it is not told."""
    modified: int | None = None
    """When it was changed, in seconds of Unix time if the server's clock shows UTC."""
