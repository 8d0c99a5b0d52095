"""`mirrorsel check`."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.check import command
from mirrorsel.errors import ListError
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import write_snapshot
from tests import loopback
from tests.loopback import Behaviour, Loopback, answer, stamped


class Site:
    """The files of one installation, with mirrors on loopback."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self.environment: dict[str, str] = {}

    def mirror(self, behaviour: Behaviour) -> str:
        """Start a server and return its URL."""
        return self._stack.enter_context(Loopback(behaviour)).url

    def list(self, *lines: str) -> None:
        """Write the list."""
        text = "".join(f"{line}\n" for line in lines)
        (self.folder / "mirrors.list").write_text(text)

    def check(self, origin: str, *arguments: str) -> Result:
        """Run the verb."""
        config = self.folder / "mirrorsel.toml"
        config.write_text(
            f'[list]\norigin = "{origin}"\n[checker]\nprivate_addresses = true\n'
            # The servers answer whatever they are asked for with their stamp.
            "samples = []\n"
            'timeout = "0.3s"\ndeadline = "1s"\n'
        )
        options = ["--config", str(config), *arguments]
        return CliRunner().invoke(command, options, env=self.environment)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Give an installation whose servers end with the test."""
    with ExitStack() as stack:
        yield Site(tmp_path, stack)


def test_all_pass(site: Site) -> None:
    """With good mirrors only, the exit code is 0 and nothing is written."""
    good = site.mirror(stamped())
    site.list(f"http de {good} -")
    result = site.check(good)

    assert result.exit_code == 0
    assert "pass" in result.stdout
    assert "1 pass, 0 warn, 0 fail, 0 not probed" in result.stdout
    assert {one.name for one in site.folder.iterdir()} == {
        "mirrors.list",
        "mirrorsel.toml",
    }


def test_every_mirror_has_a_row(site: Site) -> None:
    """The rows go by the countries' names, each with its verdict and the reason."""
    good, old = site.mirror(stamped()), site.mirror(stamped(age=3 * 86400))
    hanging = site.mirror(loopback.hanging)
    site.list(
        f"http de {good} -",
        f"http fr {old} -",
        f"http us {hanging} -",
        "ftp jp ftp://ftp.example.jp/ - disabled=yes",
        "rsync se rsync://rsync.example.se/ - disabled=yes",
        'http uk https://off.example/ - disabled="disk full"',
        f"http Backup {good}backup/ -",
    )
    result = site.check(good)
    rows = [line.split() for line in result.stdout.splitlines()[1:-2]]

    assert result.exit_code == 1
    assert [row[:2] for row in rows] == [
        ["warn", "fr"],
        ["pass", "de"],
        ["-", "jp"],
        ["-", "se"],
        ["-", "uk"],
        ["fail", "us"],
        ["pass", "Backup"],
    ]
    assert f"!  {old} is stale: its tree is 3 d behind\n" in result.stdout
    assert "disabled: disk full" in result.stdout
    assert "no answer in time" in result.stdout


def test_terminal_shows_countries_as_headings(site: Site) -> None:
    """There the mirrors of a country stand below its name, Backup at the end."""
    good = site.mirror(stamped())
    site.environment = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "120"}
    site.list(f"http Backup {good} -", f"http gb {good}uk/ -", f"http de {good}de/ -")
    rows = re.sub(r"\x1b\[[0-9;]*m", "", site.check(good).stdout).splitlines()
    found = [row.strip().split("  ")[0] for row in rows[1:-1]]

    assert found == [
        *("Germany (de)", "pass"),
        *("United Kingdom (uk)", "pass"),
        *("Backup", "pass"),
    ]


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        pytest.param(["--country", "DE"], ["pass", "fail"], id="country"),
        pytest.param(["--country", "gb"], ["pass"], id="the other code"),
        pytest.param(["--country", "backup"], ["pass"], id="Backup"),
        pytest.param(
            ["--country", "de", "--country", "uk"],
            ["pass", "fail", "pass"],
            id="countries",
        ),
        pytest.param(["--failed"], ["fail"], id="failed"),
        pytest.param(["--failed", "--country", "uk"], [], id="none failed"),
    ],
)
def test_some_of_the_mirrors(
    site: Site, arguments: list[str], shown: list[str]
) -> None:
    """Options choose the mirrors of a country, and those that fail."""
    good, bad = site.mirror(stamped()), site.mirror(answer(b"", "403 Forbidden"))
    site.list(
        f"http de {good}de/ -",
        f"http de {bad} -",
        f"http uk {good}uk/ -",
        f"http Backup {good} -",
    )
    result = site.check(good, *arguments)
    rows = [line.split()[0] for line in result.stdout.splitlines()[1:-1]]

    assert shown == rows
    assert result.exit_code == int("fail" in shown)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--country", "xyz"], "is no country code", id="no code"),
        pytest.param(["--country", "fr"], "has no mirror of fr", id="no mirror"),
        pytest.param(["--url", "ftp://a/"], "is no base URL", id="no URL"),
        pytest.param(
            ["--url", "http://a/", "--country", "de"], "none of it", id="both"
        ),
    ],
)
def test_wrong_use(site: Site, arguments: list[str], message: str) -> None:
    """What cannot be is refused before anything is probed."""
    site.list("http de http://127.0.0.1:1/ -")
    result = site.check("http://127.0.0.1:1/", *arguments)

    assert (result.exit_code, message in result.stderr) == (2, True)


