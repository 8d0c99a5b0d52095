"""`mirrorsel status --watch`, as a whole program."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.model import Health, Outcome, Snapshot, State
from mirrorsel.state import write_snapshot
from tests.waiting import eventually

PROGRAM = "from mirrorsel.cli.main import main; main()"
URL = "https://mirror.example/"
_ALTERNATE, _BACK = b"\x1b[?1049h", b"\x1b[?1049l"


class Installation:
    """A folder with settings, a list and a snapshot."""

    def __init__(self, folder: Path) -> None:
        self.config = folder / "mirrorsel.toml"
        self.config.write_text("")
        (folder / "state").mkdir()
        self._folder = folder

    def list(self, count: int) -> None:
        """List so many mirrors."""
        lines = [f"http de https://m{number}.example/ -\n" for number in range(count)]
        (self._folder / "mirrors.list").write_text(
            "".join([*lines, f"http de {URL}\n"])
        )

    def believe(self, state: State, quarantine: str = "") -> None:
        """Write a snapshot."""
        now = datetime.now(UTC)
        health = Health(
            state=state,
            since=now,
            checked=now,
            outcome=Outcome.OK,
            quarantine=quarantine,
        )
        snapshot = Snapshot(taken=now, health={URL: health})
        write_snapshot(self._folder / "state" / "snapshot", snapshot)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """Give an installation with one mirror, which is up."""
    made = Installation(tmp_path)
    made.list(0)
    made.believe(State.UP)
    return made


class Watching:
    """A program that watches, with what it has printed so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", output: int) -> None:
        self.process = process
        self.seen = b""
        self._output = output
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def shows(self, text: bytes) -> bool:
        """Return whether something is printed in time."""
        return eventually(lambda: text in self.seen)

    def end(self) -> int:
        """Press Ctrl-C; return the exit code, when all that was printed is read."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=20)
        self._reader.join()
        return code

    def _read(self) -> None:
        try:
            while more := os.read(self._output, 65536):
                self.seen += more
        except OSError:
            # A terminal that its program has left.
            return


@contextmanager
def watching(
    installation: Installation, *arguments: str, terminal: bool = False
) -> Iterator[Watching]:
    """Run the verb, on a terminal of 80 columns and 24 lines or on a pipe."""
    output, theirs = pty.openpty() if terminal else os.pipe()
    if terminal:
        termios.tcsetwinsize(theirs, (24, 80))
    options = ["--config", str(installation.config), *arguments]
    command = [sys.executable, "-c", PROGRAM, "status", "--watch", "0.1", *options]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(
        command, stdin=theirs if terminal else None, stdout=theirs, env=environment
    ) as process:
        os.close(theirs)
        try:
            yield Watching(process, output)
        finally:
            process.kill()
            process.wait()
            os.close(output)


def test_terminal(installation: Installation) -> None:
    """It is kept up to date in place, cut to the window, until Ctrl-C."""
    installation.list(30)
    with watching(installation, terminal=True) as seen:
        assert seen.shows(b"1 up, 0 down")
        installation.believe(State.DOWN)
        assert seen.shows(b"0 up, 1 down")
        assert seen.end() == 1

    first = seen.seen.split(b"0 up, 1 down")[0]
    assert _ALTERNATE in seen.seen
    assert seen.seen.rstrip().endswith(b"\x1b[?25h") or _BACK in seen.seen
    assert b"0.1 s until Ctrl-C" in first
    assert re.search("… [0-9]+ more lines".encode(), first)
    assert b"Traceback" not in seen.seen


def test_quarantine_stands_at_the_top(installation: Installation) -> None:
    """Why a mirror is held, and what to do, is not cut off with the table's end."""
    installation.list(30)
    installation.believe(State.DOWN, "it is another")
    with watching(installation, terminal=True) as seen:
        assert seen.shows(b"is in quarantine: it is another; to lift it, disable")
        seen.end()


def test_pipe(installation: Installation) -> None:
    """There all is printed again with each new snapshot, and no oftener."""
    with watching(installation) as seen:
        assert seen.shows(b"1 up, 0 down")
        installation.believe(State.DOWN)
        assert seen.shows(b"0 up, 1 down")
        assert seen.shows(b"is down")
        installation.believe(State.UP)
        assert eventually(lambda: seen.seen.count(b"1 up, 0 down") > 1)
        code = seen.end()

    assert code == 0
    assert seen.seen.count(b"last cycle") == 3
    assert b"\x1b" not in seen.seen


def test_json(installation: Installation) -> None:
    """Programs get one line with each new snapshot."""
    with watching(installation, "--json") as seen:
        assert seen.shows(b"\n")
        installation.believe(State.DOWN)
        assert eventually(lambda: seen.seen.count(b"\n") > 1)
        code = seen.end()
    counts = [json.loads(line)["counts"] for line in seen.seen.splitlines()]

    assert code == 1
    assert [one["down"] for one in counts] == [0, 1]


def test_before_the_first_cycle(installation: Installation) -> None:
    """It waits for a snapshot; without one it cannot tell."""
    snapshot = installation.config.parent / "state" / "snapshot"
    snapshot.unlink()
    with watching(installation, terminal=True) as seen:
        assert seen.shows(b"mirrorsel checker")
        assert seen.end() == 2
