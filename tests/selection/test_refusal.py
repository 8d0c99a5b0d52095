"""Why a mirror is out of the question: the quick way and the long one agree."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Client, Kind, Mirror
from mirrorsel.selection.cell import cell_key, cell_of
from mirrorsel.selection.entry import entry
from mirrorsel.selection.refusal import Demand, covered, refusal
from tests.selection.worlds import CLIENTS, MIRRORS, PLACES, TARGETS


@given(MIRRORS, CLIENTS, TARGETS, st.sampled_from(Kind))
def test_an_open_mirror_is_refused_to_nobody(
    mirror: Mirror, who: Client, target: str, kind: Kind
) -> None:
    """What is known of it beforehand is what each check would say."""
    known = entry(0, mirror, PLACES)
    demand = Demand(
        cell=cell_of(cell_key(who, (1, 2, 3, 4), PLACES)),
        covered=covered(target, frozenset(mirror.prefixes)),
        kind=kind,
    )

    assert refusal(known, demand) is refusal(replace(known, open=False), demand)
