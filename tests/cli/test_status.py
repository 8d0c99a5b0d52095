"""`mirrorsel status`."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.status import command
from mirrorsel.model import Certificate, Health, Outcome, Reach, Snapshot, State
from mirrorsel.state import write_snapshot

NOW = datetime.now(UTC)
URL = "https://mirror.example/"
UP = Health(
    state=State.UP,
    since=NOW - timedelta(days=3),
    stamp=NOW - timedelta(hours=5),
    checked=NOW - timedelta(minutes=4),
    outcome=Outcome.OK,
    seconds=0.314,
)
DOWN = Health(state=State.DOWN, since=NOW, checked=NOW, outcome=Outcome.DNS, detail="x")
QUARANTINE = replace(DOWN, quarantine="it is now answered by evil.example, not itself")
STALE = Health(state=State.UP, stale=True, checked=NOW, outcome=Outcome.OK)


def status(
    folder: Path,
    snapshot: Snapshot | None,
    *arguments: str,
    listed: str = "",
    settings: str = "",
) -> Result:
    """Run the verb over a snapshot and a list."""
    config = folder / "mirrorsel.toml"
    config.write_text(settings)
    (folder / "mirrors.list").write_text(listed or f"http de {URL} -\n")
    if snapshot is not None:
        (folder / "state").mkdir(exist_ok=True)
        write_snapshot(folder / "state" / "snapshot", snapshot)
    return CliRunner().invoke(
        command, ["--config", str(config), *arguments], obj=lambda: NOW
    )


def taken(health: Health | None, ago: float = 60, *, frozen: bool = False) -> Snapshot:
    """Return a snapshot of one mirror."""
    return Snapshot(
        taken=NOW - timedelta(seconds=ago),
        vantage="here",
        frozen_since=NOW - timedelta(hours=2) if frozen else None,
        health={URL: health} if health else {},
    )


def test_all_is_well(tmp_path: Path) -> None:
    """With every mirror up, the age, the place and each mirror are shown."""
    result = status(tmp_path, taken(UP))

    assert result.exit_code == 0
    assert "from here: 0 unknown, 1 up, 0 down" in result.stdout
    row = (
        "up     de     3 d    5 h    4 min    0.31 s  https://mirror.example/  answers"
    )
    assert row in result.stdout


@pytest.mark.parametrize(
    ("snapshot", "finding"),
    [
        pytest.param(taken(DOWN), f"! {URL} is down", id="down"),
        pytest.param(
            taken(QUARANTINE),
            f"! {URL} is in quarantine: it is now answered by evil.example, not itself;"
            " to lift it, disable its line, wait for a round, and enable it again",
            id="quarantine",
        ),
        pytest.param(taken(STALE), f"! {URL} is stale", id="stale"),
        pytest.param(taken(STALE), "1 up (1 stale), 0 down", id="stale-counted"),
        pytest.param(
            taken(QUARANTINE), "0 up, 1 down (1 in quarantine)", id="quarantine-counted"
        ),
        pytest.param(taken(UP, 1300), "run, and can it write the state", id="old"),
        pytest.param(
            taken(UP, frozen=True), "have not been believed for 2 h", id="frozen"
        ),
    ],
)
def test_findings(tmp_path: Path, snapshot: Snapshot, finding: str) -> None:
    """What should be looked at is said in words, and the exit code is 1."""
    result = status(tmp_path, snapshot)

    assert result.exit_code == 1
    assert finding in result.stdout


def test_no_snapshot(tmp_path: Path) -> None:
    """Without a snapshot it cannot tell, and says what to do."""
    result = status(tmp_path, None)

    assert result.exit_code == 2
    assert "start `mirrorsel serve` or `mirrorsel checker`" in result.stderr


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        pytest.param(None, "; the origin's stamp was never read", id="unknown"),
        pytest.param(
            NOW - timedelta(hours=3), "; the origin's stamp is 3 h old", id="known"
        ),
    ],
)
def test_stamp_of_the_origin(
    tmp_path: Path, stamp: datetime | None, words: str
) -> None:
    """The headline says how old the origin's stamp is, if that is known."""
    headline = status(tmp_path, replace(taken(UP), origin=Health(stamp=stamp))).stdout

    assert headline.splitlines()[0].endswith(words)


def test_warnings_of_the_list(tmp_path: Path) -> None:
    """They go to stderr, with file, line and column, and are no findings."""
    result = status(tmp_path, taken(UP), listed=f"http xx {URL} -\n")
    expected = f"mirrorsel: warning: {tmp_path}/mirrors.list:1:6: no country has the"

    assert (result.exit_code, "xx" in result.stderr) == (0, True)
    assert result.stderr.startswith(expected)


def test_broken_list(tmp_path: Path) -> None:
    """Errors of the list are findings, with file and line."""
    result = status(tmp_path, taken(UP), listed="nonsense\n")

    assert result.exit_code == 1
    assert "mirrors.list:1:" in result.stdout


