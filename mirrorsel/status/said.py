"""What of a probe may be said in public."""

import re
from ipaddress import ip_address

from mirrorsel.health import Change
from mirrorsel.model import Outcome
from mirrorsel.printable import one_line
from mirrorsel.words import why, why_changed

# What these tell besides is of our own machine, and not of the mirror.
_OURS = frozenset({Outcome.DEFECT, Outcome.NO_CLIENT, Outcome.NO_ROUTE})
_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+)(?:%\w+)?"
)
_PRIVATE = "a private address"
_LONGEST = 1000


def reason(outcome: Outcome, detail: str, url: str) -> str:
    """Return how a probe ended, in words that are fit for everybody."""
    return plain_words(why(outcome, fit(outcome, detail), url))


def decided(change: Change) -> str:
    """Return why a state changed, in words that are fit for everybody."""
    if change.quarantine:
        return plain_words(change.quarantine)
    if change.outcome is None:
        return ""
    shown = fit(change.outcome, change.detail)
    words = why_changed(change.outcome, shown, change.url, stale=change.stale)
    return plain_words(words)


def fit(outcome: Outcome | None, detail: str) -> str:
    """Return what may be said of how a probe ended; empty if it is of our own."""
    return "" if outcome in _OURS or outcome is Outcome.OK else detail


def plain_words(text: str) -> str:
    """Return text on one line, without private addresses.

    Nothing in it is obeyed, whoever has written the file that it was read from.
    """
    return _ADDRESS.sub(_public, one_line(text[:_LONGEST]))


def _public(found: re.Match[str]) -> str:
    try:
        public = ip_address(found[0]).is_global
    except ValueError:
        return found[0]
    return found[0] if public else _PRIVATE
