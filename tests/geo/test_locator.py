"""Tests for mirrorsel.geo.locator, through databases made on the spot."""

import gc
import itertools
import weakref
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest

from mirrorsel.errors import DatabaseError
from mirrorsel.geo import open_locator
from mirrorsel.geo.database import open_places
from mirrorsel.geo.record import location_of_record, locations
from mirrorsel.model import Coordinates, Country, Location
from tests.geodb import (
    write_asn_database,
    write_city_database,
    write_country_database,
    write_database,
)

COUNTRIES = {
    "de": Country(code="de", name="Germany", continent="EU"),
    "uk": Country(code="uk", name="United Kingdom", continent="EU"),
    "jp": Country(code="jp", name="Japan", continent="AS"),
}
FRANKFURT = {"latitude": 50.1, "longitude": 8.7}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param(
            {"country": "de", "continent": "eu", **FRANKFURT},
            Location(
                country="de",
                continent="EU",
                coordinates=Coordinates(latitude=50.1, longitude=8.7),
            ),
            id="a whole record",
        ),
        pytest.param(
            {"country": "gb"},
            Location(country="uk", continent="EU"),
            id="gb is uk, and a missing continent is the country's",
        ),
        pytest.param(
            {"country": "xx"}, Location(country="xx"), id="a country nobody knows"
        ),
        pytest.param(
            {"continent": "eu"}, Location(continent="EU"), id="only a continent"
        ),
        pytest.param(
            {"continent": "eu", "registered_country": "jp"},
            Location(continent="EU"),
            id="a registration does not outdo a continent",
        ),
        pytest.param(
            {"registered_country": "jp"},
            Location(country="jp", continent="AS"),
            id="a registration is better than nothing",
        ),
        pytest.param(
            {"country": "jp", "registered_country": "de"},
            Location(country="jp", continent="AS"),
            id="a registration does not outdo a country",
        ),
        pytest.param(
            {"country": "ap"}, Location(continent="AS"), id="a region, not a country"
        ),
        pytest.param(
            {"country": "de", "latitude": 0.0, "longitude": 0.0},
            Location(
                country="de",
                continent="EU",
                coordinates=Coordinates(latitude=0.0, longitude=0.0),
            ),
            id="zero is a coordinate",
        ),
        pytest.param(
            {"country": "de", "latitude": 50.1},
            Location(country="de", continent="EU"),
            id="half a place is none",
        ),
    ],
)
def test_city_record(
    tmp_path: Path, place: Mapping[str, Any], expected: Location
) -> None:
    """A record gives what it tells, the rest comes from the country's facts."""
    database = write_city_database(tmp_path / "city", {"127.0.0.2/32": place})

    found = open_locator(database, None, COUNTRIES).locate("127.0.0.2")

    assert expected == found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("127.0.0.2", "de", id="IPv4"),
        pytest.param("::ffff:127.0.0.2", "de", id="IPv4-mapped"),
        pytest.param("127.0.0.3", "jp", id="another country in the same /24"),
        pytest.param("2001:db8::7", "uk", id="IPv6"),
        pytest.param("2001:db8::7%eth0", "uk", id="IPv6 with a zone"),
        pytest.param("127.0.0.4", None, id="not in the database"),
        pytest.param("unknown", None, id="no address"),
        pytest.param("", None, id="empty"),
        pytest.param("127.0.0.2:80", None, id="with a port"),
        pytest.param("\udcff", None, id="a byte that is not UTF-8"),
    ],
)
def test_addresses(tmp_path: Path, address: str, expected: str | None) -> None:
    """Any text may stand for an address, and each address has its own place."""
    database = write_country_database(
        tmp_path / "country",
        {
            "127.0.0.2/32": {"country": "de"},
            "127.0.0.3/32": {"country": "jp"},
            "2001:db8::/32": {"country": "gb"},
        },
    )
    locator = open_locator(database, None, COUNTRIES)

    first, second = locator.locate(address), locator.locate(address)

    assert (expected, expected) == (first.country, second.country)


def test_autonomous_system(tmp_path: Path) -> None:
    """A second database adds the autonomous system, where it knows one."""
    places = write_country_database(
        tmp_path / "country", {"127.0.0.0/24": {"country": "de"}}
    )
    networks = write_asn_database(tmp_path / "asn", {"127.0.0.2/32": 64496})
    locator = open_locator(places, networks, COUNTRIES)
    expected = (64496, None)

    found = tuple(locator.locate(f"127.0.0.{number}").asn for number in (2, 3))

    assert expected == found


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param("8.8.8.8", "us", id="IPv4"),
        pytest.param("2a00:1450:4001::1", "ie", id="IPv6"),
        pytest.param("127.0.0.1", None, id="loopback"),
        pytest.param("unknown", None, id="no address"),
    ],
)
def test_embedded_table(address: str, expected: str | None) -> None:
    """Without a database, the embedded table gives the country."""
    locator = open_locator(None, None, COUNTRIES)

    found = locator.locate(address).country

    assert expected == found


