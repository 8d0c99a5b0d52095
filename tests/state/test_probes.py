"""The logs of probes."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mirrorsel.errors import StateError
from mirrorsel.model import Attempt, Certificate, Outcome, ProbeResult
from mirrorsel.state import append_probe, append_probes, forget_probes, read_probes

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
URL = "https://mirror.example/"
# Appends until it is killed.
_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from mirrorsel.model import Outcome, ProbeResult
from mirrorsel.state import append_probe
while True:
    append_probe(Path(sys.argv[1]), ProbeResult(
        url="https://mirror.example/", at=datetime.now(UTC), outcome=Outcome.DNS,
        detail="x" * 5000))
    print(flush=True)
"""


def probe(number: int = 0, url: str = URL) -> ProbeResult:
    """Return what one probe saw."""
    return ProbeResult(
        url=url,
        at=NOW + timedelta(minutes=number),
        outcome=Outcome.STATUS,
        detail="404 \N{SNOWMAN}",
        attempts=(Attempt(family=4, outcome=Outcome.STATUS),),
        certificate=Certificate(expiry=NOW, issuer="A"),
    )


def only_file(folder: Path) -> Path:
    """Return the only file in a folder."""
    (found,) = folder.iterdir()
    return found


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Each mirror's probes come back in their order, and no other's."""
    folder = tmp_path / "probes"
    append_probes(folder, [probe(1), probe(5, "https://other.example/"), probe(2)])

    assert (probe(1), probe(2)) == read_probes(folder, URL)


def test_other_accounts_can_read(tmp_path: Path) -> None:
    """Folder and files can be read by everyone, whatever the umask."""
    folder = tmp_path / "probes"
    before = os.umask(0o077)
    try:
        append_probe(folder, probe())
    finally:
        os.umask(before)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert stat.S_IMODE(only_file(folder).stat().st_mode) == 0o644


def test_size_is_bounded(tmp_path: Path) -> None:
    """A log keeps to two files; the newest probes are those that are kept."""
    probes = [probe(number) for number in range(1500)]
    append_probes(tmp_path, probes)
    kept = read_probes(tmp_path, URL)

    assert len(list(tmp_path.iterdir())) == 2
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 257 * 1024
    assert 500 < len(kept) < 1500
    assert tuple(probes[-len(kept) :]) == kept


def test_killed_while_it_was_set_aside(tmp_path: Path) -> None:
    """A log that was set aside, with no new one yet, is read and goes on."""
    append_probe(tmp_path, probe(1))
    log = only_file(tmp_path)
    log.rename(f"{log}.1")

    assert (probe(1),) == read_probes(tmp_path, URL)
    append_probe(tmp_path, probe(2))
    assert (probe(1), probe(2)) == read_probes(tmp_path, URL)


def test_killed_while_appending(tmp_path: Path) -> None:
    """A writer that is killed at any moment costs at most the last probe."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, tmp_path], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
        writer.kill()
    append_probe(tmp_path, probe())

    assert 4 <= len(read_probes(tmp_path, URL))
    assert probe() == read_probes(tmp_path, URL)[-1]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x00\xff\xfe" * 1000, id="binary"),
        pytest.param(b"\n" * 300_000, id="empty-lines"),
        pytest.param(b'{"format":1,"probe":' + b"[" * 100_000, id="nested"),
        pytest.param(b'{"format":1,"probe":{"url":7}}', id="of-wrong-types"),
        pytest.param(
            b'{"format":1,"probe":{"url":"https://mirror.example/",'
            b'"at":"2026-11-29T12:00:00","outcome":"ok"}}',
            id="without-zone",
        ),
        pytest.param(
            b'{"format":1,"probe":{"url":"https://other.example/",'
            b'"at":"2026-11-29T12:00:00Z","outcome":"ok"}}',
            id="of-another-mirror",
        ),
        pytest.param(b"x" * 5_000_000, id="one-huge-line"),
    ],
)
def test_hostile_lines_are_passed_over(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in a log, only sound probes of its mirror are read."""
    append_probe(tmp_path, probe())
    log = only_file(tmp_path)
    log.write_bytes(content + b"\n" + log.read_bytes())

    assert (probe(),) == read_probes(tmp_path, URL)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(os.mkfifo, "not an ordinary file", id="named-pipe"),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"), "not an ordinary", id="device"
        ),
        pytest.param(lambda _: None, "No such file", id="missing"),
    ],
)
def test_what_is_not_read(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    """What is no file is told, and never waited for."""
    append_probe(tmp_path, probe())
    log = only_file(tmp_path)
    log.unlink()
    make(log)

    with pytest.raises(StateError, match=message):
        read_probes(tmp_path, URL)


def test_links_of_other_owners_are_not_followed(tmp_path: Path) -> None:
    """The checker's account cannot show what its readers alone can read."""
    append_probe(tmp_path, probe())
    log = only_file(tmp_path)
    log.unlink()
    log.symlink_to("/etc/passwd")
    if os.geteuid() == 0:
        os.chown(log, 1, 1, follow_symlinks=False)

    with pytest.raises(StateError, match="another owner"):
        read_probes(tmp_path, URL)


def test_one_that_cannot_be_written(tmp_path: Path) -> None:
    """A log that cannot be written is told, and holds up no other."""
    append_probe(tmp_path, probe())
    log = only_file(tmp_path)
    log.unlink()
    log.mkdir()
    other = probe(1, "https://other.example/")
    with pytest.raises(StateError, match="cannot be written"):
        append_probes(tmp_path, [probe(), other])

    assert (other,) == read_probes(tmp_path, other.url)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in the place of the folder is told."""
    (tmp_path / "probes").touch()
    with pytest.raises(StateError, match="cannot be made"):
        append_probe(tmp_path / "probes", probe())


def test_old_logs_are_removed(tmp_path: Path) -> None:
    """Logs go when their mirror is not listed and was not probed for 30 days."""
    listed = aged_log(tmp_path, "listed", days=31)
    recent = aged_log(tmp_path, "recent", days=29)
    gone = aged_log(tmp_path, "gone", days=31)
    gone.rename(f"{gone}.1")
    note = tmp_path / "note"
    gone_again = aged_log(tmp_path, "gone", days=31)
    note.touch()
    os.utime(note, (0, 0))
    forget_probes(tmp_path, ["listed"], NOW)

    assert gone == gone_again
    assert {listed, recent, note} == set(tmp_path.iterdir())


def aged_log(folder: Path, url: str, *, days: int) -> Path:
    """Make a log that was last written so long ago."""
    before = set(folder.iterdir())
    append_probe(folder, probe(0, url))
    (log,) = set(folder.iterdir()) - before
    time = (NOW - timedelta(days=days)).timestamp()
    os.utime(log, (time, time))
    return log


def test_nothing_to_remove(tmp_path: Path) -> None:
    """Without a folder there is nothing to remove."""
    forget_probes(tmp_path / "probes", [], NOW)

    assert not (tmp_path / "probes").exists()
