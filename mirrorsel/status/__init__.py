"""Pure: what the public is told of the mirrors, as one value."""

from mirrorsel.status.days import Day
from mirrorsel.status.headline import headline
from mirrorsel.status.holding import Holding
from mirrorsel.status.judged import Rules, rules_in_words
from mirrorsel.status.report import Known, report
from mirrorsel.status.row import MirrorStatus, Standing
from mirrorsel.status.said import decided, plain_words, reason
from mirrorsel.status.slug import slugs
from mirrorsel.status.value import StatusReport
from mirrorsel.status.world import HEIGHT, WIDTH, Point, dots, spread

__all__ = [
    "HEIGHT",
    "WIDTH",
    "Day",
    "Holding",
    "Known",
    "MirrorStatus",
    "Point",
    "Rules",
    "Standing",
    "StatusReport",
    "decided",
    "dots",
    "headline",
    "plain_words",
    "reason",
    "report",
    "rules_in_words",
    "slugs",
    "spread",
]
