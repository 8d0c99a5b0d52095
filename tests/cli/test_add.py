"""`mirrorsel add`, with mirrors on loopback addresses."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.cli.editing import LIST, Admin, Done
from tests.geodb import write_asn_database, write_city_database
from tests.loopback import Behaviour, Loopback, answer, closed_port
from tests.requirements.trees import serving, tree

PLACES: Mapping[str, Mapping[str, Any]] = {
    "127.0.0.1/32": {"country": "de", "latitude": 50.11552, "longitude": 8.68417},
    "127.0.0.2/32": {"country": "fr"},
}


class Desk:
    """An admin with GeoIP databases, an origin and would-be mirrors."""

    def __init__(self, admin: Admin, folder: Path, stack: ExitStack) -> None:
        self.admin = admin
        self._folder = folder
        self._stack = stack
        write_city_database(folder / "city.mmdb", PLACES)
        write_asn_database(folder / "asn.mmdb", {"127.0.0.1/32": 680})
        self.settle('database = "city.mmdb"\nasn_database = "asn.mmdb"\n')

    def settle(self, geoip: str) -> None:
        """Write the settings."""
        self.admin.config.write_text(
            f'[list]\norigin = "{self.serve({})}"\n[checker]\ntimeout = "3s"\n'
            f'deadline = "3s"\nprivate_addresses = true\n[geoip]\n{geoip}'
        )

    def serve(self, answers: Mapping[str, Behaviour], host: str = "127.0.0.1") -> str:
        """Start a mirror that is good but for these answers; return its URL."""
        behaviour = serving({**tree(), **answers})
        return self._stack.enter_context(Loopback(behaviour, host=host)).url

    def add(self, url: str, *arguments: str) -> Done:
        """Run the verb."""
        return self.admin.run("add", url, *arguments)


@pytest.fixture
def desk(admin: Admin, tmp_path: Path) -> Iterator[Desk]:
    """Give a desk whose servers end with the test."""
    with ExitStack() as stack:
        yield Desk(admin, tmp_path, stack)


def test_good_mirror(desk: Desk) -> None:
    """A mirror that is as it should be comes behind those of its country."""
    url = desk.serve({})
    done = desk.add(url.removesuffix("/").upper(), "--yes", "weight=50")
    line = f"http  de      {url.ljust(29)} -  lat=50.12 lon=8.68 asn=AS680 weight=50"

    assert (done.code, done.err) == (0, "")
    assert desk.admin.line(3) == line
    assert desk.admin.text == LIST.replace("# fast\n", f"# fast\n{line}\n")
    assert f"{desk.admin.list}:3\n+ {line}\n" in done.out
    assert "17 hold" in done.out or "16 hold" in done.out


def test_where_values_came_from(desk: Desk) -> None:
    """Each value is shown with its source."""
    options = ("--contact", "Joe <j@x>", "weight=50", "--dry-run")
    rows = desk.add(desk.serve({}), *options, "--json").json["about"]["new"]["facts"]
    sources = {one["name"]: one["source"].split(", ")[0] for one in rows}

    assert sources == {
        "country": "GeoIP of 127.0.0.1 (city.mmdb",
        "lat": "GeoIP of 127.0.0.1 (city.mmdb",
        "lon": "GeoIP of 127.0.0.1 (city.mmdb",
        "asn": "GeoIP of 127.0.0.1 (asn.mmdb",
        "contact": "as given",
        "weight": "as given",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--country", "UK"], "uk - asn=AS680", id="no place abroad"),
        pytest.param(["lat=1", "lon=2"], "de - lat=1 lon=2 asn=AS680", id="place"),
        pytest.param(["asn=7"], "de - lat=50.12 lon=8.68 asn=AS7", id="system"),
        pytest.param(
            ["--backup"], "Backup - lat=50.12 lon=8.68 asn=AS680", id="Backup"
        ),
    ],
)
def test_what_is_given_counts(desk: Desk, arguments: list[str], said: str) -> None:
    """GeoIP fills in only what nobody has given."""
    url = desk.serve({})
    done = desk.add(url, *arguments, "--yes", "--no-check")
    (line,) = (one for one in desk.admin.text.splitlines() if url in one)
    place, *rest = said.split()

    assert done.code == 0
    assert line.split() == ["http", place, url, *rest]


def test_contradiction(desk: Desk) -> None:
    """A country that GeoIP does not believe is taken, with a warning."""
    done = desk.add(desk.serve({}), "--country", "uk", "--yes", "--no-check")

    assert "warning: GeoIP puts 127.0.0.1 in de, not in uk" in done.err


def test_unknown_country(desk: Desk) -> None:
    """Where GeoIP knows nothing, the country must be given; nobody is asked."""
    url = desk.serve({}, host="127.0.0.3")
    done = desk.add(url, "--yes")

    assert (done.code, desk.admin.text) == (2, LIST)
    assert "give --country or --backup" in done.err


def test_broken_database(desk: Desk) -> None:
    """A database that is not there costs no more than what it would tell."""
    desk.settle('database = "none.mmdb"\n')
    done = desk.add(desk.serve({}), "--country", "de", "--yes")

    assert done.code == 0
    assert "cannot be told" in done.err
    assert "none.mmdb: cannot be read" in done.err


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        pytest.param({"zzz/time.txt": answer(b"x")}, 1, id="fatal"),
        pytest.param({"harmony/": answer(b"x")}, 1, id="error"),
    ],
)
def test_bad_mirror(desk: Desk, answers: Mapping[str, Behaviour], code: int) -> None:
    """A mirror that is not as it should be is refused with the reasons, or forced."""
    url = desk.serve(answers)
    done = desk.add(url, "--yes")

    assert (done.code, desk.admin.text) == (code, LIST)
    assert "it cannot be listed like this" in done.out
    assert "--force adds the mirror as it is" in done.err
    assert desk.add(url, "--yes", "--force").code == 0
    assert url in desk.admin.text


def test_bad_mirror_as_json(desk: Desk) -> None:
    """Programs get the checklist, and that nothing was written."""
    found = desk.add(desk.serve({"harmony/": answer(b"x")}), "--yes", "--json").json

    assert not found["written"]
    assert found["about"]["asked"]["looked"]["counts"]["error"] == 1


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_no_answer(desk: Desk, scheme: str) -> None:
    """Without an answer it cannot be told what the mirror is."""
    with closed_port() as url:
        done = desk.add(url.replace("http", scheme), "--yes")

    assert (done.code, desk.admin.text) == (2, LIST)
    assert "Connection refused" in done.out


def test_not_asked(desk: Desk) -> None:
    """Who says so lists a mirror that nobody has asked."""
    with closed_port() as url:
        assert desk.add(url, "--yes", "--no-check").code == 0


@pytest.mark.parametrize(
    ("url", "arguments", "code", "words"),
    [
        ("https://a.example/apache", [], 2, "is listed already, in line 2"),
        ("HTTPS://A.example:443/apache/", ["--force"], 2, "listed already, in line 2"),
        ("http://a.example/apache/", [], 2, "same tree as https://a.example/apache/"),
        ("https://a.example/Apache/", [], 2, "same tree as https://a.example/apache/"),
        ("https://b.example", ["--backup"], 2, "is listed already, in line 8"),
        ("http://a.example/apache/", ["--force"], 0, ""),
        ("https://a.example/apache/", ["--backup"], 0, ""),
    ],
)
def test_listed_already(
    desk: Desk, url: str, arguments: list[str], code: int, words: str
) -> None:
    """What the list has, in whatever spelling, is refused; as Backup it may be new."""
    desk.settle("")
    place = [] if "--backup" in arguments else ["--country", "de"]
    done = desk.add(url, "--yes", "--no-check", *place, *arguments)

    assert (done.code, desk.admin.text == LIST) == (code, bool(code))
    assert words in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["gopher://x/"], "must start with https", id="URL"),
        pytest.param(["http://x.example/", "lat=1"], "`lat` needs `lon`", id="pair"),
        pytest.param(
            ["http://x.example/", "--backup", "--country", "de"], "not both", id="both"
        ),
        pytest.param(
            ["http://x.example/", "--backup", "only=country"],
            "Backup is not",
            id="only",
        ),
        pytest.param(["http://x.example/", "--country", "x"], "no country", id="code"),
    ],
)
def test_wrong_use(admin: Admin, arguments: list[str], words: str) -> None:
    """What cannot be a line is told before anybody is asked."""
    done = admin.run("add", *arguments)

    assert (done.code, admin.text) == (2, LIST)
    assert words in done.err


def test_nobody_to_ask(desk: Desk) -> None:
    """Without a terminal the line is printed, and what is to be given."""
    done = desk.add(desk.serve({}))

    assert (done.code, desk.admin.text) == (2, LIST)
    assert "+ http  de " in done.out
    assert "--yes" in done.err


def test_dry_run(desk: Desk) -> None:
    """A dry run asks the mirror, shows a diff and writes nothing."""
    done = desk.add(desk.serve({}), "--dry-run")

    assert (done.code, desk.admin.text) == (0, LIST)
    assert "\n+http  de " in done.out
