"""The preview itself: every country asks both lists."""

from collections.abc import Sequence
from typing import TypeAlias

from mirrorsel.preview.country import changes, country_effect
from mirrorsel.preview.crowd import Crowd
from mirrorsel.preview.effect import Basis, CountryEffect, Effect, Verdict, View
from mirrorsel.preview.ledger import mirror_effects
from mirrorsel.preview.plan import Plan, edit_of
from mirrorsel.selection.index import Stage
from mirrorsel.selection.odds import Odds, exact_odds, is_exact, sampled_odds

_WALKS = 32_768
"""How many clients are tried for all samples together; with many, some more."""
_FEWEST, _MOST = 128, 4096
"""How many networks one sample has, at least and at most."""

_Stages: TypeAlias = tuple[Stage, Stage]


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
    seen = [changes(old, new, crowd, view) for crowd in crowds]
    sample, known = _all_odds({one.stages for places in seen for one in places})
    odds = [[known[one.stages] for one in places] for places in seen]
    told = list(zip(crowds, seen, odds, strict=True))
    countries = sorted((country_effect(*one) for one in told), key=_gravest_first)
    return Effect(
        view=view,
        basis=basis,
        edit=edit_of(old.mirrors, new.mirrors),
        assumed=new.assumed,
        moved=sum(one.share * one.moved for one in countries),
        countries=tuple(countries),
        mirrors=mirror_effects(old, new, told),
        sample=sample,
    )


def _all_odds(pairs: set[_Stages]) -> tuple[int | None, dict[_Stages, Odds]]:
    """Return how many networks a sample has, if there is one, and all odds."""
    known = {pair: exact_odds(*pair) for pair in pairs if is_exact(*pair)}
    unknown = pairs - known.keys()
    if not unknown:
        return None, known
    sample = max(_FEWEST, min(_MOST, _WALKS // (2 * len(unknown))))
    return sample, known | {pair: sampled_odds(*pair, sample) for pair in unknown}


def _gravest_first(one: CountryEffect) -> tuple[int, float, float, str]:
    # Whether most or just some clients of a country move is said by how many do.
    verdict = Verdict.CHANGED if one.verdict is Verdict.SHIFTED else one.verdict
    grave = tuple(Verdict).index(verdict)
    return grave, -one.share * one.moved, -one.share, one.name
