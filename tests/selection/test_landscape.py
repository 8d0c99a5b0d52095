"""What a cell sees of the list: no more than was asked for."""

from itertools import islice

from mirrorsel.model import Coordinates, Mirror
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.landscape import Landscape
from mirrorsel.selection.policy import Policy
from tests.selection.worlds import ORIGIN, PLACES, client, mirror


def _listed() -> list[Mirror]:
    """Return mirrors a degree apart from south to north, the first a Backup."""
    return [
        mirror(
            f"m{place}",
            coordinates=Coordinates(latitude=float(place), longitude=10.0),
            backup=place == 0,
        )
        for place in range(51)
    ]


def _landscape(geography: Geography) -> Landscape:
    return geography.landscape(geography.key(client("de")), frozenset())


def test_rings_go_from_near_to_far() -> None:
    """The client is at 51 degrees north, and every mirror is in one ring."""
    seen = [
        one.mirror.coordinates.latitude
        for part in _landscape(_geography()).mirrors
        for one in part.entries
        if one.mirror.coordinates
    ]

    assert seen == [float(place) for place in range(50, 0, -1)]


def test_the_backups_are_rings_of_their_own() -> None:
    """They are not among the mirrors."""
    [spare] = _landscape(_geography()).backups

    assert [one.mirror.host for one in spare.entries] == ["m0.example"]


def test_cells_with_the_same_mirrors_share_a_ring() -> None:
    """What is near is the same object for both schemes."""
    geography = _geography()
    plain = geography.landscape(geography.key(client("de")), frozenset())
    safe = geography.landscape(geography.key(client("de", https=True)), frozenset())

    assert plain is not safe
    for one, other in zip(
        islice(plain.mirrors, 2), islice(safe.mirrors, 2), strict=True
    ):
        assert one is other


def _geography() -> Geography:
    return Geography(_listed(), PLACES, Policy(), ORIGIN)
