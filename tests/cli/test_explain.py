"""The verb `explain`: what it prints, from which files, and how it exits."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mirrorsel.cli.main import main
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings
from mirrorsel.model import Health, Outcome, Snapshot, State
from mirrorsel.state import write_snapshot
from tests.geodb import write_asn_database, write_city_database

GERMAN = "127.0.0.49"
ORIGIN = "https://origin.example/"
LIST = """\
http de https://near.example/ - lat=53 lon=13
http fr https://far.example/
http de https://part.example/ - prefix=spark,kafka
http us https://only.example/ - only=country,continent
http nl https://no.example/ - refuses=de
http jp http://plain.example/
http uk https://down.example/
http it https://stale.example/
http at https://off.example/ - disabled="disk [bold]full[/bold]"
ftp de ftp://ftp.example/
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    def line(self, start: str) -> str:
        """Return the one line of the output that begins with some words."""
        found = [one for one in self.out.splitlines() if one.split(start)[0] == "  "]
        assert len(found) == 1
        return found[0]


Explain = Callable[..., Ran]


@pytest.fixture
def explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Explain:
    """Return what runs the verb over the files of a small site."""
    city = write_city_database(
        tmp_path / "city.mmdb",
        {f"{GERMAN}/32": {"country": "de", "latitude": 52.5, "longitude": 13.25}},
    )
    asn = write_asn_database(tmp_path / "asn.mmdb", {f"{GERMAN}/32": 64496})
    (tmp_path / "mirrorsel.toml").write_text(
        f'[list]\norigin = "{ORIGIN}"\n'
        f'[geoip]\ndatabase = "{city}"\nasn_database = "{asn}"\n'
    )
    (tmp_path / "mirrors.list").write_text(LIST)
    (tmp_path / "state").mkdir()
    write_health(tmp_path / "state" / "snapshot")

    def run(*arguments: str, client: str = GERMAN) -> Ran:
        config = str(tmp_path / "mirrorsel.toml")
        with pytest.raises(SystemExit) as ended:
            main(["explain", "--config", config, "--client", client, *arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(code=ended.value.code, out=out, err=err)

    return run


def write_health(path: Path, state: State = State.UP) -> None:
    """Write a snapshot in which two mirrors are in ill health."""
    now = datetime.now(UTC)
    old = now - timedelta(days=4)
    good = Health(state=state, checked=now, stamp=now - timedelta(hours=3))
    health = {
        f"https://{name}.example/": good for name in ("near", "far", "part", "only")
    }
    health["https://down.example/"] = Health(
        state=State.DOWN,
        checked=now,
        outcome=Outcome.STATUS,
        detail="500 \x1b[2J[red]evil\nline[/red] " + "x" * 300,
    )
    health["https://stale.example/"] = Health(
        state=State.UP, stale=True, checked=now, stamp=old
    )
    taken = now - timedelta(minutes=4)
    write_snapshot(path, Snapshot(taken=taken, vantage="here", health=health))


def test_it_says_who_asks_and_what_it_gets(explain: Explain) -> None:
    """The client's place and network, the files used, and the answer come first."""
    ran = explain("httpd/a b.tgz")

    assert ran.code == 0
    assert ran.line("client").endswith(
        "127.0.0.49, network 127.0.0.0/24, by http over IPv4"
    )
    assert ran.line("place").endswith(
        "de (Germany), EU, latitude 52.5, longitude 13.25, AS64496"
    )
    assert ran.line("list").endswith("/mirrors.list")
    assert ran.line("snapshot").endswith("taken 4 min ago by here")
    assert ran.line("answer").endswith("https://near.example/httpd/a%20b.tgz")
    assert " near: " in ran.line("how")


def test_it_ranks_with_cost_state_and_age(explain: Explain) -> None:
    """Each mirror that the client may get has one line."""
    ran = explain("httpd/x")

    first, second = (ran.line(one).split() for one in "12")
    assert first[:5] == ["1", "near", "1", "de", "111"]
    assert -1 < float(first[5]) < 0
    assert first[6:] == [
        *("100", "%", "up", "3", "h", "old", "https://near.example/"),
    ]
    assert second[1:4] == ["near", "2", "fr"]
    assert "plus 500 in another country, plus 2000 on another continent" in ran.out


def test_it_tells_rings_and_slot(explain: Explain) -> None:
    """From where to where a ring reaches, and what a client's hash is."""
    ran = explain("httpd/x")

    assert ran.line("ring 1").split() == [
        *("ring", "1,", "the", "near", "set", "111", "389", "1"),
    ]
    assert "hashes to the slot " in ran.out


@pytest.mark.parametrize(
    ("host", "words"),
    [
        pytest.param("part", "does not carry the file only spark/, kafka/", id="part"),
        pytest.param(
            "only",
            "does not serve clients from there only its continent, its country",
            id="scope",
        ),
        pytest.param("no", "refuses clients of this country", id="refuses"),
        pytest.param(
            "down", "is down bad status: 500 [2J[red]evil line[/red]", id="down"
        ),
        pytest.param("stale", "is stale 4 d old", id="stale"),
        pytest.param("off", "is disabled disk [bold]full[/bold]", id="disabled"),
    ],
)
def test_it_says_why_others_are_not_given(
    explain: Explain, host: str, words: str
) -> None:
    """Each rejection has its reason in words, with what is known in detail."""
    line = explain("httpd/x").line(f"https://{host}.example/")

    assert " ".join(line.split()[1:]).startswith(words)


def test_nothing_is_cut_off_and_nothing_obeyed(explain: Explain) -> None:
    """What mirrors sent is data: no control character, no markup, in full length."""
    ran = explain("httpd/x")

    assert "x" * 300 in ran.out
    assert [one for one in ran.out if not one.isprintable() and one != "\n"] == []
    assert [one for one in ran.out.splitlines() if one != one.rstrip()] == []


def test_of_many_the_first_are_shown(explain: Explain, tmp_path: Path) -> None:
    """What is left out is counted, by the reason where it has one."""
    (tmp_path / "mirrors.list").write_text(
        "".join(
            f"http de https://{number}.example/\nhttp de http://{number}.example/\n"
            for number in range(13)
        )
    )
    few, every = explain("--https", "x").out, explain("--https", "--all", "x").out

    assert "  and 4 more; --all shows them\n" in few
    assert "  and 3 more: has no https, by which the client comes; --all" in few
    assert (few.count("https://"), few.count("http://")) == (11, 10)
    assert "--all" not in every
    assert (every.count("https://"), every.count("http://")) == (15, 13)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--https"], "by https over IPv4", id="https"),
        pytest.param(["--ipv6"], "by http over IPv6", id="IPv6"),
    ],
)
def test_how_the_client_comes_is_an_option(
    explain: Explain, options: list[str], words: str
) -> None:
    """Scheme and family take part in the choice."""
    ran = explain(*options, "httpd/x")

    assert ran.line("client").endswith(words)
    assert ("has no https" in ran.out) is ("--https" in options)


