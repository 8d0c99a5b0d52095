"""What an edit does to the clients of one country."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mirrorsel.model import Client
from mirrorsel.preview.crowd import Crowd
from mirrorsel.preview.effect import CountryEffect, View
from mirrorsel.preview.outlook import Part, Sight, leaders, outlook, sight
from mirrorsel.preview.plan import Plan
from mirrorsel.preview.verdict import verdict
from mirrorsel.selection.index import Stage
from mirrorsel.selection.odds import Odds

_NOTHING = 1e-9
"""Smaller shares are errors of rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the clients of one place see of both lists."""

    share: float
    """How many of the country's clients they are."""
    before: Sight
    after: Sight

    @property
    def stages(self) -> tuple[Stage, Stage]:
        """What decides on their first mirrors, before and after."""
        return self.before.stage, self.after.stage


def changes(old: Plan, new: Plan, crowd: Crowd, view: View) -> tuple[Change, ...]:
    """Return what a country sees, place by place."""
    return tuple(_changes(old, new, crowd, view))


def country_effect(
    crowd: Crowd, seen: Sequence[Change], odds: Sequence[Odds]
) -> CountryEffect:
    """Return what an edit does to a country, given what becomes of each place."""
    before, after = before_and_after(seen, odds)
    first, then = _firsts(leaders(before), leaders(after))
    was, will_be = outlook(before, first), outlook(after, then)
    kept = sum(one.share * found.kept for one, found in zip(seen, odds, strict=True))
    moved = 1 - kept if kept < 1 - _NOTHING else 0.0
    return CountryEffect(
        code=crowd.code,
        name=crowd.name,
        place=crowd.centre,
        share=crowd.share,
        before=was,
        after=will_be,
        moved=moved,
        verdict=verdict(was, will_be, moved),
        sampled=any(found.sampled for found in odds),
    )


def before_and_after(
    seen: Sequence[Change], odds: Sequence[Odds]
) -> tuple[list[Part], list[Part]]:
    """Return what each place sees and gets from the one list and from the other."""
    pairs = list(zip(seen, odds, strict=True))
    return (
        [Part(weight=a.share, sight=a.before, shares=b.before) for a, b in pairs],
        [Part(weight=a.share, sight=a.after, shares=b.after) for a, b in pairs],
    )


def _changes(old: Plan, new: Plan, crowd: Crowd, view: View) -> Iterator[Change]:
    for spot in crowd.spots:
        client = Client(location=spot.location, https=view.https, ipv6=view.ipv6)
        yield Change(
            share=spot.share,
            before=sight(old.index, client, view.path),
            after=sight(new.index, client, view.path),
        )


def _firsts(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return the first mirrors of both lists; of equals the same, if there is one."""
    same = next((url for url in before if url in after), None)
    return (same, same) if same else (before[0], after[0])
