"""The index of published files, as its only writer keeps it."""

from mirrorsel.indexing.indexer import Indexer
from mirrorsel.indexing.pace import Ended, Pace
from mirrorsel.indexing.priority import give_way
from mirrorsel.indexing.standing import Standing, read_standing
from mirrorsel.indexing.telling import Telling
from mirrorsel.indexing.wanted import Wanted

__all__ = [
    "Ended",
    "Indexer",
    "Pace",
    "Standing",
    "Telling",
    "Wanted",
    "give_way",
    "read_standing",
]
