"""What is shown beside the chosen mirror: the rules of REQ-11 and REQ-26."""

import pytest

from mirrorsel.model import Coordinates, Health, Kind, Mirror
from mirrorsel.selection.listing import Wanted, backups, in_country, named, near_set
from tests.selection.worlds import (
    DOWN,
    ORIGIN,
    STALE,
    UNKNOWN,
    UP,
    client,
    index,
    mirror,
    world,
)

FTP = mirror("ftp", kind=Kind.FTP, url="ftp://ftp.example/")
PLAIN = mirror("plain", "jp", url="http://plain.example/")
BACKUP = mirror("backup", None, backup=True)


def names(mirrors: tuple[Mirror, ...]) -> list[str]:
    """Return the names of mirrors."""
    return [one.host.split(".")[0] for one in mirrors]


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param({}, ["a", "b"], id="all up"),
        pytest.param({"a": DOWN}, ["b"], id="one down"),
        pytest.param({"a": STALE}, ["b"], id="one stale"),
        pytest.param({"a": UNKNOWN}, ["b"], id="one never probed"),
        pytest.param({"a": UNKNOWN, "b": UNKNOWN}, ["a", "b"], id="none probed"),
        pytest.param({"a": UNKNOWN, "b": DOWN}, ["a"], id="none up"),
        pytest.param({"a": STALE, "b": DOWN}, [], id="none usable"),
    ],
)
def test_a_country_shows_its_usable_mirrors(
    health: dict[str, Health], expected: list[str]
) -> None:
    """REQ-26: the healthy and fresh ones, else those never probed."""
    site = world(mirror("a"), mirror("b"), mirror("c", "fr"), BACKUP, **health)

    shown = in_country(site, client(), "de", Wanted(target=""))

    assert sorted(names(shown)) == expected


@pytest.mark.parametrize(
    ("country", "kind", "expected"),
    [
        pytest.param("de", Kind.FTP, ["ftp"], id="ftp"),
        pytest.param("jp", Kind.HTTP, ["plain"], id="another country"),
        pytest.param("us", Kind.HTTP, [], id="a country without mirrors"),
        pytest.param("backup", Kind.HTTP, [], id="no country at all"),
    ],
)
def test_a_country_shows_one_kind(
    country: str, kind: Kind, expected: list[str]
) -> None:
    """REQ-26: lists are of one country and one kind; Backup is in none of them."""
    site = world(mirror("a"), FTP, PLAIN, BACKUP)

    assert (
        names(in_country(site, client(), country, Wanted(target="", kind=kind)))
        == expected
    )


def test_a_country_shows_its_nearest_first() -> None:
    """REQ-26: by the distance to the client, whatever the order of the list."""
    listed = [
        mirror(name, coordinates=Coordinates(latitude=latitude, longitude=10))
        for name, latitude in (("far", 60), ("near", 51), ("middle", 55))
    ]

    shown = in_country(world(*listed), client(), "de", Wanted(target=""))

    assert names(shown) == ["near", "middle", "far"]


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(mirror("m", disabled="full"), id="disabled"),
        pytest.param(mirror("m", refuses=frozenset({"de"})), id="refuses"),
        pytest.param(mirror("m", url="http://m.example/"), id="no https"),
    ],
)
def test_nobody_is_shown_what_is_not_for_him(listed: Mirror) -> None:
    """What a redirect would not give is not shown either."""
    site = world(listed)

    assert in_country(site, client(https=True), "de", Wanted(target="")) == ()
    assert near_set(site, client(https=True), Wanted(target="")) == ()


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param({}, ["a", "b"], id="all up"),
        pytest.param({"a": DOWN}, ["b"], id="one down"),
        pytest.param({"a": DOWN, "b": STALE}, ["far"], id="the next ring"),
        pytest.param({"a": UNKNOWN, "b": DOWN}, ["far"], id="up before unprobed"),
        pytest.param({"a": UNKNOWN, "b": DOWN, "far": DOWN}, ["a"], id="unprobed"),
        pytest.param({"a": STALE, "b": DOWN, "far": DOWN}, [], id="none usable"),
    ],
)
def test_the_near_set(health: dict[str, Health], expected: list[str]) -> None:
    """REQ-26: the usable equals from which the client's mirror is taken."""
    site = world(mirror("a"), mirror("b"), mirror("far", "jp"), BACKUP, **health)

    assert sorted(names(near_set(site, client(), Wanted(target="")))) == expected


def test_the_near_set_begins_with_the_chosen_one() -> None:
    """Its order is the client's."""
    site = world(*(mirror(f"m{number}") for number in range(9)))
    who = client(network="192.0.2.0/24")

    assert near_set(site, who, Wanted(target="")) == site.choose(who, "x", 9).mirrors


@pytest.mark.parametrize(
    ("url", "health", "expected"),
    [
        pytest.param("https://a.example/", UP, True, id="up"),
        pytest.param("https://a.example/", STALE, True, id="stale"),
        pytest.param("https://a.example/", UNKNOWN, True, id="never probed"),
        pytest.param("https://a.example/", DOWN, False, id="down"),
        pytest.param("https://a.example", UP, False, id="no slash"),
        pytest.param("https://A.example/", UP, False, id="letter case"),
        pytest.param("https://off.example/", UP, False, id="disabled"),
        pytest.param("ftp://ftp.example/", UP, True, id="ftp"),
        pytest.param("https://backup.example/", DOWN, True, id="Backup"),
        pytest.param("https://evil.example/", UP, False, id="not listed"),
        pytest.param(ORIGIN, UP, False, id="the origin, not listed"),
    ],
)
def test_which_mirrors_may_be_named(
    url: str, health: Health, *, expected: bool
) -> None:
    """REQ-11: listed ones, literally, that are neither disabled nor down."""
    site = index([mirror("a"), mirror("off", disabled="full"), FTP, BACKUP], health)

    found = named(site, url)

    assert (found is not None and found.url == url) is expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        pytest.param([BACKUP], ["backup"], id="listed"),
        pytest.param([], ["origin"], id="none listed"),
        pytest.param(
            [mirror("off", None, backup=True, disabled="full")],
            ["origin"],
            id="disabled",
        ),
        pytest.param(
            [BACKUP, mirror("f", None, backup=True, kind=Kind.FTP, url="ftp://f.x/")],
            ["backup"],
            id="http only",
        ),
    ],
)
def test_backup_is_never_empty(listed: list[Mirror], expected: list[str]) -> None:
    """REQ-26, REQ-75: Backup's http entries, else the origin."""
    assert names(backups(index(listed))) == expected


def test_the_target_counts_for_mirrors_of_a_part() -> None:
    """REQ-26: a mirror with prefixes is shown for what it carries."""
    site = world(mirror("part", prefixes=("httpd/",)), mirror("whole"))

    httpd, spark = Wanted(target="httpd/x"), Wanted(target="spark/x")

    assert sorted(names(in_country(site, client(), "de", httpd))) == ["part", "whole"]
    assert names(in_country(site, client(), "de", spark)) == ["whole"]
    assert sorted(names(near_set(site, client(), httpd))) == ["part", "whole"]


def test_a_twin_of_a_backup_may_be_named() -> None:
    """REQ-11: a mirror that is down stays valid where it is listed as Backup too."""
    site = world(mirror("both"), mirror("both", None, backup=True), both=DOWN)

    assert named(site, mirror("both").url) == mirror("both", None, backup=True)