@pytest.mark.parametrize(
    ("last_good", "words"),
    [
        pytest.param(f"http de {URL} -\n", "the last good one, ", id="last good one"),
        pytest.param(None, "its good lines", id="good lines"),
    ],
)
def test_mirrors_in_force_while_the_list_is_broken(
    tmp_path: Path, last_good: str | None, words: str
) -> None:
    """The mirrors that stand in are shown and counted, and it is said which."""
    state = tmp_path / "state"
    if last_good:
        state.mkdir()
        (state / "last-good.list").write_text(last_good)
    listed = f"http de {URL} -\nhttp de\n"
    result = status(tmp_path, taken(UP), listed=listed)

    assert result.exit_code == 1
    assert "0 unknown, 1 up, 0 down" in result.stdout
    assert f"mirrors.list cannot be used; instead of it {words}" in result.stdout


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "JSON"])
def test_refused_settings(tmp_path: Path, options: list[str]) -> None:
    """It cannot tell, says what goes on, and shows what the snapshot says."""
    result = status(tmp_path, taken(UP), *options, settings="[web]\nlinks = 99\n")

    assert result.exit_code == 2
    assert f"mirrorsel: {tmp_path}/mirrorsel.toml:2:1: " in result.stderr
    assert "refused; running processes keep the settings before" in result.stderr
    assert URL in result.stdout


@pytest.mark.parametrize("settings", ["x", None], ids=["refused", "missing"])
def test_neither_settings_nor_snapshot(tmp_path: Path, settings: str | None) -> None:
    """Then there is nothing to show, and only a file that exists can be refused."""
    config = tmp_path / "mirrorsel.toml"
    if settings:
        config.write_text(settings)
    result = CliRunner().invoke(command, ["--config", str(config)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert ("refused" in result.stderr) is bool(settings)


def test_list_that_is_gone(tmp_path: Path) -> None:
    """A list that cannot be read is a finding too."""
    listed = tmp_path / "elsewhere"
    listed.mkdir()
    config = tmp_path / "mirrorsel.toml"
    config.write_text(f'[list]\nfile = "{listed}"\n')
    (tmp_path / "state").mkdir()
    write_snapshot(tmp_path / "state" / "snapshot", taken(UP))
    result = CliRunner().invoke(command, ["--config", str(config)], obj=lambda: NOW)

    assert result.exit_code == 1
    assert "is not an ordinary file" in result.stdout


def test_mirrors_without_belief(tmp_path: Path) -> None:
    """Mirrors that were not probed say why, and are no findings."""
    result = status(
        tmp_path,
        taken(None),
        listed=f"http de {URL} -\nftp jp ftp://f.example/ -\n"
        "http uk https://off.example/ - disabled=yes\n",
    )
    rows = [line.split() for line in result.stdout.splitlines()[2:]]

    assert result.exit_code == 0
    assert [(row[0], " ".join(row[7:])) for row in rows] == [
        ("unknown", "not probed yet"),
        ("unknown", "not probed yet"),
        ("-", "disabled: yes"),
    ]


def test_json(tmp_path: Path) -> None:
    """Programs get the numbers, the findings and each mirror."""
    result = status(tmp_path, taken(DOWN), "--json")
    document = json.loads(result.stdout)

    assert result.exit_code == 1
    assert document["counts"] == {"unknown": 0, "up": 0, "down": 1}
    assert document["findings"] == [f"{URL} is down"]
    assert document["mirrors"][0]["mirror"]["url"] == URL
    assert document["mirrors"][0]["health"]["outcome"] == "dns"
    assert document["age"] == 60
    assert (document["warnings"], document["frozen_since"]) == ([], None)


WARNED = replace(
    UP,
    certificate=Certificate(expiry=NOW + timedelta(days=3)),
    ipv4=Reach(up=True, streak=9, outcome=Outcome.OK),
    ipv6=Reach(up=False, streak=-9, outcome=Outcome.REFUSED),
)


def test_warnings(tmp_path: Path) -> None:
    """What is to be warned of stands apart, and is no finding."""
    result = status(tmp_path, taken(WARNED))

    assert result.exit_code == 0
    assert f"{URL}  answers, but not over IPv6\n" in result.stdout
    assert result.stdout.splitlines()[-2:] == [
        f"  warning: {URL} has a certificate that ends in 3 d",
        f"  warning: {URL} does not answer over IPv6: no connection",
    ]


def test_warnings_as_json(tmp_path: Path) -> None:
    """Programs get them all together, and those of each mirror."""
    document = json.loads(status(tmp_path, taken(WARNED), "--json").stdout)
    words = "does not answer over IPv6: no connection"

    assert document["findings"] == []
    assert document["warnings"][1] == f"{URL} {words}"
    assert document["mirrors"][0]["warnings"][1] == words


def test_snapshot_that_is_damaged(tmp_path: Path) -> None:
    """Then it cannot tell, and says why."""
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "snapshot").write_text("{")
    result = status(tmp_path, None)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"mirrorsel: {tmp_path}/state/snapshot: ")
