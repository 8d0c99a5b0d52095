"""What the public is told of all mirrors."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.status.row import MirrorStatus, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """The list and what is known of it, without anything that is not for the public."""

    now: datetime
    """The moment for which it was made."""
    taken: datetime | None
    """When the mirrors were last probed; None if they never were."""
    vantage: str
    """The name of the place that probed."""
    frozen_since: datetime | None
    """Since when the checker has had no network of its own, so that older states
    stand."""
    origin_stamp: datetime | None
    counted: bool
    """Whether selections are counted."""
    mirrors: tuple[MirrorStatus, ...]
    """By the names of their countries and their hosts, Backup last."""

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many mirrors stand in each way."""
        return Counter(one.standing for one in self.mirrors)

    @property
    def indexed(self) -> bool:
        """Whether published files are indexed, and looked for on mirrors."""
        return any(one.holding is not None for one in self.mirrors)

    @property
    def listed(self) -> int:
        """How many mirrors are in service, so far as the operator is concerned."""
        return len(self.mirrors) - self.counts[Standing.DISABLED]
