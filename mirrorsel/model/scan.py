"""How scans of mirrors for the published files went."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeScan:
    """What the last whole scan of one mirror came to; times in seconds."""

    at: float
    """When it began, in Unix time."""
    seconds: float
    """How long it took."""
    protocol: str
    """By which the mirror was listed: `http`, `https`, `ftp` or `rsync`."""
    folders: int
    """How many folders were listed."""
    unlisted: int
    """How many could not be listed."""
    listed: int
    """How many files the mirror told of, published or not."""
    held: int
    """How many published files it has."""
    missing: int
    """How many it lacks of those that it carries."""
    wrong: int
    """How many it has in another size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastScan:
    """How the last scan of one mirror went; times in seconds of Unix time."""

    ended: float
    seconds: float = 0.0
    """How long it took."""
    failures: int = 0
    """How many failed in a row; 0 after one that was whole."""
    outcome: str = ""
    """The `mirrorsel.model.Outcome` of one that failed."""
    detail: str = ""
    """More about it for a person; may contain text that the mirror sent."""
    unscannable: bool = False
    """Whether the mirror offers no list of its files."""
    whole: WholeScan | None = None
    """The last one that was whole, which holds as long as others fail; None before
    the first, and where the mirror counts as having everything again."""
