"""The files that hold what the checker knows, each with one writer."""

from mirrorsel.state.files import write_atomic, write_changed
from mirrorsel.state.history import read_history, write_history
from mirrorsel.state.journal import CycleSummary, Journal, read_journal
from mirrorsel.state.lock import Lock
from mirrorsel.state.places import StateFolder
from mirrorsel.state.probes import (
    append_probe,
    append_probes,
    forget_probes,
    read_probes,
)
from mirrorsel.state.published import PublishedList, read_published
from mirrorsel.state.snapshot import read_snapshot, write_snapshot
from mirrorsel.state.stillness import SETTLE, await_stillness
from mirrorsel.state.watched import Watched

__all__ = [
    "SETTLE",
    "CycleSummary",
    "Journal",
    "Lock",
    "PublishedList",
    "StateFolder",
    "Watched",
    "append_probe",
    "append_probes",
    "await_stillness",
    "forget_probes",
    "read_history",
    "read_journal",
    "read_probes",
    "read_published",
    "read_snapshot",
    "write_atomic",
    "write_changed",
    "write_history",
    "write_snapshot",
]