@pytest.mark.parametrize(
    ("client", "place"),
    [
        pytest.param("127.9.9.9", "unknown", id="nowhere"),
        pytest.param("::1", "unknown", id="IPv6"),
        pytest.param(f"::ffff:{GERMAN}", "de (Germany), EU", id="IPv4 in IPv6"),
    ],
)
def test_any_address_has_an_answer(explain: Explain, client: str, place: str) -> None:
    """Without a place, all mirrors are equals."""
    ran = explain("httpd/x", client=client)

    assert ran.line("place").split(maxsplit=1)[1].startswith(place)
    assert ran.code == 0


def test_a_country_without_coordinates_has_a_centre(
    explain: Explain, tmp_path: Path
) -> None:
    """It is said what the distances start from."""
    write_city_database(
        tmp_path / "city.mmdb",
        {"127.0.0.7/32": {"country": "de"}, "127.0.0.8/32": {"country": "zz"}},
    )

    german, stranger = (explain("x", client=f"127.0.0.{one}") for one in (7, 8))

    assert german.line("place").endswith(
        "de (Germany), EU, taken to be at the country's centre"
    )
    assert "zz" in stranger.line("place")


def test_where_nothing_is_rejected_nothing_is_said_of_it(
    explain: Explain, tmp_path: Path
) -> None:
    """A heading without lines below it would be noise."""
    (tmp_path / "mirrors.list").write_text("http de https://near.example/\n")

    ran = explain("httpd/x")

    assert "Not for this client" not in ran.out


def test_a_proof_comes_from_the_origin(explain: Explain) -> None:
    """It says that no mirror comes into question, and that all is as it should be."""
    ran = explain("httpd/KEYS")

    assert ran.code == 0
    assert ran.line("answer").endswith(f"{ORIGIN}httpd/KEYS")
    assert "always come from the origin" in ran.line("how")


