"""MaxMind's protocol, as a real server speaks it on a loopback address."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mirrorsel.errors import SupplyError
from mirrorsel.geo import open_places
from mirrorsel.net import Limits
from mirrorsel.supply import Current, Order, Renewal, Replaced, Told, Transfer, renew
from mirrorsel.supply.account import Account
from mirrorsel.supply.maxmind import MaxMind
from mirrorsel.supply.order import Use
from tests import loopback
from tests.geodb import write_asn_database
from tests.loopback import Behaviour, Connection, Loopback, answer, redirecting
from tests.supplier import (
    ACCOUNT,
    EDITION,
    KEY,
    MaxMindServer,
    archive,
    authorized,
    city,
    folder_of,
)

_LIMITS = Limits(timeout=20, deadline=30, size=100_000)
_SHORT = Limits(timeout=0.6, deadline=1.5, size=100_000)
"""For servers that would take longer than any."""
_SLOW = (loopback.trickling_headers, loopback.trickling_body, loopback.hanging)


@dataclass
class Client:
    """What asks a server for one database."""

    url: str
    folder: Path
    key: str = KEY
    paused: list[float] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    limits: Limits = _LIMITS

    @property
    def file(self) -> Path:
        """Where the database goes."""
        return self.folder / "city.mmdb"

    @property
    def files(self) -> list[str]:
        """The names of all files in that folder."""
        return sorted(one.name for one in self.folder.iterdir())

    @property
    def country(self) -> str | None:
        """Where the database in place has 127.0.0.2."""
        found = open_places(self.file).find("127.0.0.2")
        return found.country.iso_code if found else None

    def renew(self, *, force: bool = False) -> Renewal:
        """Bring the database up to date."""
        transfer = Transfer(
            account=Account(number=ACCOUNT, key=self.key),
            private_addresses=True,
            told=Told(trouble=self.trouble.append),
            sleep=self.paused.append,
            limits=self.limits,
        )
        order = Order(edition=EDITION, use=Use.PLACES, target=self.file)
        return renew(order, MaxMind(self.url, transfer), force=force, largest=100_000)


@pytest.fixture(name="made")
def fixture_made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Return what makes databases, outside of the folder of the test."""
    return lambda *country: city(tmp_path_factory.mktemp("made"), *country)


@pytest.mark.parametrize("older", [False, True], ids=["metadata", "older protocol"])
def test_first_and_next(
    made: Callable[..., bytes], tmp_path: Path, *, older: bool
) -> None:
    """It is got once; the next time it is current, and nothing is downloaded."""
    server = MaxMindServer(made(), older=older)
    with Loopback(server) as running:
        client = Client(running.url, tmp_path)
        first, asked = client.renew(), len(server.asked)
        again = client.renew()
        more = server.asked[asked:]

    assert isinstance(first, Replaced)
    assert (EDITION, None) == (first.about.type, first.before)
    assert isinstance(again, Current)
    assert not any("download" in one for one in more)
    assert (["city.mmdb"], "DE") == (client.files, client.country)
    assert 0o644 == client.file.stat().st_mode & 0o777


@pytest.mark.parametrize("older", [False, True], ids=["metadata", "older protocol"])
def test_new_one(made: Callable[..., bytes], tmp_path: Path, *, older: bool) -> None:
    """A new one takes the place of the old one, which is kept beside it."""
    server = MaxMindServer(made("de"), older=older)
    with Loopback(server) as running:
        client = Client(running.url, tmp_path)
        client.renew()
        server.content = made("fr")
        found = client.renew()

    assert isinstance(found, Replaced)
    assert "FR" == client.country
    assert ["city.mmdb", "city.mmdb~"] == client.files
    assert (tmp_path / "city.mmdb~") == found.kept
    assert made("de")[:1000] == found.kept.read_bytes()[:1000]


