"""`mirrorsel log`."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.log import command
from mirrorsel.errors import StateError
from mirrorsel.health import Change
from mirrorsel.model import Attempt, Outcome, ProbeResult, State
from mirrorsel.state import CycleSummary, Journal, append_probe

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOO_OLD = "answers, with a tree that is too old"
ONE, TWO = "https://one.example/apache/", "http://two.example/"


def change(
    url: str,
    ago: timedelta,
    step: tuple[State, State],
    outcome: Outcome | None = None,
    *,
    stale: bool = False,
) -> Change:
    """Return a change of a mirror's state."""
    return Change(
        url=url,
        at=NOW - ago,
        before=step[0],
        after=step[1],
        stale=stale,
        outcome=outcome,
        detail="",
    )


ENTRIES = (
    change(ONE, 50 * HOUR, (State.UNKNOWN, State.UP), Outcome.OK),
    change(TWO, 5 * HOUR, (State.UP, State.UP), Outcome.OK, stale=True),
    CycleSummary(at=NOW - 4 * HOUR, seconds=2, probed=2, good=1, frozen=False),
    change(ONE, 3 * HOUR, (State.UP, State.DOWN), Outcome.TIMEOUT),
    CycleSummary(at=NOW - 2 * HOUR, seconds=2, probed=2, good=0, frozen=True),
    change(TWO, HOUR, (State.UP, State.UP)),
)
PROBE = ProbeResult(
    url=ONE,
    at=NOW - HOUR,
    outcome=Outcome.OK,
    seconds=0.25,
    attempts=(
        Attempt(family=4, outcome=Outcome.OK),
        Attempt(family=6, outcome=Outcome.REFUSED),
    ),
    stamp=NOW - 4 * HOUR,
    sample="httpd/KEYS",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with settings, a list, a journal and a probe."""
    (tmp_path / "mirrorsel.toml").write_text("")
    (tmp_path / "mirrors.list").write_text("http de https://new.example/ -\n")
    probes = tmp_path / "state" / "probes"
    probes.mkdir(parents=True)
    Journal(tmp_path / "state" / "journal").append(*ENTRIES)
    append_probe(probes, PROBE)
    return tmp_path


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the machine into another zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def log(folder: Path, *arguments: str) -> Result:
    """Run the verb."""
    options = ["--config", str(folder / "mirrorsel.toml"), *arguments]
    return CliRunner().invoke(command, options, obj=lambda: NOW)


def test_changes(folder: Path) -> None:
    """Each change is a line: when, from what to what, which mirror, and why."""
    result = log(folder, "--utc")

    assert result.exit_code == 0
    assert [line.split("  ") for line in _columns(result)] == [
        ["2026-11-27 10:00:00 UTC", "unknown -> up", ONE, "answers"],
        ["2026-11-29 07:00:00 UTC", "stale", TWO, TOO_OLD],
        ["2026-11-29 09:00:00 UTC", "up -> down", ONE, "no answer in time"],
        ["2026-11-29 11:00:00 UTC", "fresh again", TWO],
    ]


def test_quarantine(folder: Path) -> None:
    """A mirror that was put in quarantine while it was down is told of, with why."""
    down = change(ONE, HOUR, (State.DOWN, State.DOWN), Outcome.SOFT_404)
    held = replace(down, quarantine="it is another")
    Journal(folder / "state" / "journal").append(held)

    (line,) = _columns(log(folder, "-n", "1", "--utc"))

    assert line.split("  ")[1:] == ["down -> quarantine", ONE, "it is another"]


@pytest.mark.usefixtures("new_york")
def test_local_time(folder: Path) -> None:
    """Times are those of this machine's clock, and name its zone."""
    result = log(folder, "-n", "1")

    assert result.stdout.startswith("  2026-11-29 06:00:00 EST  fresh again")


@pytest.mark.parametrize(
    ("arguments", "steps"),
    [
        pytest.param(["one.example"], ["unknown -> up", "up -> down"], id="host"),
        pytest.param([ONE[:-1]], ["unknown -> up", "up -> down"], id="URL"),
        pytest.param(["TWO"], ["stale", "fresh again"], id="part"),
        pytest.param(["--since", "4h"], ["up -> down", "fresh again"], id="since"),
        pytest.param(["-n", "1"], ["fresh again"], id="lines"),
        pytest.param(["one", "-n", "1"], ["up -> down"], id="lines of one"),
        pytest.param(
            ["--cycles", "--since", "4h"],
            ["cycle", "up -> down", "cycle", "fresh again"],
            id="cycles",
        ),
    ],
)
def test_some_of_it(folder: Path, arguments: list[str], steps: list[str]) -> None:
    """Options choose what is shown, always the newest last."""
    result = log(folder, *arguments)

    assert result.exit_code == 0
    assert [line.split("  ")[1] for line in _columns(result)] == steps


def test_cycles_in_words(folder: Path) -> None:
    """A cycle says how many answered, and when it was not believed."""
    lines = log(folder, "--cycles").stdout

    assert "1 of 2 answered, in 2.00 s\n" in lines
    assert "0 of 2 answered, in 2.00 s, not believed: the checker's own" in lines


def test_probes(folder: Path) -> None:
    """A probe says how it ended, how old the stamp was, and over which families."""
    heads, row = _columns(log(folder, "one", "--probes", "--utc"))

    assert heads.split("  ")[1:6] == ["took", "stamp", "IPv4", "IPv6", "outcome"]
    assert row.split("  ") == [
        *("2026-11-29 11:00:00 UTC", "0.25 s", "3 h", "yes", "no"),
        *("answers", "httpd/KEYS"),
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--since", "90s"], id="nothing new"),
        pytest.param(["new.example"], id="mirror without a change"),
        pytest.param(["new.example", "--probes"], id="mirror without a probe"),
    ],
)
def test_nothing_found(folder: Path, arguments: list[str]) -> None:
    """Then the exit code is 1, and stdout is empty."""
    result = log(folder, *arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "nothing found\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["example"], f"'example' may be {TWO}, ", id="ambiguous"),
        pytest.param(["onne.example"], f"Did you mean {ONE}", id="misspelt"),
        pytest.param(["zzz"], "There is no mirror 'zzz'.\n", id="unknown"),
        pytest.param(["--since", "soon"], "'soon' is no length of time", id="since"),
        pytest.param(["--probes"], "--probes needs a MIRROR", id="probes of none"),
        pytest.param(["one", "--probes", "--cycles"], "different", id="both"),
    ],
)
def test_wrong_use(folder: Path, arguments: list[str], words: str) -> None:
    """What cannot be told exits with 2, and says what is meant or missing."""
    result = log(folder, *arguments)

    assert result.exit_code == 2
    assert words in result.stderr