def test_embedded_table_with_systems(tmp_path: Path) -> None:
    """The embedded table goes together with an ASN database."""
    networks = write_asn_database(tmp_path / "asn", {"8.8.8.0/24": 15169})

    found = open_locator(None, networks, COUNTRIES).locate("8.8.8.8")

    assert Location(country="us", asn=15169) == found


def test_one_address_is_looked_up_once(tmp_path: Path) -> None:
    """The second answer for an address is the first one."""
    database = write_city_database(tmp_path / "city", {"127.0.0.2/32": FRANKFURT})
    locator = open_locator(database, None, COUNTRIES)

    assert locator.locate("127.0.0.2") is locator.locate("127.0.0.2")


def test_renamed_over(tmp_path: Path) -> None:
    """A locator goes on reading its database after another took its name."""
    database = write_country_database(
        tmp_path / "country", {"127.0.0.0/8": {"country": "de"}}
    )
    old = open_locator(database, None, COUNTRIES)
    write_country_database(
        tmp_path / "new", {"127.0.0.0/8": {"country": "jp"}}
    ).replace(database)
    new = open_locator(database, None, COUNTRIES)

    found = tuple(one.locate("127.0.0.9").country for one in (old, new))
    expected = ("de", "jp")

    assert expected == found


def test_let_go(tmp_path: Path) -> None:
    """A locator that nobody uses any more is gone at once, without a collection."""
    database = write_country_database(tmp_path / "country", {})
    locator = open_locator(database, None, COUNTRIES)
    locator.locate("127.0.0.1")
    alive = weakref.ref(locator)
    gc.disable()
    try:
        del locator

        assert alive() is None
    finally:
        gc.enable()


def test_threads(tmp_path: Path) -> None:
    """Several threads may ask at once."""
    database = write_country_database(
        tmp_path / "country", {"127.0.0.0/9": {"country": "de"}}
    )
    locator = open_locator(database, None, COUNTRIES)
    addresses = [f"127.0.{number % 256}.{number // 256}" for number in range(2000)]

    with ThreadPoolExecutor(8) as pool:
        found = {one.country for one in pool.map(locator.locate, addresses)}

    assert {"de"} == found


def test_missing_database(tmp_path: Path) -> None:
    """A database that is not there is a DatabaseError that names it."""
    with pytest.raises(DatabaseError) as caught:
        open_locator(tmp_path / "none.mmdb", None, COUNTRIES)

    expected = f"{tmp_path / 'none.mmdb'}: cannot be read: No such file or directory"

    assert expected == str(caught.value)


@pytest.mark.parametrize(
    ("damage"),
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut off"),
        pytest.param(lambda _: b"<html>Not found</html>", id="another file"),
    ],
)
def test_damaged_database(tmp_path: Path, damage: Any) -> None:
    """A file that is no whole database is a DatabaseError."""
    path = write_country_database(tmp_path / "c", {"127.0.0.0/8": {"country": "de"}})
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(DatabaseError) as caught:
        open_locator(path, None, COUNTRIES)

    assert f"{path}: is damaged or not in the MaxMind DB format" == str(caught.value)


def test_damaged_records(tmp_path: Path) -> None:
    """Damage among the records is found when a database is opened."""
    path = write_country_database(tmp_path / "c", {"0.0.0.0/0": {"country": "de"}})
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\x48iso_code", b"\xff" * 9))

    with pytest.raises(DatabaseError):
        open_locator(path, None, COUNTRIES)


def test_damaged_record_elsewhere(tmp_path: Path) -> None:
    """Damage that opening did not find costs the place, not the answer."""
    path = write_database(
        tmp_path / "c",
        "GeoLite2-Country",
        {
            "127.0.0.2/32": {"country": {"iso_code": "DE"}, "broken": "here"},
            "127.0.0.3/32": "not a record",
            "127.0.0.4/32": {"country": "DE"},
        },
    )
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\x46broken", b"\xff" * 7))
    locator = open_locator(path, None, COUNTRIES)

    found = {locator.locate(f"127.0.0.{number}") for number in (2, 3, 4)}

    assert {Location()} == found


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        pytest.param(b"\x48iso_code", b"\x68AAAAAAAA", id="a fraction"),
        pytest.param(b"\x42en\x45Named", b"\xa2AA\x45Named", id="a number, deeper"),
    ],
)
def test_name_that_is_no_text(tmp_path: Path, name: bytes, instead: bytes) -> None:
    """The extension of maxminddb in C would end this process."""
    path = write_country_database(tmp_path / "c", {"0.0.0.0/0": {"country": "de"}})
    path.write_bytes(path.read_bytes().replace(name, instead))

    with pytest.raises(DatabaseError):
        open_locator(path, None, COUNTRIES)


