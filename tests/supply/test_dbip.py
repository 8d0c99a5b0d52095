"""The monthly files of DB-IP, from a server that has some of them."""

import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.errors import SupplyError
from mirrorsel.geo import open_places
from mirrorsel.net import Limits
from mirrorsel.supply import Current, Doubted, Order, Renewal, Replaced, Transfer, renew
from mirrorsel.supply.dbip import DbIp
from mirrorsel.supply.order import Use
from tests.geodb import write_city_database, write_database
from tests.loopback import Loopback, answer
from tests.supplier import folder_of

_EDITION = "dbip-city-lite"
_TYPE = "DBIP-City-Lite (compat=City)"
_NOW = datetime(2026, 12, 2, 4, tzinfo=UTC)


def database(folder: Path, built: str, country: str = "DE", size: int = 1) -> bytes:
    """Return a database of DB-IP's, built on a day."""
    record = {"country": {"iso_code": country}}
    networks = {f"{127 - one}.0.0.0/16": record for one in range(size)}
    made = write_database(folder / "made", _TYPE, networks).read_bytes()
    return dated(made, datetime.fromisoformat(f"{built}T01:48+00:00"))


def dated(content: bytes, built: datetime) -> bytes:
    """Return a database with another time of building.

    It stands in the metadata as an unsigned number of 64 bits, with as many bytes
    as it needs: four, until the year 2106.
    """
    start = content.index(b"build_epoch") + len(b"build_epoch") + 2
    assert abs(int.from_bytes(content[start : start + 4]) - time.time()) < 3600
    stamp = int(built.timestamp()).to_bytes(4)
    return content[:start] + stamp + content[start + 4 :]


def renewed(
    url: str, file: Path, now: datetime = _NOW, *, force: bool = False
) -> Renewal:
    """Bring a database up to date."""
    transfer = Transfer(
        private_addresses=True, limits=Limits(timeout=20, deadline=30, size=100_000)
    )
    order = Order(edition=_EDITION, use=Use.PLACES, target=file)
    return renew(order, DbIp(url, transfer, lambda: now), force=force)


def published(**months: bytes) -> dict[str, bytes]:
    """Return the files of a server, by months such as `m2026_12`."""
    return {
        f"{_EDITION}-{name[1:].replace('_', '-')}.mmdb.gz": gzip.compress(content)
        for name, content in months.items()
    }


def test_this_month(tmp_path: Path) -> None:
    """The file of this month is got, and is current until the next month."""
    files = published(m2026_12=database(tmp_path, "2026-12-01"))
    with Loopback(folder_of(files)) as server:
        first = renewed(server.url, tmp_path / "a")
        again = renewed(server.url, tmp_path / "a", datetime(2026, 12, 31, tzinfo=UTC))
        asked = [one.split(b" ")[1] for one in server.requests]

    assert isinstance(first, Replaced)
    assert isinstance(again, Current)
    assert [b"/dbip-city-lite-2026-12.mmdb.gz"] == asked


def test_last_month(tmp_path: Path) -> None:
    """Early in a month there is only the last month's, which is good until then."""
    files = published(m2026_11=database(tmp_path, "2026-11-01"))
    with Loopback(folder_of(files)) as server:
        first = renewed(server.url, tmp_path / "a")
        again = renewed(server.url, tmp_path / "a")
        files |= published(m2026_12=database(tmp_path, "2026-12-01", "FR"))
        third = renewed(server.url, tmp_path / "a")

    assert [Replaced, Current, Replaced] == [type(one) for one in (first, again, third)]
    found = open_places(tmp_path / "a").find("127.0.0.2")
    assert found is not None
    assert "FR" == found.country.iso_code


@pytest.mark.parametrize(
    ("now", "name"),
    [
        (datetime(2027, 1, 1, tzinfo=UTC), "m2026_12"),
        (datetime(2028, 3, 31, tzinfo=UTC), "m2028_02"),
    ],
)
def test_month_before(now: datetime, name: str, tmp_path: Path) -> None:
    """The month before is found in any month."""
    files = published(**{name: database(tmp_path, "2026-12-01")})
    with Loopback(folder_of(files)) as server:
        found = renewed(server.url, tmp_path / "a", now)

    assert isinstance(found, Replaced)


def test_built_a_little_early(tmp_path: Path) -> None:
    """A file that was built on the last day of the month before is this month's."""
    files = published(m2026_12=database(tmp_path, "2026-11-30"))
    with Loopback(folder_of(files)) as server:
        renewed(server.url, tmp_path / "a")
        renewed(server.url, tmp_path / "a")

    assert 1 == len(server.requests)


def test_of_another_maker(tmp_path: Path) -> None:
    """Another maker's database, however new, is replaced when DB-IP's is wanted."""
    write_city_database(tmp_path / "a", {"127.0.0.2/32": {"country": "jp"}})
    files = published(m2026_12=database(tmp_path, "2026-12-01"))
    with Loopback(folder_of(files)) as server:
        found = renewed(server.url, tmp_path / "a")

    assert isinstance(found, Replaced)
    assert found.before is not None
    assert "GeoLite2-City" == found.before.type


def test_no_such_edition(tmp_path: Path) -> None:
    """Where no month has it, it is said what there is."""
    with (
        Loopback(folder_of({})) as server,
        pytest.raises(SupplyError, match="has no edition dbip-city-lite; there are"),
    ):
        renewed(server.url, tmp_path / "a")

    assert 2 == len(server.requests)


def test_refused(tmp_path: Path) -> None:
    """Another refusal is told at once."""
    with (
        Loopback(answer(b"<html>Blocked", "403 Forbidden")) as server,
        pytest.raises(SupplyError, match="answers 403: this account or this machine"),
    ):
        renewed(server.url, tmp_path / "a")

    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    ("built", "size", "why"),
    [
        pytest.param("2026-10-01", 60, "it is older", id="older"),
        pytest.param("2026-12-01", 1, "nodes, where the one in place has", id="half"),
    ],
)
def test_doubts(built: str, size: int, why: str, tmp_path: Path) -> None:
    """What is older, or has lost half of it, is offered in vain but by force."""
    file = tmp_path / "a"
    file.write_bytes(database(tmp_path, "2026-11-01", size=60))
    before = file.read_bytes()
    files = published(m2026_12=database(tmp_path, built, size=size))
    with Loopback(folder_of(files)) as server:
        found = renewed(server.url, file)
        kept = file.read_bytes()
        forced = renewed(server.url, file, force=True)

    assert isinstance(found, Doubted)
    assert why in found.why
    assert before == kept
    assert isinstance(forced, Replaced)


def test_the_same_again(tmp_path: Path) -> None:
    """A file that is got again and is the same replaces nothing."""
    content = database(tmp_path, "2026-06-01")
    (tmp_path / "a").write_bytes(content)
    inode = (tmp_path / "a").stat().st_ino
    with Loopback(folder_of(published(m2026_12=content))) as server:
        found = renewed(server.url, tmp_path / "a")

    assert isinstance(found, Current)
    assert inode == (tmp_path / "a").stat().st_ino
