"""Verbs about the published files, and which mirror has them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.files import command
from mirrorsel.state import Lock, StateFolder
from mirrorsel.state.holders import read_holders
from tests.loopback import Loopback, answer
from tests.scanning.listed import listing
from tests.tree.published import publish

OLD, NEW = "httpd/a-1.tar.gz", "httpd/2/a-2.tar.gz"
PUBLISHED = {OLD: b"one" * 100, NEW: b"two" * 100, "tomcat/b.zip": b"three"}
FULL, POOR, CLOSED, OUT = "127.0.9.1", "127.0.9.2", "127.0.9.3", "127.0.9.4"
POOR_FILES = {OLD: b"one", "tomcat/b.zip": b"THREE", "x": b"x"}
_NOBODY = 65534
SETTINGS = """
[list]
origin = "https://origin.example/"
[checker]
private_addresses = true
timeout = "1s"
deadline = "2s"
[tree]
index = "origin"
scan_rate = 1000
"""


@dataclass(frozen=True, slots=True)
class Site:
    """An installation with an index and some mirrors."""

    folder: Path

    @property
    def state(self) -> StateFolder:
        """Its state folder."""
        return StateFolder(self.folder / "state")

    def run(self, *arguments: str) -> Result:
        """Run a verb about files."""
        verb, *more = arguments
        config = str(self.folder / "mirrorsel.toml")
        return CliRunner().invoke(command, [verb, "--config", config, *more])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Give a site whose mirrors were not scanned."""
    publish(tmp_path / "state", PUBLISHED)
    StateFolder(tmp_path / "state").holders.unlink()
    (tmp_path / "mirrorsel.toml").write_text(SETTINGS)
    behaviours = {
        FULL: listing(PUBLISHED),
        POOR: listing(POOR_FILES),
        CLOSED: answer(b"", "403 Forbidden"),
    }
    with ExitStack() as stack:
        servers = [
            stack.enter_context(Loopback(one, host=host))
            for host, one in behaviours.items()
        ]
        lines = [f"http de {one.url} -\n" for one in servers]
        lines.append(f'http de http://{OUT}/ - disabled="moving"\n')
        (tmp_path / "mirrors.list").write_text("".join(lines))
        yield Site(tmp_path)


def test_scan(site: Site) -> None:
    """All mirrors in service are scanned, and what was seen is kept."""
    result = site.run("scan")

    rows = {
        line.split("/")[2].split(":")[0]: line
        for line in result.stdout.splitlines()[1:]
    }
    assert result.exit_code == 1
    assert rows[FULL].split()[2:6] == ["4", "3", "0", "0"]
    assert rows[POOR].split()[2:6] == ["3", "1", "1", "1"]
    assert "lists no files: 403 Forbidden" in rows[CLOSED]
    assert OUT not in rows
    assert len(read_holders(site.state.holders).mirrors) == 2


def test_scan_without_writing(site: Site) -> None:
    """It compares beside a running checker, and changes nothing."""
    before = sorted(site.state.index.iterdir())
    with Lock(site.state.lock) as lock:
        assert lock.take()
        refused = site.run("scan", FULL)
        dry = site.run("scan", "--dry-run", "--json", FULL)

    assert (refused.exit_code, dry.exit_code) == (1, 0)
    assert "--dry-run" in refused.stderr
    (found,) = json.loads(dry.stdout)
    assert (found["last"]["held"], found["last"]["missing"]) == (3, 0)
    assert sorted(site.state.index.iterdir()) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_scans_as_the_account_whose_folder_it_is(site: Site) -> None:
    """It leaves nothing of its own, and follows no link of that account's."""
    with TemporaryDirectory(dir="/tmp") as name:
        folder, elsewhere = Path(name) / "site", Path(name) / "elsewhere"
        shutil.copytree(site.folder, folder)
        elsewhere.mkdir()
        state = folder / "state"
        for one in (state, *state.rglob("*")):
            os.chown(one, _NOBODY, _NOBODY)
        for one in (Path(name), folder):
            one.chmod(0o755)
        program = "from mirrorsel.cli.main import main; main()"
        command = [sys.executable, "-c", program, "files", "scan", FULL, "--config"]

        def run() -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*command, folder / "mirrorsel.toml"],
                cwd=Path(__file__).parents[2],
                capture_output=True,
                text=True,
                check=False,
            )

        good = run()
        owners = {one.stat().st_uid for one in state.rglob("*")}
        (state / "index").rename(elsewhere / "index")
        os.chown(elsewhere / "index", 0, 0)
        (elsewhere / "index/holders").unlink()
        (state / "index").symlink_to(elsewhere / "index")
        led_astray = run()

        assert (good.returncode, owners) == (0, {_NOBODY})
        assert "going on as" in good.stderr
        assert "cannot be written: Permission denied" in led_astray.stderr
        assert not (elsewhere / "index/holders").exists()


def test_scan_of_none_that_can_be(site: Site) -> None:
    """Nothing can be told."""
    assert site.run("scan", CLOSED).exit_code == 2


def test_where(site: Site) -> None:
    """Each mirror is told, with what is known of it."""
    site.run("scan")
    result = site.run("where", "--json", NEW)
    found = json.loads(result.stdout)

    assert result.exit_code == 0
    assert [one["presence"] for one in found["mirrors"]] == [
        "has it",
        "lacks it",
        "not scanned",
        "disabled",
    ]
    assert len(found["sha512"]) == 128
    shown = site.run("where", NEW).stdout
    assert "300 bytes" in shown
    assert found["sha256"] in shown


def test_where_it_is_not(site: Site) -> None:
    """A path that is not published is told so."""
    result = site.run("where", "no/such\x1b[31m")

    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


def test_missing(site: Site) -> None:
    """What a mirror lacks, by folder and file by file."""
    site.run("scan")
    shown = site.run("missing", POOR)
    each = site.run("missing", POOR, "--json")

    assert (shown.exit_code, each.exit_code) == (1, 1)
    assert shown.stdout.splitlines()[1].split() == ["-", "1", "httpd"]
    assert shown.stdout.splitlines()[2].split() == ["1", "-", "httpd/2"]
    assert [json.loads(line) for line in each.stdout.splitlines()] == [
        {"path": OLD, "presence": "wrong_size"},
        {"path": NEW, "presence": "missing"},
    ]
    assert site.run("missing", FULL).exit_code == 0


def test_missing_of_a_mirror_that_lists_nothing(site: Site) -> None:
    """It is told why nothing is known."""
    assert "not scanned yet" in site.run("missing", CLOSED).stderr
    site.run("scan")
    result = site.run("missing", CLOSED)

    assert result.exit_code == 2
    assert "lists no files" in result.stderr


def test_verify(site: Site) -> None:
    """A mirror with other content is found out, whatever its sizes."""
    site.run("scan")
    good = site.run("verify", FULL)
    bad = site.run("verify", POOR, "--json")

    assert good.exit_code == 0
    assert "3 of 3 files are the published ones" in good.stdout
    assert bad.exit_code == 1
    (found,) = json.loads(bad.stdout)
    assert found["verdict"] == "different"
    assert found["detail"] == "the right size, and another sha512"


def test_verify_of_a_mirror_that_is_gone(site: Site) -> None:
    """Nothing can be told of it."""
    assert site.run("verify", OUT).exit_code == 2


def test_no_index(site: Site) -> None:
    """It is said what to do."""
    site.state.files.unlink()
    result = site.run("where", NEW)

    assert "`index` of [tree]" in str(result.exception)
