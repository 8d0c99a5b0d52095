"""How far a mirror lies behind the tree that it copies."""

from datetime import datetime

from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Snapshot


def reference(snapshot: Snapshot | None, dated: datetime | None) -> datetime | None:
    """Return the time against which freshness stamps are held.

    It is the origin's own stamp, else the time of the snapshot, else the date of
    the list; never the present, so that a dead checker ages no mirror.
    """
    if snapshot is None:
        return dated
    return snapshot.origin_stamp or snapshot.taken


def is_stale(
    stamp: datetime | None,
    reference: datetime | None,
    policy: HealthPolicy,
    *,
    was_stale: bool,
) -> bool:
    """Return whether a stamp is too old.

    A stale mirror must come nearer to the reference than a fresh one must stay,
    so that none swings between the two. What cannot be told counts as fresh.
    """
    if stamp is None or reference is None:
        return False
    behind = (reference - stamp).total_seconds()
    return behind > (policy.fresh_within if was_stale else policy.stale_after)
