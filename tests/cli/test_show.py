"""`mirrorsel show`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mirrorsel.model import Certificate, Health, Outcome, Reach, State
from tests.cli.editing import LIST, NOW, UP, Admin
from tests.geodb import write_city_database

DOWN = Health(
    state=State.DOWN,
    since=NOW - timedelta(hours=3),
    checked=NOW,
    outcome=Outcome.STATUS,
    detail="a.example: 503 \x1b[2J",
    ipv4=Reach(up=False, outcome=Outcome.STATUS, detail="503"),
)


def test_what_the_list_says(admin: Admin) -> None:
    """The line is shown with its place, and each thing that it says."""
    done = admin.run("show", "a.example", "--offline")
    lines = done.out.splitlines()

    assert (done.code, done.err) == (0, "")
    assert lines[:3] == [
        "https://a.example/apache/",
        f"{admin.list}:2",
        f"  {LIST.splitlines()[1]}",
    ]
    assert [one.split(None, 1) for one in lines[3:9]] == [
        ["type", "http"],
        ["country", "de (Germany), EU"],
        ["contact", "none"],
        ["lat", "50.1"],
        ["lon", "8.7"],
        ["weight", "200"],
    ]
    assert lines[9:] == [
        "the checker: no cycle is known",
        "  state  unknown: not probed yet",
    ]


def test_two_lines(admin: Admin) -> None:
    """A mirror that is a Backup too is shown with both lines, and a repetition."""
    admin.list.write_text(LIST + "http fr https://b.example/\n")
    done = admin.run("show", "b.example", "--offline")

    assert f"{admin.list}:3\n" in done.out
    assert f"{admin.list}:8\n" in done.out
    assert f"{admin.list}:9 (it does not count" in done.out
    assert "country  Backup" in done.out
    assert "place    the middle of its country: 52." in done.out


def test_published_line(admin: Admin) -> None:
    """Of the published form, the time stamp and URLs are shown."""
    admin.list.write_text("http de http://a.example/ 1523922540 http://l/ http://k/\n")
    out = admin.run("show", "a.example", "--offline").out

    assert "listed stamp  2018-04-16 23:49:00 UTC" in out
    assert "logo          http://l/" in out
    assert "link          http://k/" in out


def test_what_the_checker_believes(admin: Admin) -> None:
    """A mirror that is up is shown with stamp, families, certificate and warnings."""
    end = NOW + timedelta(days=3, hours=1)
    admin.sees(
        a=replace(
            UP,
            since=NOW - timedelta(days=3),
            ipv4=Reach(up=True, outcome=Outcome.OK),
            certificate=Certificate(expiry=end, issuer="Example CA"),
        )
    )
    done = admin.run("show", "a.example", "--offline")

    assert done.code == 0
    for words in (
        "state        up, for 3 d",
        "stamp        ",
        "IPv4         answers",
        "IPv6         not tried",
        "certificate  ends in 3 d, issued by Example CA",
        "warning      has a certificate that ends in 3 d",
    ):
        assert words in done.out


def test_down(admin: Admin) -> None:
    """A mirror that is down is a finding; what it sent cannot write to the terminal."""
    admin.sees(a=DOWN)
    done = admin.run("show", "a.example", "--offline")

    assert done.code == 1
    assert "state       down, for 3 h" in done.out
    assert "bad status: 503  [2J" in done.out
    assert "!           is down" in done.out


def test_disabled(admin: Admin) -> None:
    """What the checker believed of a mirror before it was disabled is not told."""
    admin.sees(c=DOWN)
    done = admin.run("show", "c.example", "--offline")

    assert (done.code, "bad status" in done.out) == (0, False)
    assert "disabled  disk full" in done.out
    assert "state  disabled: neither probed nor given to anyone" in done.out


def test_where_geoip_puts_it(admin: Admin) -> None:
    """The addresses of the host are placed; a contradiction to the list is told."""
    admin.list.write_text("http de http://127.0.0.1/\n")
    admin.config.write_text(
        '[checker]\nprivate_addresses = true\n[geoip]\ndatabase = "c.mmdb"\n'
    )
    place = {"country": "fr", "latitude": 48.85, "longitude": 2.35}
    write_city_database(admin.folder / "c.mmdb", {"127.0.0.1/32": place})
    done = admin.run("show", "127.0.0.1")

    assert "127.0.0.1  fr (France), 48.85, 2.35 (by c.mmdb" in done.out
    assert "old); the list says de\n" in done.out


def test_host_without_address(admin: Admin) -> None:
    """Where the host has no address that may be looked at, that is said."""
    admin.config.write_text("")
    admin.list.write_text("http de http://127.0.0.1/\n")

    assert "host  address not allowed" in admin.run("show", "127.0.0.1").out


def test_json(admin: Admin) -> None:
    """Programs get lines, list, belief and places."""
    admin.sees(b=UP)
    found = admin.run("show", "b.example", "--offline", "--json").json

    assert [one["line"] for one in found["lines"]] == [3, 8]
    assert [one["health"]["state"] for one in found["mirrors"]] == ["up", "up"]
    assert found["geoip"] is None


@pytest.mark.parametrize("mirror", ["nobody", "example"])
def test_unknown(admin: Admin, mirror: str) -> None:
    """One mirror must be meant."""
    assert admin.run("show", mirror, "--offline").code == 2


def test_broken_list(admin: Admin) -> None:
    """Good lines of a bad list are shown, with what is wrong."""
    admin.list.write_text(LIST + "http\n")
    done = admin.run("show", "a.example", "--offline")

    assert (done.code, f"{admin.list}:9:5: a line needs" in done.err) == (0, True)
