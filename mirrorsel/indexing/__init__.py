"""The index of published files, as its only writer keeps it."""

from mirrorsel.indexing.indexer import Indexer
from mirrorsel.indexing.omission import UNREADABLE, WORDS
from mirrorsel.indexing.pace import Ended, Pace
from mirrorsel.indexing.progress import Phase, Progress
from mirrorsel.indexing.standing import IndexStanding, has_findings, read_standing
from mirrorsel.indexing.telling import Telling
from mirrorsel.indexing.wanted import Wanted

__all__ = [
    "UNREADABLE",
    "WORDS",
    "Ended",
    "IndexStanding",
    "Indexer",
    "Pace",
    "Phase",
    "Progress",
    "Telling",
    "Wanted",
    "has_findings",
    "read_standing",
]
