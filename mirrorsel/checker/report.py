"""What the checker says in the log: once, where something changed."""

import logging
from collections import Counter

from mirrorsel.checker.cycle import Cycle
from mirrorsel.health import Change, Role
from mirrorsel.model import Outcome, State

_log = logging.getLogger(__name__)


class Report:
    """The log of the cycles, which remembers what was said already."""

    def __init__(self) -> None:
        self._frozen = False

    def cycle(self, cycle: Cycle) -> None:
        """Log what one cycle changed."""
        for change in cycle.changes:
            level = logging.WARNING if _is_worse(change) else logging.INFO
            _log.log(level, "%s", _sentence(change))
        if cycle.snapshot.frozen and not self._frozen:
            _log.error("%s", _disbelief(cycle))
        elif self._frozen and not cycle.snapshot.frozen:
            _log.info("mirrors can be reached again; their states count")
        self._frozen = cycle.snapshot.frozen


def _is_worse(change: Change) -> bool:
    return change.after is State.DOWN or change.stale


def _sentence(change: Change) -> str:
    why = f": {change.outcome} {change.detail}".rstrip() if change.outcome else ""
    held = f"; in quarantine: {change.quarantine}" if change.quarantine else ""
    if change.before is not change.after:
        stale = ", stale" if change.stale else ""
        return f"{change.url} {change.before} -> {change.after}{stale}{why}{held}"
    if held:
        return f"{change.url} is {change.after} as before{why}{held}"
    stale = "stale" if change.stale else "no longer stale"
    return f"{change.url} is {stale}, and {change.after} as before{why}"


def _disbelief(cycle: Cycle) -> str:
    failed = cycle.summary.probed - cycle.summary.good
    mirrors = f"{failed} of {cycle.summary.probed} mirrors failed, and nobody vouches"
    if not cycle.summary.probed:
        mirrors = "nobody vouches"
    return (
        f"{mirrors} for this machine's network ({_asked(cycle)}): this machine's own"
        " network is to blame, so no state changes until somebody does"
    )


def _asked(cycle: Cycle) -> str:
    """Return who was asked, as in "origin dns, 2 canaries failed"."""
    failed = Counter(
        one.role for one in cycle.witnesses if one.result.outcome is not Outcome.OK
    )
    origin = cycle.origin
    words = [f"the origin {origin.url}: {origin.outcome}"] if origin else []
    words += [
        f"{failed[role]} {name} failed"
        for role, name in ((Role.CANARY, "canaries"), (Role.SPARE, "other mirrors"))
        if failed[role]
    ]
    return "; ".join(words)
