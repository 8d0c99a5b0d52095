"""The judgement of what an edit does to a country."""

from mirrorsel.model import How
from mirrorsel.preview.effect import Home, Outlook, Verdict

_STEPS = {
    How.NEAR: 0,
    How.ANYWHERE: 0,
    How.UNPROBED: 1,
    How.BACKUP: 2,
    How.STALE: 3,
    How.ORIGIN: 4,
}
_HOMES = {home: rank for rank, home in enumerate(Home)}


def verdict(before: Outlook, after: Outlook, moved: float) -> Verdict:
    """Return the gravest of all that applies."""
    fallen = _STEPS[after.how] - _STEPS[before.how]
    lost = _HOMES[after.home] - _HOMES[before.home]
    judged = (
        (Verdict.WORSE, fallen > 0),
        (Verdict.LOST, lost > 0),
        (Verdict.BETTER, fallen < 0),
        (Verdict.GAINED, lost < 0),
        (Verdict.CHANGED, before.first.url != after.first.url),
        (Verdict.SHIFTED, moved > 0),
    )
    return next((one for one, applies in judged if applies), Verdict.SAME)
