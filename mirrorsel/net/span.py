"""A part of a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of a file from `start` on, `length` of them."""

    start: int
    length: int
