"""The files that hold what the checker knows, each with one writer."""

from mirrorsel.state.files import write_atomic, write_changed
from mirrorsel.state.journal import CycleSummary, Journal, read_journal
from mirrorsel.state.lastgood import keep_last_good
from mirrorsel.state.lock import Lock
from mirrorsel.state.places import StateFolder
from mirrorsel.state.snapshot import read_snapshot, write_snapshot
from mirrorsel.state.watched import Watched

__all__ = [
    "CycleSummary",
    "Journal",
    "Lock",
    "StateFolder",
    "Watched",
    "keep_last_good",
    "read_journal",
    "read_snapshot",
    "write_atomic",
    "write_changed",
    "write_snapshot",
]
