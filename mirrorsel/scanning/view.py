"""What scans go by: the settings, the list and the snapshot of the moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mirrorsel import cost
from mirrorsel.config import Settings
from mirrorsel.model import Health, Mirror, MirrorList, Snapshot, State
from mirrorsel.net import Limits
from mirrorsel.net.reach import Reach

# A list of many files takes longer than the stamp of a probe.
_LONGEST_ANSWER = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the checker knows and wants now."""

    settings: Settings
    mirrors: MirrorList
    snapshot: Snapshot | None

    @property
    def is_on(self) -> bool:
        """Whether mirrors are scanned at all."""
        settings = self.settings
        return settings.checker.enabled and settings.tree.index != "off"

    @property
    def by_url(self) -> Mapping[str, Mirror]:
        """The mirrors of the list, one for each URL, rather one that is in service."""
        listed = sorted(self.mirrors.mirrors, key=lambda one: one.disabled is None)
        return {one.url: one for one in listed}

    def is_up(self, mirror: Mirror) -> bool:
        """Return whether a mirror is in service, and believed to work."""
        health = self._health(mirror)
        up = health is not None and health.state is State.UP and not health.quarantine
        return up and mirror.disabled is None

    def is_out(self, mirror: Mirror) -> bool:
        """Return whether a mirror may lose files without being seen to."""
        health = self._health(mirror)
        if mirror.disabled is not None or health is None:
            return mirror.disabled is not None
        return health.state is State.DOWN or bool(health.quarantine)

    def up_since(self, mirror: Mirror) -> float:
        """Return when a mirror came up, in seconds of Unix time; 0 if unknown."""
        health = self._health(mirror)
        return health.since.timestamp() if health and health.since else 0.0

    def _health(self, mirror: Mirror) -> Health | None:
        return self.snapshot.health.get(mirror.url) if self.snapshot else None


def limits_of(settings: Settings) -> Limits:
    """Return what one request of a scan may cost, and where it may go."""
    limits = cost.limits_of(settings.checker)
    return replace(limits, deadline=max(limits.deadline, _LONGEST_ANSWER))


def reach_of(settings: Settings) -> Reach:
    """Return what a whole scan may cost."""
    return Reach(pause=pause_of(settings))


def pause_of(settings: Settings) -> float:
    """Return the seconds from one request to a mirror to the next."""
    return 1 / settings.tree.scan_rate
