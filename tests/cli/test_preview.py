"""The verb `preview`: from which files it tells, what, and how it exits."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from mirrorsel.cli.main import main
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import write_snapshot
from tests.docs.reference import ROOT
from tests.geodb import write_city_database, write_country_database

SCHEMA = json.loads((ROOT / "docs" / "preview.schema.json").read_text("utf-8"))
NOW = datetime.now(UTC)
GOOD = Health(state=State.UP, checked=NOW, stamp=NOW)
LIST = """\
http de https://de.example/apache/
http fr https://fr.example/
http nz https://nz.example/ - weight=50
http us http://us.example/
http us https://part.example/ - prefix=httpd lat=40 lon=-74
http Backup https://backup.example/
"""
LESS = LIST.replace("http nz", "# http nz")
MORE = LIST + "http jp https://jp.example/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)

    def country(self, code: str) -> Any:
        """Return what its JSON says of a country."""
        (found,) = (one for one in self.document["countries"] if one["code"] == code)
        return found


Preview = Callable[..., Ran]


@pytest.fixture
def preview(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Preview:
    """Return what runs the verb in the folder of a small site."""
    (tmp_path / "mirrorsel.toml").write_text('[list]\norigin = "https://o.example/"\n')
    (tmp_path / "mirrors.list").write_text(LIST)
    (tmp_path / "less.list").write_text(LESS)
    (tmp_path / "more.list").write_text(MORE)
    (tmp_path / "state").mkdir()
    urls = ["https://de.example/apache/", "http://us.example/"]
    urls += [f"https://{name}.example/" for name in ("fr", "nz", "part")]
    health = dict.fromkeys(urls, GOOD)
    write_snapshot(tmp_path / "state" / "snapshot", Snapshot(taken=NOW, health=health))

    def run(*arguments: str | Path) -> Ran:
        config = str(tmp_path / "mirrorsel.toml")
        with pytest.raises(SystemExit) as ended:
            main(["preview", "--config", config, *map(str, arguments)])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(code=ended.value.code, out=out, err=err)

    return run


def test_a_harm(preview: Preview, tmp_path: Path) -> None:
    """What a country loses is told first, and is a finding."""
    ran = preview(tmp_path / "less.list")
    lines = ran.out.splitlines()

    assert ran.code == 1
    assert lines[0].startswith("1 mirror removed: ")
    assert lines[1] == "1 country loses:"
    assert "New Zealand" in lines[2]
    assert "loses its last healthy mirror" in lines[2]
    assert "\x1b" not in ran.out
    assert not ran.err


def test_no_harm(preview: Preview, tmp_path: Path) -> None:
    """A mirror more is no finding; it counts as up, and that is said."""
    ran = preview(tmp_path / "more.list")

    assert ran.code == 0
    assert "1 new mirror is taken to be up" in ran.out
    assert "gains its own" in ran.out


def test_at_once(preview: Preview, tmp_path: Path) -> None:
    """Before the checker has asked a new mirror, nobody is sent there."""
    ran = preview(tmp_path / "more.list", "--at-once", "--json")

    assert ran.country("jp")["moved"] == 0
    assert ran.document["assumed_up"] == []
    assert ran.country("jp")["after"]["own"] == "unprobed"


def test_without_a_snapshot(preview: Preview, tmp_path: Path) -> None:
    """All mirrors are never probed, new ones as well, and that is said."""
    (tmp_path / "state" / "snapshot").unlink()
    shown = preview(tmp_path / "more.list")
    ran = preview(tmp_path / "more.list", "--json")

    assert "all mirrors count as never probed" in shown.out
    assert ran.document["snapshot"] is None
    assert ran.country("jp")["after"]["how"] == "unprobed"
    assert ran.country("jp")["after"]["mirror"] == "https://jp.example/"


def test_a_damaged_snapshot(preview: Preview, tmp_path: Path) -> None:
    """It cannot be told what would be then."""
    (tmp_path / "state" / "snapshot").write_text("{")

    assert preview(tmp_path / "more.list").code == 2


@pytest.mark.parametrize(
    "arguments",
    [["less.list"], ["more.list", "--https"], ["more.list", "--path", "httpd/x"]],
    ids=["less", "more", "a file"],
)
def test_json(preview: Preview, tmp_path: Path, arguments: list[str]) -> None:
    """It is as the schema says, with every country and the same exit code."""
    Draft202012Validator.check_schema(SCHEMA)
    name, *options = arguments
    ran = preview(tmp_path / name, *options, "--json")
    checked = Draft202012Validator(SCHEMA, format_checker=FormatChecker())

    assert not list(checked.iter_errors(ran.document))
    assert len(ran.document["countries"]) > 200
    assert ran.document["harm"] is (ran.code == 1)


def test_clients_by_https(preview: Preview, tmp_path: Path) -> None:
    """They do not get what has no https, of which the others are reminded."""
    plain = preview(tmp_path / "less.list", "--json").country("us")
    secure = preview(tmp_path / "less.list", "--json", "--https").country("us")

    assert plain["after"]["mirror"] == "http://us.example/"
    assert secure["after"]["mirror"] != "http://us.example/"
    assert "1 mirror has no https" in preview(tmp_path / "less.list").out
    assert "no https" not in preview(tmp_path / "less.list", "--https").out


def test_a_file_that_some_mirrors_have(preview: Preview, tmp_path: Path) -> None:
    """Mirrors of parts of the tree get clients for those."""
    whole = preview(tmp_path / "less.list")
    ran = preview(tmp_path / "less.list", "--json", "--path", "httpd/x")
    shares = {one["url"]: one["after"] for one in ran.document["mirrors"]}

    assert "1 mirror carries parts" in whole.out
    assert shares["https://part.example/"] > 0


def test_only_some_rows_are_shown(preview: Preview, tmp_path: Path) -> None:
    """With --all there are those of all countries, also where nothing changes."""
    short = preview(tmp_path / "less.list").out
    whole = preview(tmp_path / "less.list", "--all").out

    assert "more; --all shows them" in short
    assert "Germany" not in short
    assert "Germany" in whole
    assert len(whole.splitlines()) > 200


def test_another_list_to_compare_with(preview: Preview, tmp_path: Path) -> None:
    """Any two lists can be compared."""
    ran = preview(tmp_path / "mirrors.list", "--against", tmp_path / "less.list")

    assert ran.code == 0
    assert ran.out.startswith("1 mirror added: ")


def test_the_list_in_force_itself(preview: Preview, tmp_path: Path) -> None:
    """Nothing changes then, and it is said why."""
    ran = preview(tmp_path / "mirrors.list")

    assert ran.code == 0
    assert ran.out.startswith("Nothing changes")
    assert "is the list in force; --against names another" in ran.err


def test_a_list_of_standard_input(
    preview: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list `-` is what comes in, such as an older version."""
    stream = io.TextIOWrapper(io.BytesIO(LESS.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    ran = preview(tmp_path / "mirrors.list", "--against", "-")

    assert ran.out.startswith("1 mirror added: ")


def test_a_list_with_errors(preview: Preview, tmp_path: Path) -> None:
    """It is not previewed; what is wrong is shown with its place."""
    (tmp_path / "bad.list").write_text(LIST.replace("http fr", "htpt fr"))
    ran = preview(tmp_path / "bad.list")

    assert (2, "") == (ran.code, ran.out)
    assert "bad.list:2:1: error: unknown type" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["gone.list"],
        ["more.list", "--against", "gone.list"],
        ["more.list", "--weights", "gone.csv"],
        ["more.list", "--path", "../x"],
        ["more.list", "--map", "gone/map.svg"],
        [],
    ],
    ids=["list", "against", "weights", "path", "map", "nothing"],
)
def test_what_cannot_be(
    preview: Preview,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    """It cannot be told, and the reason is."""
    monkeypatch.chdir(tmp_path)
    ran = preview(*arguments)

    assert (2, "") == (ran.code, ran.out)
    assert ran.err


def test_a_broken_list_is_compared_with_what_stands_in(
    preview: Preview, tmp_path: Path
) -> None:
    """In force is then the last good list, and that is said."""
    (tmp_path / "mirrors.list").write_text("broken\n")
    (tmp_path / "state" / "last-good.list").write_text(LESS)
    ran = preview(tmp_path / "more.list")

    assert ran.out.startswith("2 mirrors added: ")
    assert "instead of it the last good one" in ran.err


def test_weights(preview: Preview, tmp_path: Path) -> None:
    """Countries count as much as the file says."""
    (tmp_path / "clients.csv").write_text("country,clients\nnz,30\nde,10\n")
    ran = preview(
        tmp_path / "less.list", "--json", "--weights", tmp_path / "clients.csv"
    )

    assert ran.document["moved"] == 0.75
    assert "clients.csv" in ran.document["clients"]["weights"]


def test_a_database_of_towns(preview: Preview, tmp_path: Path) -> None:
    """Where requests are placed in towns, the clients of a preview are too."""
    (tmp_path / "towns.list").write_text(
        "http us https://east.example/ - lat=40.7 lon=-74\n"
        "http us https://west.example/ - lat=34 lon=-118.2\n"
    )
    settings = tmp_path / "mirrorsel.toml"
    before = settings.read_text()

    def far(database: Path) -> Any:
        settings.write_text(f'{before}[geoip]\ndatabase = "{database}"\n')
        found = preview(tmp_path / "towns.list", "--json", "--at-once")
        return found.country("us")["after"]["km"]

    write_snapshot(tmp_path / "state" / "snapshot", Snapshot(taken=NOW))
    cities = write_city_database(tmp_path / "city.mmdb", {})
    countries = write_country_database(tmp_path / "country.mmdb", {})

    assert far(countries) == far(tmp_path / "gone.mmdb")
    assert far(cities) != far(countries)


def test_the_map(preview: Preview, tmp_path: Path) -> None:
    """It is an SVG picture in a file that is not replaced unless told to."""
    picture = tmp_path / "map.svg"
    preview(tmp_path / "less.list", "--map", picture)
    root = ET.fromstring(picture.read_text())  # noqa: S314 - our own picture
    before = picture.read_bytes()
    again = preview(tmp_path / "more.list", "--map", picture)
    kept = picture.read_bytes()
    preview(tmp_path / "more.list", "--map", picture, "--force")

    assert root.tag.endswith("svg")
    assert again.code == 2
    assert "--force" in again.err
    assert before == kept
    assert before != picture.read_bytes()


def test_dots(preview: Preview, tmp_path: Path) -> None:
    """A map of letters comes when it is asked for, never unasked in a pipe."""
    usual = preview(tmp_path / "less.list").out
    asked = preview(tmp_path / "less.list", "--dots").out

    assert "▼ country that loses" in asked
    assert "▼" not in usual
    assert set(usual.splitlines()) <= set(asked.splitlines())


def test_nothing_is_written(preview: Preview, tmp_path: Path) -> None:
    """A preview changes no file."""
    before = {one: one.stat() for one in tmp_path.rglob("*")}
    preview(tmp_path / "less.list")
    after = {one: one.stat() for one in tmp_path.rglob("*")}

    assert before.keys() == after.keys()
    assert all(
        one.st_mtime_ns == after[path].st_mtime_ns for path, one in before.items()
    )


def test_the_health_of_now_counts(preview: Preview, tmp_path: Path) -> None:
    """A mirror that is down is nothing to lose."""
    down = {"https://nz.example/": replace(GOOD, state=State.DOWN)}
    snapshot = Snapshot(taken=NOW, health={"https://de.example/apache/": GOOD, **down})
    write_snapshot(tmp_path / "state" / "snapshot", snapshot)

    assert preview(tmp_path / "less.list").code == 0
