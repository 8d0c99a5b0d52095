"""Verbs about the published files, and which mirror has them."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.files import command
from mirrorsel.errors import StateError
from mirrorsel.state import Lock, StateFolder
from mirrorsel.state.holders import read_holders
from tests import rsync
from tests.cli.program import NOBODY, give_to_nobody, run_program
from tests.httpd.served import open_folder
from tests.loopback import Loopback, answer
from tests.mirror import tree
from tests.scanning.listed import listing
from tests.tree.published import publish

OLD, NEW = "httpd/a-1.tar.gz", "httpd/2/a-2.tar.gz"
PUBLISHED = {OLD: b"one" * 100, NEW: b"two" * 100, "tomcat/b.zip": b"three"}
FULL, POOR, CLOSED, OUT = "127.0.9.1", "127.0.9.2", "127.0.9.3", "127.0.9.4"
GONE = "127.0.9.5"
POOR_FILES = {OLD: b"one", "tomcat/b.zip": b"THREE", "x": b"x"}
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
    whole = found["whole"]
    assert (whole["held"], whole["missing"], whole["protocol"]) == (3, 0, "http")
    assert found["failed"] is False
    for moment in (found["ended"], whole["at"]):
        assert datetime.fromisoformat(moment).tzinfo is not None
    assert sorted(site.state.index.iterdir()) == before


def test_scan_by_another_line_of_the_host(site: Site, tmp_path: Path) -> None:
    """A mirror is listed by rsync where the list has such a line of its host."""
    tree = tmp_path / "published"
    for path, content in PUBLISHED.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(content)
    with rsync.daemon(tree, tmp_path, FULL) as url:
        with (tmp_path / "mirrors.list").open("a") as file:
            file.write(f"rsync de {url}mod/ -\n")
        found = json.loads(site.run("scan", "--json", f"http://{FULL}").stdout)

    assert [one["whole"]["protocol"] for one in found] == ["rsync"]


def test_scan_that_cannot_be_written(site: Site) -> None:
    """It is said so, and promises nothing."""
    (site.state.index / "holders").mkdir()
    result = site.run("scan", FULL)

    assert isinstance(result.exception, StateError)
    assert "cannot be" in str(result.exception)


def test_scan_of_none_that_can_be(site: Site) -> None:
    """Nothing can be told."""
    assert site.run("scan", CLOSED).exit_code == 2


@contextmanager
def of_nobody() -> Iterator[Site]:
    """Return a site with one mirror, whose state folder belongs to another account."""
    with open_folder() as folder, Loopback(listing(PUBLISHED), host=FULL) as server:
        site = Site(folder)
        publish(site.state.path, PUBLISHED)
        (folder / "mirrors.list").write_text(f"http de {server.url} -\n")
        (folder / "mirrorsel.toml").write_text(SETTINGS)
        give_to_nobody(site.state.path)
        yield site


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_leaves_no_files_of_its_own() -> None:
    """What was seen is written by the account whose the state folder is."""
    with of_nobody() as site:
        scan = ("files", "scan", "--config", str(site.folder / "mirrorsel.toml"))
        dry, run = run_program(*scan, "--dry-run"), run_program(*scan)
        made = [*site.state.path.rglob("*")]

        assert (dry.returncode, dry.stderr, run.returncode) == (0, "", 0)
        assert "going on as nobody, who owns" in run.stderr
        assert {one.stat().st_uid for one in made} == {NOBODY}
        assert site.state.scans in made


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_follows_no_link_of_the_owner() -> None:
    """Where the owner of the state folder cannot write, root does not for it."""
    with of_nobody() as site:
        elsewhere = site.folder / "elsewhere"
        site.state.index.rename(elsewhere)
        os.chown(elsewhere, 0, 0)
        (elsewhere / "holders").unlink(missing_ok=True)
        site.state.index.symlink_to(elsewhere)
        config = str(site.folder / "mirrorsel.toml")
        run = run_program("files", "scan", "--config", config)

        assert "cannot be written: Permission denied" in run.stderr
        assert not (elsewhere / "holders").exists()


def test_where(site: Site) -> None:
    """Each mirror is told, with what is known of it."""
    site.run("scan")
    result = site.run("where", "--json", NEW)
    found = json.loads(result.stdout)

    assert result.exit_code == 0
    assert [one["presence"] for one in found["mirrors"]] == [
        "held",
        "missing",
        "not_scanned",
        "disabled",
    ]
    assert len(found["sha512"]) == 128
    shown = site.run("where", NEW).stdout
    assert "300 bytes" in shown
    assert found["sha256"] in shown
    assert "lacks it" in shown


def test_where_it_is_not(site: Site) -> None:
    """A path that is not published is told so."""
    result = site.run("where", "no/such\x1b[31m")

    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "`mirrorsel files index --status`" in result.stderr


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("a-2.tar.gz", f"did you mean {NEW}?", id="the name alone"),
        pytest.param("./tomcat/b.zip", "did you mean tomcat/b.zip?", id="a dot"),
        pytest.param("httpd/2/", "is a folder", id="a folder"),
        pytest.param("", "is a folder", id="the root"),
    ],
)
def test_where_something_else_is_meant(site: Site, path: str, words: str) -> None:
    """What may have been meant is said."""
    result = site.run("where", path)

    assert result.exit_code == 2
    assert words in result.stderr


def test_missing(site: Site) -> None:
    """What a mirror lacks, by folder and file by file."""
    site.run("scan")
    shown = site.run("missing", POOR)
    each = site.run("missing", POOR, "--json")

    assert (shown.exit_code, each.exit_code) == (1, 1)
    assert shown.stdout.splitlines()[1].split() == ["-", "1", "httpd"]
    assert shown.stdout.splitlines()[2].split() == ["1", "-", "httpd/2"]
    assert [json.loads(line) for line in each.stdout.splitlines()] == [
        {"path": NEW, "presence": "missing"},
        {"path": OLD, "presence": "wrong_size"},
    ]
    assert site.run("missing", POOR, "--files").stdout.splitlines() == [
        f"missing\t{NEW}",
        f"wrong_size\t{OLD}",
    ]
    assert site.run("missing", FULL).exit_code == 0


def test_missing_of_a_mirror_that_lists_nothing(site: Site) -> None:
    """It is told why nothing is known."""
    assert "not scanned yet" in site.run("missing", CLOSED).stderr
    site.run("scan")
    result = site.run("missing", CLOSED)

    assert result.exit_code == 2
    assert "lists no files" in result.stderr
    assert "is out of service" in site.run("missing", OUT).stderr


def test_verify(site: Site) -> None:
    """A mirror with other content is found out, whatever its sizes."""
    site.run("scan")
    good = site.run("verify", FULL)
    bad = site.run("verify", POOR, "--json")

    assert good.exit_code == 0
    assert "3 of 3 files are the published ones; 605 bytes compared" in good.stdout
    assert bad.exit_code == 1
    (found,) = json.loads(bad.stdout)
    assert found["verdict"] == "different"
    assert found["detail"] == "the right size, and another sha512"


def test_verify_of_a_mirror_that_is_gone(site: Site) -> None:
    """Nothing can be told of it."""
    assert site.run("verify", OUT).exit_code == 2


def test_verify_gives_up(site: Site) -> None:
    """A mirror that sends nothing is not asked for each of many files."""
    many = {f"a{number}": b"x" * 9 for number in range(9)}
    publish(site.state.path, many)
    with Loopback(answer(b"", "500 Oh"), host=GONE) as server:
        (site.folder / "mirrors.list").write_text(f"http de {server.url} -\n")
        result = site.run("verify", GONE)

    assert result.exit_code == 2
    assert "did not send 3 files in a row; 9 more were not" in result.stderr
    assert len(server.requests) == 3


def test_verify_shows_the_worst_last(site: Site) -> None:
    """What is wrong stands above the prompt, however many are right."""
    publish(site.state.path, PUBLISHED)
    behaviour = tree({**PUBLISHED, NEW: b"TWO" * 100})
    with Loopback(behaviour, host=GONE) as server:
        (site.folder / "mirrors.list").write_text(f"http de {server.url} -\n")
        result = site.run("verify", GONE)

    *rows, note = result.stdout.splitlines()
    assert result.exit_code == 1
    assert [one.split()[0] for one in rows] == ["same", "same", "different"]
    assert "2 of 3 files" in note


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param(SETTINGS, "`mirrorsel doctor`", id="not yet"),
        pytest.param("", "set `index` of [tree]", id="off"),
        pytest.param(
            '[checker]\nenabled = false\n[tree]\nindex = "origin"\n',
            "copy it from where one is made",
            id="made elsewhere",
        ),
    ],
)
def test_no_index(site: Site, settings: str, words: str) -> None:
    """It is said what to do."""
    site.state.files.unlink()
    (site.folder / "mirrorsel.toml").write_text(settings)
    result = site.run("where", NEW)

    assert words in str(result.exception)


def test_an_index_that_is_not_used(site: Site) -> None:
    """Where the settings want none, it is said that an old one is shown."""
    (site.folder / "mirrorsel.toml").write_text("")

    assert "the settings want no index" in site.run("where", NEW).stderr
