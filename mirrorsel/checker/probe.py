"""One probe of one mirror."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

from mirrorsel.checker.channel import Channel
from mirrorsel.checker.comparison import compare
from mirrorsel.checker.families import best, call_all
from mirrorsel.checker.sample import Samples
from mirrorsel.checker.twin import gives_stamp, is_asked, twin_of
from mirrorsel.config.checking import CheckerSettings
from mirrorsel.cost import limits_of
from mirrorsel.errors import FetchError
from mirrorsel.model import Health, Kind, Mirror, Outcome, ProbeResult
from mirrorsel.net import (
    TRANSPORTS,
    Deadline,
    Limits,
    Resolver,
    Transport,
    other_host,
    resolve,
)

_NEW = Health()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prober:
    """How all mirrors of a cycle are probed; calling it probes one.

    It is a value with one method, so that tests can put a function in its place.
    """

    stamp: str
    """The path of the freshness stamp below a mirror's base."""
    limits: Limits
    samples: Samples | None = None
    """Knows the files that are compared; None to compare none."""
    transports: Mapping[Kind, Transport] = field(default_factory=lambda: TRANSPORTS)
    resolve: Resolver = resolve
    https_port: int | None = None
    """Where the https twin of any http mirror is; None for the default port."""

    @classmethod
    def of(cls, settings: CheckerSettings, samples: Samples | None = None) -> Self:
        """Return the prober that the section `[checker]` asks for."""
        return cls(
            stamp=settings.stamp.lstrip("/"),
            limits=limits_of(settings),
            samples=samples,
        )

    def __call__(self, mirror: Mirror, health: Health = _NEW) -> ProbeResult:
        """Probe a mirror; a failure is a result too.

        The stamp is asked for over each IP family that the line allows and the host
        has an address of, then a file is compared, and now and then an http mirror
        is asked for by https. All of it has one deadline.

        Args:
            mirror: The mirror.
            health: What was believed of it before.

        """
        at = datetime.now(UTC)
        result = ProbeResult(url=mirror.url, at=at, outcome=Outcome.OK)
        with Deadline(self.limits.deadline) as deadline:
            try:
                channel = self._channel(mirror, deadline)
                result = self._with_stamp(result, channel, mirror)
            except FetchError as error:
                result = replace(result, outcome=Outcome(error.outcome))
                return replace(result, detail=error.detail, seconds=deadline.passed)
            result = self._with_sample(result, channel, mirror, health)
            # A mirror is not slow because its https twin is.
            result = replace(result, seconds=deadline.passed)
            if result.outcome is Outcome.OK and is_asked(mirror, health):
                result = self._with_twin(result, channel)
            return result

    def _channel(self, mirror: Mirror, deadline: Deadline) -> Channel:
        transport = self.transports.get(mirror.kind)
        if transport is None:
            raise FetchError(Outcome.NO_CLIENT, f"nothing here speaks {mirror.kind}")
        return Channel(
            transport=transport,
            limits=self.limits,
            deadline=deadline,
            resolve=functools.cache(self.resolve),
        )

    def _with_stamp(
        self, result: ProbeResult, channel: Channel, mirror: Mirror
    ) -> ProbeResult:
        calls = call_all(channel, mirror.url + self.stamp, mirror.families)
        call = best(calls)
        tried = (one.attempt for one in calls)
        return replace(
            result,
            outcome=call.attempt.outcome,
            detail=call.attempt.detail,
            # Where the program for it is missing, nothing was tried.
            attempts=tuple(
                one for one in tried if one.outcome is not Outcome.NO_CLIENT
            ),
            stamp=call.stamp,
            certificate=call.certificate,
            target=other_host(call.url, mirror.url) if call.url else "",
        )

    def _with_sample(
        self, result: ProbeResult, channel: Channel, mirror: Mirror, health: Health
    ) -> ProbeResult:
        if result.stamp is None or self.samples is None:
            return result
        sample = self.samples.choose(mirror, health, result.stamp)
        if sample is None:
            return result
        outcome, detail = compare(channel, mirror.url, sample, _family(result))
        return replace(
            result,
            outcome=outcome,
            detail=detail,
            sample=sample.path,
            start=sample.start,
        )

    def _with_twin(self, result: ProbeResult, channel: Channel) -> ProbeResult:
        base = twin_of(result.url, self.https_port)
        if base is None:
            return result
        twin = gives_stamp(channel, base + self.stamp, _family(result))
        return replace(result, https_twin=twin)


def _family(result: ProbeResult) -> int:
    """Return the IP family over which a mirror gave its stamp."""
    good = (one.family for one in result.attempts if one.outcome is Outcome.OK)
    return next(good)
