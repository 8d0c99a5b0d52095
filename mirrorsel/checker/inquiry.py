"""The questions of one cycle: to mirrors, to the origin and to other witnesses."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from mirrorsel.checker.canary import Canary
from mirrorsel.checker.plan import Plan, is_probed
from mirrorsel.checker.pool import Pool
from mirrorsel.health import (
    Role,
    Sighting,
    Witness,
    has_failure,
    is_believable,
    is_vouched,
    lacks_agreement,
)
from mirrorsel.model import Health, Mirror, Outcome, ProbeResult, Snapshot, State
from mirrorsel.net import Limits

_SPARES = 3
_RANKS = {State.UP: 0, State.UNKNOWN: 1, State.DOWN: 2}

Probe = Callable[[Mirror, Health], ProbeResult]
"""Probes a mirror, of which that was believed before."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a cycle is done with besides the probe."""

    canary: Callable[[Mirror], ProbeResult] = field(
        default_factory=lambda: Canary(limits=Limits())
    )
    """Asks one canary."""
    pool: Pool = field(default_factory=Pool)
    shuffle: Callable[[list[str]], None] = random.shuffle
    """Puts URLs into the order in which they are asked, so that not the same ones
    always meet at the same moment."""
    now: Callable[[], datetime] = _now
    """The clock on the wall."""
    meanwhile: Callable[[], None] = lambda: None
    """Does what else is due, each second while somebody is asked."""


class Inquiry:
    """Asks, each at most once, and keeps what was answered.

    Args:
        previous: What was believed before.
        plan: Whom to ask.
        probe: Probes a mirror, or the origin as if it were one.
        means: What else is needed.

    """

    def __init__(
        self, previous: Snapshot | None, plan: Plan, probe: Probe, means: Means
    ) -> None:
        self._previous = previous
        self._known = previous or Snapshot(taken=means.now())
        self._plan = plan
        self._probe = probe
        self._means = means
        self._listed = {one.url: one for one in plan.mirrors.mirrors if is_probed(one)}
        self._results: dict[str, ProbeResult] = {}
        self._witnesses: list[Witness] = []

    def sighting(self) -> Sighting:
        """Return all that was seen until now."""
        return Sighting(
            taken=self._means.now(),
            vantage=self._plan.vantage,
            listed=tuple(self._listed),
            results=tuple(self._results.values()),
            witnesses=tuple(self._witnesses),
        )

    @property
    def is_vouched(self) -> bool:
        """Whether somebody vouches for our own network."""
        return is_vouched(self._witnesses)

    @property
    def is_doubtful(self) -> bool:
        """Whether more witnesses are needed to believe what was seen.

        That is also so where failures could be believed and nothing was good: a
        network that answers in everybody's place is found out by asking others.
        """
        witnesses = tuple(self._weighty())
        results = self._results.values()
        if is_vouched(witnesses) or not has_failure(results):
            return False
        seen = replace(self.sighting(), witnesses=witnesses)
        good = any(one.outcome is Outcome.OK for one in results)
        return not good or not is_believable(self._previous, seen, self._plan.policy)

    @property
    def is_disputable(self) -> bool:
        """Whether others are to be compared, since those who were have all differed."""
        return not self._has(Role.SPARE) and lacks_agreement(self.sighting())

    def ask_mirrors(self, urls: Sequence[str], *, origin: bool) -> None:
        """Ask mirrors of the list, and first of all the origin if it is due."""
        wanted = set(urls)
        mixed = list(urls)
        self._means.shuffle(mixed)
        first = [self._plan.origin] if origin and not self._has(Role.ORIGIN) else []
        targets = [self._mirror(url) for url in dict.fromkeys([*first, *mixed])]
        for result in self._ask(targets):
            if result.url in wanted:
                self._results[result.url] = result
            if result.url == self._plan.origin:
                self._take_origin(result)

    def ask_origin(self) -> None:
        """Ask the origin, if it was not asked yet."""
        if not self._has(Role.ORIGIN):
            for result in self._ask([self._mirror(self._plan.origin)]):
                self._take_origin(result)

    def ask_others(self, *, anybody: bool) -> None:
        """Ask the canaries, and where none of them vouches, spare mirrors.

        Args:
            anybody: Whether mirrors will do that are not up.

        """
        if not self._has(Role.CANARY):
            pages = [Mirror(url=url) for url in self._plan.canaries]
            bounds = self._plan.bounds
            for result in self._means.pool.run(
                pages, self._means.canary, bounds, self._means.meanwhile
            ):
                self._witnesses.append(Witness(role=Role.CANARY, result=result))
        if not self.is_vouched:
            self.ask_spares(anybody=anybody)

    def ask_spares(self, *, anybody: bool) -> None:
        """Ask mirrors that were not asked yet, up ones first; see `ask_others`."""
        for result in self._ask(self._spares(anybody=anybody)):
            self._witnesses.append(Witness(role=Role.SPARE, result=result))

    def _ask(self, targets: Sequence[Mirror]) -> Iterator[ProbeResult]:
        def probe(mirror: Mirror) -> ProbeResult:
            return self._probe(mirror, self._health(mirror.url))

        return self._means.pool.run(
            targets, probe, self._plan.bounds, self._means.meanwhile
        )

    def _take_origin(self, result: ProbeResult) -> None:
        self._witnesses.append(Witness(role=Role.ORIGIN, result=result))
        if result.url in self._listed:
            self._results[result.url] = result

    def _mirror(self, url: str) -> Mirror:
        return self._listed.get(url) or Mirror(url=url)

    def _health(self, url: str) -> Health:
        if url == self._plan.origin and url not in self._listed:
            return self._known.origin
        return self._known.health.get(url, Health())

    def _spares(self, *, anybody: bool) -> list[Mirror]:
        passed = {*self._results, self._plan.origin}
        urls = [url for url in self._listed if url not in passed]
        self._means.shuffle(urls)
        urls.sort(key=lambda url: _RANKS[self._health(url).state])
        fit = [url for url in urls if anybody or self._health(url).state is State.UP]
        return [self._listed[url] for url in fit[:_SPARES]]

    def _has(self, role: Role) -> bool:
        return any(one.role is role for one in self._witnesses)

    def _weighty(self) -> Iterator[Witness]:
        """Yield the witnesses, without the origin where canaries are still to come."""
        waiting = bool(self._plan.canaries) and not self._has(Role.CANARY)
        for one in self._witnesses:
            if not (waiting and one.role is Role.ORIGIN):
                yield one