def test_no_journal(folder: Path) -> None:
    """Without a journal it cannot tell."""
    (folder / "state" / "journal").unlink()
    result = log(folder)

    assert isinstance(result.exception, StateError)
    assert log(folder, "one").exit_code != 0


def test_probe_log_that_cannot_be_read(folder: Path) -> None:
    """That is another thing than none."""
    (log_of_one,) = (folder / "state" / "probes").iterdir()
    log_of_one.unlink()
    log_of_one.mkdir()

    assert isinstance(log(folder, "one", "--probes").exception, StateError)


def test_probes_without_a_journal(folder: Path) -> None:
    """They need none."""
    (folder / "state" / "journal").unlink()
    (folder / "mirrors.list").write_text(f"http de {ONE} -\n")

    assert log(folder, "one", "--probes").exit_code == 0


def test_json(folder: Path) -> None:
    """Programs get an object a line, which says what it is."""
    lines = log(folder, "--json", "--cycles").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    probe = json.loads(log(folder, "one", "--json", "--probes").stdout)

    assert [list(one) for one in found][:3] == [["change"], ["change"], ["cycle"]]
    assert found[0]["change"]["at"] == "2026-11-27T10:00:00Z"
    assert probe["probe"]["sample"] == "httpd/KEYS"


def _columns(result: Result) -> list[str]:
    """Return the lines, with two blanks between their cells."""
    lines = result.stdout.splitlines()
    cells = [[one.strip() for one in line.split("  ") if one.strip()] for line in lines]
    return ["  ".join(one) for one in cells]