def test_store(made: Callable[..., bytes], tmp_path: Path) -> None:
    """The redirect to a store is followed, and the store is not told the key."""
    content = made()
    files = {f"{EDITION}_20261120.tar.gz?X-Amz-Sign=ab": archive(content)}
    with Loopback(folder_of(files)) as store:
        with Loopback(MaxMindServer(content, store=store.url)) as running:
            Client(running.url, tmp_path).renew()
        asked = store.requests

    assert 1 == len(asked)
    assert b"Authorization" not in asked[0]


def test_store_refuses(made: Callable[..., bytes], tmp_path: Path) -> None:
    """What a store refuses is told without the signature in its URL."""
    with (
        Loopback(answer(b"", "403 Forbidden")) as store,
        Loopback(MaxMindServer(made(), store=store.url)) as running,
        pytest.raises(SupplyError) as caught,
    ):
        Client(running.url, tmp_path).renew()
    host = f"127.0.0.1:{store.port}"

    assert str(caught.value).startswith(f"{host} answers 403, where ")
    assert "X-Amz" not in str(caught.value)


def test_damaged_in_place(made: Callable[..., bytes], tmp_path: Path) -> None:
    """What is there and no database is not overwritten, unless by force."""
    with Loopback(MaxMindServer(made())) as running:
        client = Client(running.url, tmp_path)
        client.file.write_text("mine")
        with pytest.raises(SupplyError, match="--force replaces it"):
            client.renew()
        assert "mine" == client.file.read_text()

        client.renew(force=True)

    assert "DE" == client.country


def test_force(made: Callable[..., bytes], tmp_path: Path) -> None:
    """What is current is got anew by force, but does not replace itself."""
    server = MaxMindServer(made())
    with Loopback(server) as running:
        client = Client(running.url, tmp_path)
        client.renew()
        found = client.renew(force=True)

    assert isinstance(found, Current)
    assert 2 == sum("download" in one for one in server.asked)
    assert ["city.mmdb"] == client.files


def echoing(connection: Connection) -> None:
    """Send back what was sent, as a server for debugging may."""
    assert authorized(connection.request)
    answer(KEY.encode() + b" " + connection.request, "401 Unauthorized")(connection)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        pytest.param(
            answer(b"", "401 Unauthorized"), "the account or its licence key", id="401"
        ),
        pytest.param(answer(b"", "403 Forbidden"), "may not have", id="403"),
        pytest.param(answer(b"", "404 Not Found"), "has no edition", id="404"),
        pytest.param(
            answer(b"Limit", "429 Too Many", {"Retry-After": "7200"}),
            r"\(Limit\): it was asked too often; try again in 2 h",
            id="429",
        ),
        pytest.param(
            answer(b"", "429 Too Many", {"Retry-After": "-1"}), "tomorrow", id="429 odd"
        ),
        pytest.param(answer(b"{}"), "sends no metadata", id="other JSON"),
        pytest.param(answer(b"<html>Log in"), "sends no metadata", id="page"),
        pytest.param(answer(b'{"databases": []}'), "has no edition", id="none"),
        pytest.param(
            answer(
                b'{"databases": [{"edition_id": "GeoLite2-City", "md5": "x",'
                b' "date": "../.."}]}'
            ),
            "has no edition",
            id="nonsense",
        ),
        pytest.param(echoing, "answers 401", id="echo"),
        pytest.param(loopback.trickling_headers, "too slow", id="slow"),
        pytest.param(redirecting("/"), "more than 3 redirects", id="loop"),
        pytest.param(answer(b"", "418 Teapot"), "answers 418", id="other status"),
    ],
)
def test_refusals(behaviour: Behaviour, expected: str, tmp_path: Path) -> None:
    """Each refusal says what to do, and none shows the key."""
    with Loopback(behaviour) as running:
        limits = _SHORT if behaviour in _SLOW else _LIMITS
        client = Client(running.url, tmp_path, limits=limits)
        with pytest.raises(SupplyError, match=expected) as caught:
            client.renew()

    assert [] == client.files
    shown = " ".join([str(caught.value), *client.trouble])
    assert KEY not in shown
    assert Account(number=ACCOUNT, key=KEY).authorization[6:] not in shown


