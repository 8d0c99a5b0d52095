"""Tests for mirrorsel.lists.change_place: where a new mirror goes."""

import pytest

from mirrorsel.geo import load_countries
from mirrorsel.lists.change_place import place_of
from mirrorsel.model import Mirror

COUNTRIES = load_countries()


def listed(*places: str) -> str:
    """Return a list of these countries; what begins with # is a comment."""
    lines = [
        one if one.startswith("#") or not one else f"http {one} http://m{n}.example/"
        for n, one in enumerate(places)
    ]
    return "".join(f"{one}\n" for one in lines)


@pytest.mark.parametrize(
    ("places", "country", "behind"),
    [
        pytest.param(("de", "fr", "de", "# x", "us"), "de", 3, id="its country"),
        pytest.param(("ar", "de", "us"), "fr", 2, id="by code"),
        pytest.param(("ar", "de", "us", "Backup"), "za", 3, id="last by code"),
        pytest.param(("# all", "", "de", "us"), "ar", 2, id="first by code"),
        pytest.param(("de", "us"), "ar", 0, id="at the top"),
        pytest.param(("at", "de", "za", "ch"), "es", 3, id="by name: Spain"),
        pytest.param(("us", "ca", "", "# E", "de", "be"), "mx", 2, id="by continent"),
        pytest.param(("us", "ca", "", "de", "be"), "jp", 5, id="a new continent"),
        pytest.param(("us", "de", "ca", "be", "Backup"), "jp", 4, id="no order"),
        pytest.param(("Backup", "us", "de"), "jp", 3, id="Backup first"),
        pytest.param(("# a", "", "# last", "Backup"), "de", 2, id="before Backup"),
        pytest.param(("# nothing",), "de", 1, id="none yet"),
        pytest.param((), "de", 0, id="empty"),
        pytest.param(("de", "Backup", "Backup", "fr"), "Backup", 3, id="Backup"),
        pytest.param(("de", "fr", "# end"), "Backup", 3, id="first Backup"),
        pytest.param(("de", "zz"), "xx", 1, id="unknown countries"),
    ],
)
def test_place(places: tuple[str, ...], country: str, behind: int) -> None:
    """A new mirror goes where the order of the list suggests."""
    backup = country == "Backup"
    mirror = Mirror(url="http://n/", country=None if backup else country, backup=backup)

    assert behind == place_of(listed(*places), mirror, COUNTRIES)
