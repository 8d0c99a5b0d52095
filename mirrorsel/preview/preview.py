"""The preview itself: every country asks both lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mirrorsel.model import Client
from mirrorsel.preview.crowd import Crowd
from mirrorsel.preview.effect import (
    Basis,
    CountryEffect,
    Effect,
    Verdict,
    View,
)
from mirrorsel.preview.ledger import Ledger, mirror_effects
from mirrorsel.preview.outlook import Sight, first_of_both, sight
from mirrorsel.preview.plan import Plan, edit_of
from mirrorsel.preview.verdict import verdict
from mirrorsel.selection.index import Stage
from mirrorsel.selection.odds import Odds, exact_odds, sampled_odds

_WALKS = 65_536
"""How many walks are made at most for all samples together, or nearly so."""
_FEWEST, _MOST = 256, 4096
"""How many networks one sample has, at least and at most."""
_NOTHING = 1e-9
"""Smaller shares are errors of rounding."""

_Pair: TypeAlias = tuple[Stage, Stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the clients of one country see of both lists."""

    crowd: Crowd
    before: Sight
    after: Sight

    @property
    def pair(self) -> _Pair:
        """What decides on their first mirrors."""
        return self.before.stage, self.after.stage


def preview(
    old: Plan, new: Plan, crowds: Sequence[Crowd], view: View, basis: Basis
) -> Effect:
    """Return what changes when one list takes the place of another.

    Args:
        old: The list that is in force.
        new: The one that is to be.
        crowds: All clients; their shares sum to 1.
        view: For which of them it is, and for what.
        basis: What the reader is told of where all this comes from.

    """
    seen = [_seen(old, new, crowd, view) for crowd in crowds]
    sample = _sample({one.pair for one in seen if _capped(one.pair)})
    odds = {one.pair: _odds(one.pair, sample) for one in seen}
    countries = sorted(
        (_country(one, odds[one.pair]) for one in seen), key=_gravest_first
    )
    edit = edit_of(old.mirrors, new.mirrors)
    return Effect(
        view=view,
        basis=basis,
        edit=edit,
        assumed=new.assumed,
        moved=sum(one.share * one.moved for one in countries),
        countries=tuple(countries),
        mirrors=mirror_effects(edit, *_ledgers(seen, odds)),
        sample=sample,
    )


def _seen(old: Plan, new: Plan, crowd: Crowd, view: View) -> _Seen:
    client = Client(location=crowd.location, https=view.https, ipv6=view.ipv6)
    return _Seen(
        crowd=crowd,
        before=sight(old.index, client, view.path),
        after=sight(new.index, client, view.path),
    )


def _capped(pair: _Pair) -> bool:
    return any(stage.capped for stage in pair)


def _sample(pairs: set[_Pair]) -> int | None:
    """Return how many networks are tried for each pair of stages, if any are."""
    if not pairs:
        return None
    return max(_FEWEST, min(_MOST, _WALKS // (2 * len(pairs))))


def _odds(pair: _Pair, sample: int | None) -> Odds:
    if sample is not None and _capped(pair):
        return sampled_odds(*pair, sample)
    return exact_odds(*pair)


def _country(one: _Seen, odds: Odds) -> CountryEffect:
    first, then = first_of_both(one.before, odds.before, one.after, odds.after)
    before = one.before.outlook(odds.before, first)
    after = one.after.outlook(odds.after, then)
    moved = 1 - odds.kept if odds.kept < 1 - _NOTHING else 0.0
    return CountryEffect(
        code=one.crowd.code,
        name=one.crowd.name,
        place=one.after.place,
        share=one.crowd.share,
        before=before,
        after=after,
        moved=moved,
        verdict=verdict(before, after, moved),
        sampled=odds.sampled,
    )


def _gravest_first(one: CountryEffect) -> tuple[int, float, float, str]:
    grave = tuple(Verdict).index(one.verdict)
    return grave, -one.share * one.moved, -one.share, one.name


def _ledgers(seen: Sequence[_Seen], odds: dict[_Pair, Odds]) -> tuple[Ledger, Ledger]:
    before, after = Ledger(), Ledger()
    for one in seen:
        found = odds[one.pair]
        before.add(one.before.entries, found.before, one.crowd.share)
        after.add(one.after.entries, found.after, one.crowd.share)
    return before, after
