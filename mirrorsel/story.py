"""What the operator of a mirror is told: what is believed of it, and what mends it."""

from datetime import datetime, timedelta

from mirrorsel.health import HealthPolicy
from mirrorsel.model import Health, Outcome, State
from mirrorsel.words import age, why

_SILENT = frozenset({Outcome.DEFECT, Outcome.NO_CLIENT})


def story(health: Health, policy: HealthPolicy, now: datetime) -> str:
    """Return in a few sentences what is believed of a mirror, why, and until when.

    It may contain text that the mirror sent.
    """
    told = _told(health, policy, now)
    # Otherwise the last probe would seem to be why the mirror is believed so.
    if health.outcome in _SILENT and not _is_untried(health):
        return f"{told} The last probe told nothing of it: {_why(health)}."
    return told


def _told(health: Health, policy: HealthPolicy, now: datetime) -> str:
    if health.quarantine:
        return _quarantined(health, now)
    if _is_untried(health):
        return _untried(health)
    if health.state is State.DOWN:
        return _down(health, policy, now)
    return _in_use(health, policy, now)


def _quarantined(health: Health, now: datetime) -> str:
    return (
        f"{_since(health, now)}, in quarantine: {_phrase(health.quarantine)}. Only"
        " the operator of the list brings it back: disable its line, wait for one"
        " round of probes, and enable it again."
    )


def _is_untried(health: Health) -> bool:
    return health.state is State.UNKNOWN and not health.streak


def _untried(health: Health) -> str:
    use = "It is used only behind the mirrors that are known to be up."
    if health.outcome is None:
        return f"Not probed yet. {use}"
    if health.outcome is Outcome.NO_CLIENT:
        return f"Not probed here: {_phrase(health.detail) or 'a program is missing'}."
    return f"Not known yet: {_why(health)}. {use}"


def _in_use(health: Health, policy: HealthPolicy, now: datetime) -> str:
    standing = _standing(health, policy, now)
    if not health.stale:
        return f"{standing}."
    back = f"within {_span(policy.fresh_within, now)} of the origin's"
    return (
        f"{standing}. It is stale, and used only when no fresh mirror is left:"
        f" {_tree(health, now)}; {back} it is fresh again."
    )


def _standing(health: Health, policy: HealthPolicy, now: datetime) -> str:
    if health.streak < 0:
        limit = f"{policy.fall} in a row take it down"
        return f"{_since(health, now)}, but failing: {_failures(health)} ({limit})"
    if health.state is State.UP:
        fresh = health.stamp is not None and not health.stale
        return f"{_since(health, now)}: it answers{', its tree is fresh' * fresh}"
    return (
        f"Not known yet: {_count(health.streak, 'good probe')} in a row,"
        f" and {policy.rise} bring it up"
    )


def _down(health: Health, policy: HealthPolicy, now: datetime) -> str:
    since = _since(health, now)
    limit = policy.fresh_within if health.stale else policy.stale_after
    fresh = f"a tree at most {_span(limit, now)} behind the origin's"
    if health.streak < 0:
        good = f"{_count(policy.rise, 'good probe')}{' in a row' * (policy.rise > 1)}"
        back = f"It is used again after {good} with {fresh}."
        return f"{since}: {_failures(health)}. {back}"
    left = max(policy.rise - health.streak, 1)
    back = f"It is used again after {_count(left, 'more good probe')} with {fresh}."
    if health.stale:
        return f"{since} though it answers: {_tree(health, now)}. {back}"
    if health.streak:
        return f"{since}, coming back: the last probe was good. {back}"
    return f"{since}. {back}"


def _since(health: Health, now: datetime) -> str:
    state = str(health.state).capitalize()
    return f"{state} for {age(health.since, now)}" if health.since else state


def _failures(health: Health) -> str:
    failed = -health.streak
    many = f"{failed} probes in a row failed"
    if health.outcome in _SILENT or health.outcome is None:
        return many if failed > 1 else "a probe failed"
    if failed > 1:
        return f"{many}, the last: {_why(health)}"
    return f"the last probe failed: {_why(health)}"


def _why(health: Health) -> str:
    return _phrase(why(health.outcome or Outcome.DEFECT, health.detail, ""))


def _phrase(text: str) -> str:
    return text.rstrip(" .")


def _tree(health: Health, now: datetime) -> str:
    old = f"{age(health.stamp, now)} old, " if health.stamp else ""
    return f"its tree is {old}too far behind the origin's"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _span(seconds: float, now: datetime) -> str:
    return age(now - timedelta(seconds=seconds), now)
