"""What to believe of mirrors, given what probes saw."""

from mirrorsel.health.advance import advance
from mirrorsel.health.belief import is_believable
from mirrorsel.health.cautions import cautions
from mirrorsel.health.changes import Change, changes
from mirrorsel.health.fold import Sighting, fold
from mirrorsel.health.freshness import is_stale, reference
from mirrorsel.health.history import History, Mark, Track, record
from mirrorsel.health.policy import HealthPolicy

__all__ = [
    "Change",
    "HealthPolicy",
    "History",
    "Mark",
    "Sighting",
    "Track",
    "advance",
    "cautions",
    "changes",
    "fold",
    "is_believable",
    "is_stale",
    "record",
    "reference",
]