def test_wrong_key(made: Callable[..., bytes], tmp_path: Path) -> None:
    """A wrong key is told in the server's own words too, and asked once."""
    server = MaxMindServer(made())
    with Loopback(server) as running:
        client = Client(running.url, tmp_path, key="other")
        with pytest.raises(SupplyError, match="Invalid license key") as caught:
            client.renew()

    assert "licence_key_file" in str(caught.value)
    assert (1, []) == (len(server.asked), client.paused)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        pytest.param(answer(archive(bytes(500))[:-20]), "damaged", id="truncated"),
        pytest.param(answer(b"<!doctype html>Log in"), "a web page", id="web page"),
        pytest.param(
            answer(archive(bytes(80_000))), "another checksum", id="other file"
        ),
        pytest.param(answer(archive(bytes(100_001))), "to more than", id="bomb"),
        pytest.param(answer(gzip.compress(b"x" * 600)), "no archive", id="no archive"),
        pytest.param(loopback.trickling_body, "too slow", id="trickles"),
        pytest.param(loopback.hanging, "in time", id="hangs"),
        pytest.param(loopback.breaking_off, "broken|no connection", id="breaks off"),
        pytest.param(answer(b"", "503 Unavailable"), "answers 503", id="503"),
    ],
)
def test_bad_downloads(
    behaviour: Behaviour, expected: str, made: Callable[..., bytes], tmp_path: Path
) -> None:
    """Whatever comes in the place of a database leaves the one in place."""
    server = MaxMindServer(made("de"))
    with Loopback(server) as running:
        client = Client(running.url, tmp_path)
        client.renew()
        server.content, server.instead = made("fr"), behaviour
        client.limits = _SHORT if behaviour in _SLOW else _LIMITS
        with pytest.raises(SupplyError, match=expected):
            client.renew()

    assert (["city.mmdb"], "DE") == (client.files, client.country)


def test_wrong_checksum(made: Callable[..., bytes], tmp_path: Path) -> None:
    """A good database of another checksum than was told is refused."""
    with Loopback(MaxMindServer(made(), md5="0" * 31 + "1")) as running:
        client = Client(running.url, tmp_path)
        with pytest.raises(SupplyError, match="another checksum"):
            client.renew()

    assert [] == client.files


def test_wrong_kind(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database of systems where one of places is wanted is refused by its type."""
    file = tmp_path_factory.mktemp("made") / "asn.mmdb"
    content = write_asn_database(file, {"127.0.0.2/32": 64496}).read_bytes()
    with Loopback(MaxMindServer(content)) as running:
        client = Client(running.url, tmp_path)
        with pytest.raises(SupplyError, match="type GeoLite2-ASN, not City or"):
            client.renew()

    assert [] == client.files


def test_passing_trouble(made: Callable[..., bytes], tmp_path: Path) -> None:
    """A server that has no time for a moment is asked again, after pauses."""
    bad = iter([answer(b"", "503 Unavailable"), loopback.breaking_off])
    server = MaxMindServer(made())

    def behave(connection: Connection) -> None:
        next(bad, server)(connection)

    with Loopback(behave) as running:
        client = Client(running.url, tmp_path)
        client.renew()

    assert [2.0, 8.0] == client.paused
    assert "answers 503; trying again in 2 s" in client.trouble[0]
    assert "DE" == client.country


def test_lasting_trouble(tmp_path: Path) -> None:
    """It is asked three times, and no more."""
    with Loopback(answer(b"", "500 Oops")) as running:
        client = Client(running.url, tmp_path)
        with pytest.raises(SupplyError, match="answers 500"):
            client.renew()
        asked = running.connections

    assert (3, [2.0, 8.0]) == (asked, client.paused)


def test_older_protocol_without_checksum(
    made: Callable[..., bytes], tmp_path: Path
) -> None:
    """A database of which no checksum is told is refused."""
    server = MaxMindServer(made(), older=True, md5="none")
    with Loopback(server) as running, pytest.raises(SupplyError, match="no checksum"):
        Client(running.url, tmp_path).renew()
