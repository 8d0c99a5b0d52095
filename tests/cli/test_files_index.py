"""`mirrorsel files index`."""

import json
import os
import pwd
import shutil
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.files import command
from mirrorsel.cli.files_index_shown import show_standing
from mirrorsel.errors import StateError
from mirrorsel.httpd.home import home_of
from mirrorsel.indexing import IndexStanding, Phase, Progress
from mirrorsel.model import Snapshot
from mirrorsel.state import Lock, StateFolder, write_snapshot
from tests.cli.program import NOBODY, give_to_nobody, run_program
from tests.httpd.served import open_folder
from tests.indexing.trees import lay, published
from tests.terminal.session import session

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
SETTINGS = '[tree]\nindex = "folder"\nfolder = "tree"\n'


class Site:
    """An installation with a small tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = StateFolder(folder / "state")
        self.tree = lay(folder / "tree", {"a/one": b"1", "two": b"22"})
        self.settings = folder / "mirrorsel.toml"
        self.settings.write_text(SETTINGS)
        self.state.path.mkdir()

    def run(self, *arguments: str) -> Result:
        """Run the verb."""
        config = ["--config", str(self.settings)]
        return CliRunner().invoke(command, ["index", *config, *arguments])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an installation without an index."""
    return Site(tmp_path)


def test_an_index_is_made(site: Site) -> None:
    """It is there for readers, and what was done is said."""
    result = site.run()

    assert result.exit_code == 0
    assert set(published(site.state.path)) == {"a/one", "two"}
    assert "2 files, 3 bytes" in result.output
    assert "2 new or changed, 0 gone" in result.output


def test_json(site: Site) -> None:
    """Programs get all of it, with and without a round."""
    made = json.loads(site.run("--json").stdout)
    shown = json.loads(site.run("--status", "--json").stdout)

    assert made == shown
    assert made["root"] == str(site.tree)
    assert (made["files"], made["bytes"], made["read_files"]) == (2, 3, 2)


def test_findings(site: Site) -> None:
    """A file that its hash file contradicts is a finding."""
    lay(site.tree, {"two.sha256": b"0" * 64})

    result = site.run()

    assert result.exit_code == 1
    assert "1 disputed" in result.output
    assert "two is disputed: two.sha256 has another SHA-256" in result.output
    assert site.run("--status").exit_code == 1


def test_a_loss_is_a_finding_until_it_is_accepted(site: Site) -> None:
    """What is gone altogether is kept until somebody says that it was meant."""
    site.run()
    (site.tree / "two").unlink()
    (site.tree / "a/one").unlink()

    lost, accepted = site.run(), site.run("--accept-loss")

    assert (lost.exit_code, accepted.exit_code) == (1, 0)
    assert "is the tree mounted? If it was meant, see --accept-loss" in lost.output
    assert "2 files, of which 0 files, 0 bytes are there" in lost.output
    assert published(site.state.path) == {}


def test_where_it_is_made(site: Site) -> None:
    """The checker of `mirrorsel serve` has a state folder of its own."""
    served = StateFolder(home_of(site.settings) / "state")
    served.path.mkdir(parents=True)
    write_snapshot(served.snapshot, Snapshot(taken=NOW, vantage="here"))
    try:
        assert site.run().exit_code == 0
        assert set(published(served.path)) == {"a/one", "two"}
        assert not list(site.state.path.iterdir())
    finally:
        shutil.rmtree(served.path.parent)


@pytest.mark.parametrize(
    ("settings", "arguments", "words"),
    [
        pytest.param(
            "", [], "The settings want no index: set `index` of [tree]", id="off"
        ),
        pytest.param(SETTINGS, ["--status"], "the checker makes it, if it", id="none"),
        pytest.param(
            '[tree]\nindex = "folder"\nfolder = "none"\n',
            [],
            "none: the published tree cannot be read: No such file",
            id="no tree",
        ),
    ],
)
def test_no_index(site: Site, settings: str, arguments: list[str], words: str) -> None:
    """Why there is none is said, and it cannot tell."""
    site.settings.write_text(settings)

    result = site.run(*arguments)

    assert words in result.output + str(result.exception)
    assert result.exit_code == 2 or isinstance(result.exception, StateError)