def test_warnings_of_the_list(site: Site) -> None:
    """They go to stderr, with file, line and column, and do not count."""
    good = site.mirror(stamped())
    site.list(f"http xx {good} -")
    result = site.check(good)
    expected = "mirrors.list:1:6: no country has the code `xx`\n"

    assert result.exit_code == 0
    assert result.stderr == f"mirrorsel: warning: {site.folder}/{expected}"


def test_broken_list_is_no_answer(site: Site) -> None:
    """With errors in the list nothing is probed: they are raised, all of them."""
    site.list("http de", "nonsense de https://a.example/")
    result = site.check("http://127.0.0.1:1/")

    assert isinstance(result.exception, ListError)
    assert [one.line for one in result.exception.problems] == [1, 2]


def test_belief_of_the_checker_stands_beside(site: Site) -> None:
    """Where a checker runs, what it believes is shown too."""
    good = site.mirror(stamped())
    site.list(f"http de {good} -")
    (site.folder / "state").mkdir()
    health = {good: Health(state=State.DOWN, stale=True)}
    snapshot = Snapshot(taken=datetime.now(UTC), health=health)
    write_snapshot(site.folder / "state" / "snapshot", snapshot)

    assert "down, stale" in site.check(good).stdout


def test_families(site: Site) -> None:
    """Each row says over which IP families the mirror answered."""
    good = site.mirror(stamped())
    site.list(f"http de {good} -")
    heads, row, _ = site.check(good).stdout.splitlines()

    assert heads.split()[3:5] == ["IPv4", "IPv6"]
    assert row.split()[6:8] == ["yes", "-"]


def test_what_is_believed_is_told_to_the_probe(site: Site) -> None:
    """What the checker knows of an http mirror that has https too is warned of."""
    good = site.mirror(stamped())
    site.list(f"http de {good} -")
    (site.folder / "state").mkdir()
    health = {good: Health(state=State.UP, streak=5, https_twin=True)}
    snapshot = Snapshot(taken=datetime.now(UTC), health=health)
    write_snapshot(site.folder / "state" / "snapshot", snapshot)
    result = site.check(good)

    assert result.exit_code == 0
    assert f"!  {good} is listed by http, and answers by https as well" in result.stdout


def test_mirror_cannot_write_to_the_terminal(site: Site) -> None:
    """Control characters and markup that a mirror sends are shown as text."""
    good, evil = site.mirror(stamped()), site.mirror(answer(b"", "404 \x1b[2J[red]x"))
    site.list(f"http de {evil} -")
    result = site.check(good)

    assert "\x1b" not in result.stdout
    assert "bad status: 404 [2J[red]x" in result.stdout


def test_own_network_is_gone(site: Site) -> None:
    """When everything fails, the origin too, it cannot tell, and says so."""
    with loopback.closed_port() as dead:
        site.list(f"http de {dead}mirror/ -")
        result = site.check(dead)

    assert result.exit_code == 2
    assert "own network seems to be gone" in result.stderr


def test_no_list(site: Site) -> None:
    """Without a list there is an error in one line."""
    result = site.check("http://127.0.0.1/")

    assert result.exit_code != 0
    assert "mirrors.list: cannot be read" in str(result.exception)


def test_json(site: Site) -> None:
    """Programs get the verdict, the probe and the list's own words."""
    good = site.mirror(stamped())
    site.list(f"http de {good} -", "ftp jp ftp://ftp.example.jp/ - disabled=yes")
    result = site.check(good, "--json", "--jobs", "1")
    document = json.loads(result.stdout)

    assert result.exit_code == 0
    assert document["counts"] == {"pass": 1, "warn": 0, "fail": 0, "-": 1}
    assert document["believable"] is True
    assert [
        (
            one["mirror"]["url"],
            one["verdict"],
            one["result"] and one["result"]["outcome"],
        )
        for one in document["mirrors"]
    ] == [(good, "pass", "ok"), ("ftp://ftp.example.jp/", "-", None)]
