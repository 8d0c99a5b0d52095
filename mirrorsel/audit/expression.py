"""A Perl expression of httpd, tried with bounds: whoever wrote it may be an enemy."""

import re
import warnings
from functools import cache
from typing import Protocol

import regex

LONGEST = 1_000
"""The most letters of an expression that is read."""

_MOST_GROUPS = 100
_SECONDS = 0.1
_CLASSES = "alpha digit alnum upper lower space blank punct cntrl xdigit print graph"
_CLASS = re.compile(r"\[:\^?(?P<name>\w+):\]")
# What the library would read in another way than PCRE: counts that are none (they
# allow for errors), flags amid an expression, and classes that nobody knows.
_OTHERWISE = re.compile(r"(?<!\\[pPx])\{(?!\d+(?:,\d*)?\})|(?<!^)\(\?[a-zA-Z0-9]+\)")


class _Method(Protocol):
    def __call__(self, string: str, /, *, timeout: float) -> object: ...


class Expression:
    """An expression that gives up, once for all, when it takes too long."""

    def __init__(self, known: regex.Pattern[str]) -> None:
        """Start with an expression that can be read."""
        self._known = known
        self.undecided = False
        """Whether it took too long; it counts as found from then on."""

    def search(self, subject: str) -> bool:
        """Whether it is found in a text."""
        return self._tried(self._known.search, subject)

    def fullmatch(self, subject: str) -> bool:
        """Whether it is for all of a text."""
        return self._tried(self._known.fullmatch, subject)

    def _tried(self, method: _Method, subject: str) -> bool:
        if self.undecided:
            return True
        try:
            return method(subject, timeout=_SECONDS) is not None
        except (TimeoutError, MemoryError):
            self.undecided = True
            return True


def is_bounded(text: str) -> bool:
    """Whether an expression is short and plain enough to be read at all."""
    return len(text) <= LONGEST and text.count("(") <= _MOST_GROUPS


@cache
def compiled(text: str) -> Expression | None:
    """Return an expression, or None where it cannot be read."""
    if not is_bounded(text) or _OTHERWISE.search(text):
        return None
    if any(one["name"] not in _CLASSES.split() for one in _CLASS.finditer(text)):
        return None
    try:
        with warnings.catch_warnings():
            # What may be read in another way some day is read as Perl's today.
            warnings.simplefilter("ignore", FutureWarning)
            return Expression(regex.compile(text.replace(r"\z", r"\Z"), regex.DOTALL))
    except (regex.error, RecursionError, OverflowError, MemoryError):
        return None
