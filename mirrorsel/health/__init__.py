"""What to believe of mirrors, given what probes saw."""

from mirrorsel.health.advance import advance
from mirrorsel.health.belief import (
    Role,
    Sighting,
    Witness,
    has_failure,
    is_believable,
    is_vouched,
)
from mirrorsel.health.cautions import cautions
from mirrorsel.health.changes import Change, changes
from mirrorsel.health.dispute import differs, is_disputed, lacks_agreement
from mirrorsel.health.fold import fold
from mirrorsel.health.freshness import is_stale, reference
from mirrorsel.health.history import History, Mark, Track, record
from mirrorsel.health.policy import HealthPolicy
from mirrorsel.health.schedule import Rhythm, due_at, is_due
from mirrorsel.health.standing import Standing, standing

__all__ = [
    "Change",
    "HealthPolicy",
    "History",
    "Mark",
    "Rhythm",
    "Role",
    "Sighting",
    "Standing",
    "Track",
    "Witness",
    "advance",
    "cautions",
    "changes",
    "differs",
    "due_at",
    "fold",
    "has_failure",
    "is_believable",
    "is_disputed",
    "is_due",
    "is_stale",
    "is_vouched",
    "lacks_agreement",
    "record",
    "reference",
    "standing",
]
