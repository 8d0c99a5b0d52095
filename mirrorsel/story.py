"""What is believed of a mirror, and why, told to those who run it."""

from dataclasses import dataclass
from datetime import datetime

from mirrorsel.health.policy import HealthPolicy
from mirrorsel.model import Health, Outcome, State
from mirrorsel.words import age, span, why

_MOMENT = 60.0
# How a probe ends when it tells nothing of the mirror: what is believed is older.
_SILENT = frozenset({Outcome.DEFECT, Outcome.NO_CLIENT})
_NO_CLIENT = (
    "Not probed: the program that speaks its protocol is not installed where the"
    " mirrors are probed. This says nothing about the mirror."
)
_QUARANTINE = "Only those who keep the list of mirrors can bring it back."


def story(
    health: Health,
    policy: HealthPolicy,
    now: datetime,
    *,
    reference: datetime | None = None,
) -> str:
    """Return a sentence or two: the state, its reason, and what would change it.

    They may contain text that the mirror sent.

    Args:
        health: What is believed.
        policy: By which numbers that is believed.
        now: The time that ages are counted to.
        reference: The time against which stamps are held; without it the tree's age
            is told in place of its distance from the origin's.

    """
    told = _Told(health, policy, now, reference)
    if health.quarantine:
        return told.quarantined
    if health.outcome is Outcome.NO_CLIENT and health.state is State.UNKNOWN:
        return _NO_CLIENT
    match health.state:
        case State.UP:
            return told.up
        case State.DOWN:
            return told.down
        case State.UNKNOWN:
            return told.unknown


@dataclass(frozen=True, slots=True)
class _Told:
    """One mirror's story, by its state."""

    health: Health
    policy: HealthPolicy
    now: datetime
    reference: datetime | None

    @property
    def quarantined(self) -> str:
        return f"{self._for('Down')}: {_ended(self.health.quarantine)} {_QUARANTINE}"

    @property
    def up(self) -> str:
        state = self._for("Up")
        stale = f"{state}, but stale: {self._tree}. {self._until}"
        if self.health.streak >= 0:
            return stale if self.health.stale else f"{state}."
        failing = f"{_ended(self._failures)} {self._fall}"
        if self.health.stale:
            return f"{stale} {failing[0].upper()}{failing[1:]}"
        return f"{state}, but {failing}"

    @property
    def down(self) -> str:
        state = self._for("Down")
        if self.health.streak <= 0:
            return f"{state}: {_ended(self._failures)} {self._rise}"
        if self.health.stale:
            return f"{state}: it answers again, but {self._tree}. {self._rise}"
        return f"{state}: it answers again, {self._progress}."

    @property
    def unknown(self) -> str:
        if self.health.streak == 0:
            return "Not probed yet."
        if self.health.streak < 0:
            return f"Not known yet: {_ended(self._failures)} {self._fall}"
        tree = f"but {self._tree}, and " if self.health.stale else ""
        return f"Not known yet: it answers, {tree}{self._progress}."

    def _for(self, state: str) -> str:
        since = self.health.since
        if since is None:
            return state
        if (self.now - since).total_seconds() < _MOMENT:
            return f"{state} since just now"
        return f"{state} for {age(since, self.now)}"

    @property
    def _failures(self) -> str:
        outcome, failed = self.health.outcome, -self.health.streak
        if outcome is None or outcome in _SILENT:
            return f"{failed} probes in a row failed" if failed > 1 else "it failed"
        last = why(outcome, self.health.detail, "")
        if failed > 1:
            return f"{failed} probes in a row failed; the last: {last}"
        return f"the last probe failed: {last}"

    @property
    def _progress(self) -> str:
        needed = self.policy.rise
        seen = min(self.health.streak, needed)
        return f"with {seen} of the {_probes(needed, 'good')} that it needs"

    @property
    def _fall(self) -> str:
        return f"It is down after {_probes(self.policy.fall, 'bad')}."

    @property
    def _rise(self) -> str:
        good = _probes(self.policy.rise, "good")
        near = span(self.policy.fresh_within)
        tree = f"tree at most {near} behind" if self.health.stale else "fresh tree"
        return f"It is used again after {good} with a {tree}."

    @property
    def _tree(self) -> str:
        stamp = self.health.stamp
        if stamp is None:
            return "its tree is too old"
        if self.reference is None:
            return f"its tree is {age(stamp, self.now)} old"
        return f"its tree is {age(stamp, self.reference)} behind the origin's"

    @property
    def _until(self) -> str:
        near = span(self.policy.fresh_within)
        return (
            f"Until it is at most {near} behind, it is used only where no fresh"
            " mirror is left."
        )


def _probes(count: int, kind: str) -> str:
    return f"1 {kind} probe" if count == 1 else f"{count} {kind} probes in a row"


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
