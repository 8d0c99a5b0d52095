"""Why a message did not go out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A try of a message that failed."""

    words: str
    """Why, for the operator; may contain text that a server sent."""
    final: bool = False
    """Whether another try would be in vain."""
