"""What a cycle probes, and by which rules."""

import platform
from dataclasses import dataclass
from typing import Self

from mirrorsel.checker.pool import Bounds
from mirrorsel.config import Settings
from mirrorsel.health import HealthPolicy, Rhythm
from mirrorsel.model import Mirror, MirrorList

_EACH_TIME = Rhythm(period=0, retry=0, dead_period=0, fall=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the checker probes, how often, and by which rules it judges."""

    origin: str
    """The base URL of the tree that the mirrors copy."""
    mirrors: MirrorList
    policy: HealthPolicy
    vantage: str
    jobs: int
    """How many mirrors are probed at once."""
    jobs_per_host: int | None = None
    """How many mirrors of one host are; None for any number."""
    deadline: float
    """Seconds that one probe may take."""
    canaries: tuple[str, ...] = ()
    """The URLs that are asked whether our own network works."""
    rhythm: Rhythm = _EACH_TIME

    @classmethod
    def of(cls, settings: Settings, mirrors: MirrorList) -> Self:
        """Return the plan that the settings ask for."""
        checker = settings.checker
        return cls(
            origin=settings.list.origin,
            mirrors=mirrors,
            policy=settings.health,
            vantage=checker.vantage or platform.node(),
            jobs=checker.jobs,
            jobs_per_host=checker.jobs_per_host,
            deadline=checker.deadline,
            canaries=checker.canaries,
            rhythm=Rhythm(
                period=checker.period,
                retry=checker.retry,
                dead_period=checker.dead_period,
                fall=settings.health.fall,
            ),
        )

    @property
    def bounds(self) -> Bounds:
        """What probes may cost that run side by side."""
        return Bounds(
            jobs=self.jobs, jobs_per_host=self.jobs_per_host, deadline=self.deadline
        )


def is_probed(mirror: Mirror) -> bool:
    """Return whether the checker probes a mirror: one that is in service."""
    return mirror.disabled is None


def probed(origin: str, mirrors: MirrorList) -> dict[str, Mirror]:
    """Return all that is probed, by URL: the origin first, then the mirrors."""
    listed = {one.url: one for one in mirrors.mirrors if is_probed(one)}
    return {origin: Mirror(url=origin)} | listed
