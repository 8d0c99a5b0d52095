"""One probe of one mirror."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from mirrorsel.checker.stamp import read_stamp
from mirrorsel.config.checking import CheckerSettings
from mirrorsel.errors import FetchError
from mirrorsel.model import Attempt, Health, Kind, Mirror, Outcome, ProbeResult
from mirrorsel.net import Fetched, Limits, fetch, plain

_NEW = Health()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prober:
    """How all mirrors of a cycle are probed; calling it probes one.

    It is a value with one method, so that tests can put a function in its place.
    """

    stamp: str
    """The path of the freshness stamp below a mirror's base."""
    limits: Limits

    @classmethod
    def of(cls, settings: CheckerSettings) -> Self:
        """Return the prober that the section `[checker]` asks for."""
        limits = Limits(
            timeout=settings.timeout,
            deadline=settings.deadline,
            private_addresses=settings.private_addresses,
        )
        return cls(stamp=settings.stamp.lstrip("/"), limits=limits)

    def __call__(self, mirror: Mirror, health: Health = _NEW) -> ProbeResult:
        """Probe a mirror over the IP families that its line allows; see `probe`."""
        del health
        if mirror.kind is not Kind.HTTP:
            now = datetime.now(UTC)
            return ProbeResult(url=mirror.url, at=now, outcome=Outcome.NO_CLIENT)
        allowed = {4: mirror.ipv4, 6: mirror.ipv6}
        families = frozenset(family for family, may in allowed.items() if may)
        return probe(mirror.url, self.stamp, replace(self.limits, families=families))


def probe(
    url: str,
    stamp: str,
    limits: Limits,
    *,
    fetch: Callable[[str, Limits], Fetched] = fetch,
) -> ProbeResult:
    """Fetch the freshness stamp of one http mirror; a failure is a result too.

    Args:
        url: The mirror's base URL, ending in `/`.
        stamp: The path of the stamp below it.
        limits: What the probe may cost.
        fetch: The transport.

    """
    at = datetime.now(UTC)
    start = time.monotonic()
    try:
        fetched = fetch(url + stamp, limits)
    except FetchError as error:
        return ProbeResult(
            url=url,
            at=at,
            outcome=Outcome(error.outcome),
            detail=error.detail,
            seconds=(took := time.monotonic() - start),
            attempts=_attempts(error.family, Outcome(error.outcome), took),
        )
    found = read_stamp(fetched.body)
    return ProbeResult(
        url=url,
        at=at,
        outcome=Outcome.BAD_STAMP if found is None else Outcome.OK,
        stamp=found,
        detail=_excerpt(fetched.body) if found is None else "",
        seconds=(took := time.monotonic() - start),
        attempts=_attempts(
            fetched.family, Outcome.OK if found else Outcome.BAD_STAMP, took
        ),
        certificate=fetched.certificate,
    )


def _attempts(
    family: int | None, outcome: Outcome, seconds: float
) -> tuple[Attempt, ...]:
    if family is None:
        return ()
    return (Attempt(family=family, outcome=outcome, seconds=seconds),)


def _excerpt(body: bytes) -> str:
    return plain(f"not a stamp: {body[:60].decode(errors='replace')!r}")