def test_text_that_is_none(tmp_path: Path) -> None:
    """Text that is no UTF-8 is damage as well."""
    path = write_country_database(tmp_path / "c", {"0.0.0.0/0": {"country": "de"}})
    path.write_bytes(path.read_bytes().replace(b"\x42DE", b"\x42\xffE"))

    with pytest.raises(DatabaseError):
        open_locator(path, None, COUNTRIES)


@pytest.mark.parametrize(
    "place",
    [
        pytest.param({"country": "d\r"}, id="no letter"),
        pytest.param({"country": "d\r\nx-evil: 1"}, id="more than a code"),
        pytest.param({"latitude": inf, "longitude": 8.7}, id="no end"),
        pytest.param({"latitude": 50.1, "longitude": nan}, id="no number"),
        pytest.param({"latitude": 90.1, "longitude": 8.7}, id="beyond the pole"),
        pytest.param({"latitude": 50.1, "longitude": -180.1}, id="round the earth"),
    ],
)
def test_a_place_that_cannot_be(tmp_path: Path, place: Mapping[str, Any]) -> None:
    """A code goes into headers, and the distance to no number is none."""
    path = write_city_database(tmp_path / "c", {"127.0.0.2/32": place})

    locator = open_locator(path, None, COUNTRIES)

    assert locator.locate("127.0.0.2") == Location()


@pytest.mark.parametrize("extension", [True, False])
def test_a_record_with_a_map_for_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, extension: bool
) -> None:
    """Where maxminddb has no extension in C, its own reader trips over it."""
    if not extension:
        monkeypatch.setattr("maxminddb._extension", None)
    path = write_database(
        tmp_path / "c", "GeoLite2-Country", {"127.0.0.2/32": {"broken": "here"}}
    )
    content = path.read_bytes()
    path.write_bytes(content.replace(b"\x46broken", b"\xe0" * 7))

    assert open_locator(path, None, COUNTRIES).locate("127.0.0.2") == Location()


@pytest.mark.parametrize(
    ("kind", "as_networks", "expected"),
    [
        pytest.param("GeoLite2-City", False, "", id="GeoLite2 City"),
        pytest.param("GeoIP2-Enterprise", False, "", id="GeoIP2 Enterprise"),
        pytest.param("DBIP-Country-Lite", False, "", id="DB-IP Country"),
        pytest.param("DBIP-ASN-Lite (compat=GeoLite2-ASN)", True, "", id="DB-IP ASN"),
        pytest.param("GeoIP2-ISP", True, "", id="GeoIP2 ISP"),
        pytest.param(
            "GeoLite2-ASN",
            False,
            "is a database of the type GeoLite2-ASN, not City or Country or Enterprise",
            id="ASN as places",
        ),
        pytest.param(
            "GeoLite2-City",
            True,
            "is a database of the type GeoLite2-City, not ASN or ISP",
            id="City as networks",
        ),
    ],
)
def test_type_of_database(
    tmp_path: Path, kind: str, *, as_networks: bool, expected: str
) -> None:
    """Only databases that tell what is asked of them are taken."""
    path = write_database(tmp_path / "d", kind, {})
    message = ""

    try:
        open_locator(
            None if as_networks else path, path if as_networks else None, COUNTRIES
        )
    except DatabaseError as error:
        message = error.problems[0].message

    assert expected == message


def test_a_client_is_placed_as_geoip2_would(tmp_path: Path) -> None:
    """Only a part of a record is read for a client, to the same end."""
    country, continent = (None, "de", "GB", "xx"), (None, "EU", "as")
    places = itertools.product(country, continent, (None, "jp"), ({}, FRANKFURT))
    networks = {
        f"192.0.2.{number}/32": {
            name: value
            for name, value in zip(
                ("country", "continent", "registered_country"), codes, strict=True
            )
            if value
        }
        | where
        for number, (*codes, where) in enumerate(places)
    }
    path = write_city_database(tmp_path / "city.mmdb", networks)
    whole, of_code = open_places(path), locations(COUNTRIES)
    locator = open_locator(path, None, COUNTRIES)

    for network in networks:
        address = network.removesuffix("/32")
        record = whole.find(address)
        assert locator.locate(address) == (
            location_of_record(record, of_code) if record else Location()
        )
