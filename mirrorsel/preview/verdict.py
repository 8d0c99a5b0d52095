"""The judgement of what an edit does to a country."""

from mirrorsel.preview.effect import Outlook, Verdict
from mirrorsel.preview.step import step


def verdict(before: Outlook, after: Outlook, moved: float) -> Verdict:
    """Return the gravest of all that applies."""
    fallen = step(after.how) - step(before.how)
    lost = after.home.rank - before.home.rank
    judged = (
        (Verdict.WORSE, fallen > 0),
        (Verdict.LOST, lost > 0),
        (Verdict.BETTER, fallen < 0),
        (Verdict.GAINED, lost < 0),
        (Verdict.CHANGED, before.first.url != after.first.url),
        (Verdict.SHIFTED, moved > 0),
    )
    return next((one for one, applies in judged if applies), Verdict.SAME)
