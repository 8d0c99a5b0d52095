"""What was seen of one requirement."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Whether a requirement holds, in short and in words."""

    good: bool | None
    """None if it could not be told."""
    words: str


def untold(words: str) -> Seen:
    """Return that it could not be told, and why."""
    return Seen(good=None, words=words)
