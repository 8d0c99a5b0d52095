"""What a server answered to one question, or that it did not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of any status; all in it is the server's own word."""

    url: str
    """Where it came from in the end."""
    status: int
    reason: str = ""
    headers: Mapping[str, str]
    """By their names in lower case."""
    body: bytes = b""
    """Its first bytes, with whatever coding they were sent in."""
    whole: bool = True
    """Whether there was no more of the body; unknown, so True, if none was wanted."""
    expiry: datetime | None = None
    """When the certificate ends that the server showed; None without TLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why there is no answer."""

    words: str
    """For a person; may contain text that the server sent."""
    asked: bool = True
    """Whether the server was asked, so that the silence is its own."""


Reply = Answer | Silence
"""What came of one question."""