def test_json_is_what_the_web_gives(explain: Explain) -> None:
    """Programs get what ``/mirrors/explain`` gives, notes of the operator too."""
    shape = json.loads(explain("--json", "httpd/x").out)

    assert sorted(shape) == [
        *("answer", "client", "how", "list", "overrides", "ranked", "rejected"),
        *("rings", "target"),
    ]
    assert shape["ranked"][0]["url"] == "https://near.example/"
    off = next(one for one in shape["rejected"] if "off" in one["url"])
    assert off["detail"] == "disk [bold]full[/bold]"


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "JSON"])
def test_a_fallback_is_a_finding(
    explain: Explain, tmp_path: Path, options: list[str]
) -> None:
    """The exit code is 1 when the choice is not an ordinary one."""
    write_health(tmp_path / "state" / "snapshot", State.DOWN)
    (tmp_path / "mirrors.list").write_text("http de https://near.example/\n")

    ran = explain(*options, "httpd/x")

    assert (ran.code, "backup" in ran.out) == (1, True)


def test_without_a_snapshot_nothing_was_probed(
    explain: Explain, tmp_path: Path
) -> None:
    """That is no error, but the choice is a fallback."""
    (tmp_path / "state" / "snapshot").unlink()

    ran = explain("httpd/x")

    assert (ran.code, ran.err) == (1, "")
    assert ran.line("snapshot").endswith("none; no mirror has been probed")


@pytest.mark.parametrize(
    ("last_good", "words"),
    [
        pytest.param(None, "instead of it its good lines", id="good lines"),
        pytest.param(LIST, "instead of it the last good one", id="last good one"),
    ],
)
def test_a_broken_list_is_told(
    explain: Explain, tmp_path: Path, last_good: str | None, words: str
) -> None:
    """The problem is named with its place, and so is the list that is used."""
    (tmp_path / "mirrors.list").write_text(f"{LIST}http fr gone.example/\n")
    if last_good:
        (tmp_path / "state" / "last-good.list").write_text(last_good)

    ran = explain("httpd/x")

    assert ran.code == 0
    assert "mirrors.list:11:9: " in ran.err
    assert words in ran.line("list")
    assert words in explain("--json", "httpd/x").err


def test_overrides_are_part_of_the_cost(explain: Explain, tmp_path: Path) -> None:
    """A person who checks the numbers by hand must know of them."""
    with (tmp_path / "mirrorsel.toml").open("a") as file:
        file.write('[[selection.override]]\ncountry = "de"\nprefer = ["fr"]\n')

    ran = explain("httpd/x")

    assert ran.line("answer").endswith("https://far.example/httpd/x")
    assert "plus what overrides add" in ran.out
    assert ran.line("2").endswith("override 1")
    assert "override 1: clients of de prefer fr" in ran.out


@pytest.mark.parametrize(
    ("path", "client"),
    [
        pytest.param("x", "1.2.3", id="no address"),
        pytest.param("x", "near.example", id="a name"),
        pytest.param("x", "\x1b[2J", id="control characters"),
        pytest.param("/x", GERMAN, id="leading slash"),
        pytest.param("a/../x", GERMAN, id="parent"),
        pytest.param("http://near.example/x", GERMAN, id="a URL"),
        pytest.param("a\x1bb", GERMAN, id="control characters in a name"),
    ],
)
def test_wrong_use_is_told(explain: Explain, path: str, client: str) -> None:
    """What cannot be asked is refused as click refuses, with exit code 2."""
    ran = explain(path, client=client)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: mirrorsel explain ")
    assert "\x1b" not in ran.err


def test_broken_settings_are_wrong_use(explain: Explain, tmp_path: Path) -> None:
    """Without them it cannot be told; the message has file, line and column."""
    (tmp_path / "mirrorsel.toml").write_text("[web]\nlinks = 99\n")

    ran = explain("x")

    assert (ran.code, "mirrorsel.toml:2:1: " in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(["state", "home/state"], "state", id="both"),
        pytest.param(["home/state"], "home/state", id="only serve"),
        pytest.param([], "state", id="neither"),
    ],
)
def test_which_state_folder_is_read(
    tmp_path: Path, written: list[str], expected: str
) -> None:
    """It is the settings' own, unless only the one of `serve` has a snapshot."""
    for name in written:
        (tmp_path / name).mkdir(parents=True)
        write_health(tmp_path / name / "snapshot")

    found = state_folder(
        Settings(folder=tmp_path), tmp_path / "mirrorsel.toml", tmp_path / "home"
    )

    assert found.path == tmp_path / expected