def test_a_checker_runs(site: Site) -> None:
    """It keeps the index itself, and says how it stands."""
    site.run()
    with Lock(site.state.lock) as lock:
        assert lock.take()
        refused, shown = site.run(), site.run("--status")

    assert isinstance(refused.exception, StateError)
    assert "`mirrorsel files index --status`" in str(refused.exception)
    assert shown.exit_code == 0


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        pytest.param(
            Progress(phase=Phase.LOOK, files=1234),
            "looking, 1,234 files so far (3 min ago)",
            id="looking",
        ),
        pytest.param(
            Progress(
                phase=Phase.READ,
                due_files=1,
                due_bytes=4_000_000,
                done_bytes=1_000_000,
            ),
            "reading, 0 of 1 file, 1.0 MB of 4.0 MB (3 min ago)",
            id="reading",
        ),
    ],
)
def test_a_round_under_way(
    capsys: pytest.CaptureFixture[str], progress: Progress, words: str
) -> None:
    """How far the checker has come is shown, also before the first index."""
    at = NOW - timedelta(minutes=3)
    show_standing(IndexStanding(root="/srv/dist", at=at, progress=progress), NOW)

    shown = capsys.readouterr().out
    assert words in shown
    assert "not whole yet" in shown


def test_on_a_terminal(site: Site) -> None:
    """A bar tells how far it has come, and goes when it is done."""
    with (site.tree / "large").open("wb") as file:
        file.truncate(2**29)
    with session("files", "index", "--config", site.settings, columns=70) as person:
        person.sees("Reading", "of 3 files", "MB")
        code = person.ends()

    assert code == 0
    assert "3 files, 536.9 MB" in person.seen


def test_interrupted_and_gone_on(site: Site) -> None:
    """Ctrl-C ends it at once, and nothing is left lying about."""
    with (site.tree / "large").open("wb") as file:
        file.truncate(2**39)
    with session("files", "index", "--config", site.settings) as person:
        person.sees("Reading")
        person.presses("c")
        assert person.ends() == 2
    (site.tree / "large").unlink()

    assert "interrupted" in person.seen
    assert site.run().exit_code == 0
    assert set(published(site.state.path)) == {"a/one", "two"}


@pytest.fixture
def open_site() -> Iterator[Site]:
    """Give an installation that every account can enter."""
    with open_folder() as folder:
        yield Site(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_leaves_no_files_of_its_own(open_site: Site) -> None:
    """It goes on as the account whose the state folder is, and says so."""
    give_to_nobody(open_site.state.path)

    run = run_program("files", "index", "--config", str(open_site.settings))

    assert run.returncode == 0
    owner = pwd.getpwuid(NOBODY).pw_name
    assert f"going on as {owner}, who owns {open_site.state.path}" in run.stderr
    made = [*open_site.state.path.rglob("*")]
    assert {one.stat().st_uid for one in made} == {NOBODY}
    assert open_site.state.files in made


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_makes_no_state_folder(open_site: Site) -> None:
    """Whose it is to be is for the checker to say."""
    open_site.state.path.rmdir()

    run = run_program("files", "index", "--config", str(open_site.settings))

    assert run.returncode == 2
    assert "it is made by the checker, so start that first" in run.stderr


def test_killed_while_it_holds_the_lock(site: Site) -> None:
    """Whoever comes next finds no lock in the way."""
    with (site.tree / "large").open("wb") as file:
        file.truncate(2**39)
    with session("files", "index", "--config", site.settings) as person:
        person.sees("Reading")
        person.sends(signal.SIGKILL)
        assert person.ends() == -signal.SIGKILL
    (site.tree / "large").unlink()

    assert site.run().exit_code == 0
