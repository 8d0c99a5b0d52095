"""What the checker says in the log: once, where something changed."""

import logging
from collections import Counter

from mirrorsel.checker.cycle import Cycle
from mirrorsel.health import Change, Role, differs
from mirrorsel.model import Outcome, State
from mirrorsel.words import why, why_changed

_log = logging.getLogger(__name__)


class Report:
    """The log of the cycles, which remembers what was said already."""

    def __init__(self) -> None:
        self._frozen = False
        self._disputed = False

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
        self._dispute(cycle)

    def _dispute(self, cycle: Cycle) -> None:
        if cycle.disputed and not self._disputed:
            _log.error("%s", _doubt(cycle))
        agreed = any(one.sample and one.outcome is Outcome.OK for one in cycle.results)
        # A cycle in which nothing was compared says neither.
        self._disputed = cycle.disputed or (self._disputed and not agreed)


def _is_worse(change: Change) -> bool:
    return change.after is State.DOWN or change.stale


def _sentence(change: Change) -> str:
    told = ""
    if change.outcome is not None:
        words = (change.outcome, change.detail, change.url)
        told = f": {why_changed(*words, stale=change.stale)}"
    held = f"; in quarantine: {change.quarantine}" if change.quarantine else ""
    if change.before is not change.after:
        stale = ", stale" if change.stale else ""
        return f"{change.url} {change.before} -> {change.after}{stale}{told}{held}"
    if held:
        return f"{change.url} is {change.after} as before{told}{held}"
    stale = "stale" if change.stale else "no longer stale"
    return f"{change.url} is {stale}, and {change.after} as before{told}"


def _disbelief(cycle: Cycle) -> str:
    failed = cycle.summary.probed - cycle.summary.good
    mirrors = f"{failed} of {cycle.summary.probed} mirrors failed, and nobody vouches"
    if not cycle.summary.probed:
        mirrors = "nobody vouches"
    return (
        f"{mirrors} for this machine's network ({_asked(cycle)}): this machine's own"
        " network is to blame, so no state changes until somebody does"
    )


def _doubt(cycle: Cycle) -> str:
    seen = (*cycle.results, *(one.result for one in cycle.witnesses))
    wrong = next(filter(differs, seen))
    return (
        "no mirror has what mirrors are compared with, so that it is more likely wrong"
        " than they, and no mirror goes down for it: look at `folder` of [tree], or at"
        f" what the origin sends; for one, {wrong.url}: {wrong.detail}"
    )


def _asked(cycle: Cycle) -> str:
    """Return who was asked, and what came of it."""
    failed = Counter(
        one.role for one in cycle.witnesses if one.result.outcome is not Outcome.OK
    )
    origin = cycle.origin
    words = []
    if origin:
        ended = why(origin.outcome, origin.detail, origin.url)
        words.append(f"the origin {origin.url}: {ended}")
    words += [
        f"{failed[role]} {name} failed"
        for role, name in ((Role.CANARY, "canaries"), (Role.SPARE, "other mirrors"))
        if failed[role]
    ]
    return "; ".join(words)
