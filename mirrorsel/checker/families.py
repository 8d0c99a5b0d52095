"""The freshness stamp of a mirror, asked for over each IP family."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.checker.channel import Channel
from mirrorsel.checker.stamp import read_stamp
from mirrorsel.errors import FetchError
from mirrorsel.model import Attempt, Certificate, Outcome
from mirrorsel.net import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What came of asking over one IP family."""

    attempt: Attempt
    stamp: datetime | None = None
    url: str = ""
    """The URL that was answered last; empty without an answer."""
    certificate: Certificate | None = None


def call_all(channel: Channel, url: str, allowed: Sequence[int]) -> tuple[Call, ...]:
    """Ask for a stamp over one family after the other.

    Each may take a fair part of the time that is left, and one more part is kept for
    what follows, so that a family that hangs takes the time of no other.

    Args:
        channel: The way to the mirror.
        url: The URL of the stamp.
        allowed: The families to ask over, in that order, where the host has an
            address of them.

    Raises:
        FetchError: the host has no address that may be tried.

    """
    families = channel.families(url, allowed)
    parts = range(len(families) + 1, 1, -1)
    return tuple(
        _call(channel, url, family, 1 / part)
        for family, part in zip(families, parts, strict=True)
    )


def best(calls: Sequence[Call]) -> Call:
    """Return the call that speaks for the mirror, of one at least.

    That is the first that gave a stamp, else the first that failed for another reason
    than that this machine has no way there, else the first.
    """
    ranks = {Outcome.OK: 0, Outcome.NO_ROUTE: 2}
    return min(calls, key=lambda one: ranks.get(one.attempt.outcome, 1))


def _call(channel: Channel, url: str, family: int, share: float) -> Call:
    start = channel.deadline.passed

    def attempt(outcome: Outcome, detail: str) -> Attempt:
        seconds = channel.deadline.passed - start
        return Attempt(family=family, outcome=outcome, detail=detail, seconds=seconds)

    try:
        fetched = channel.fetch(url, family, share=share)
    except FetchError as error:
        return Call(
            attempt=attempt(Outcome(error.outcome), error.detail),
            url=error.url,
            certificate=error.certificate,
        )
    stamp = read_stamp(fetched.body)
    bad = Outcome.BAD_STAMP, _excerpt(fetched.body)
    return Call(
        attempt=attempt(*bad) if stamp is None else attempt(Outcome.OK, ""),
        stamp=stamp,
        url=fetched.url,
        certificate=fetched.certificate,
    )


def _excerpt(body: bytes) -> str:
    return plain(f"not a stamp: {body[:60].decode(errors='replace')!r}")
