"""One run of a program that may do anything."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.program import Bounds, Ended, run
from tests.waiting import eventually

_BOUNDS = Bounds(output=1000, file=1000, seconds=2)


def shell(script: str, folder: Path, *, seconds: float = 10) -> Ended:
    """Run a script as a program would be run."""
    with Deadline(seconds) as deadline:
        return run(
            ["/bin/sh", "-c", script],
            folder=folder,
            environment={"PATH": os.defpath},
            deadline=deadline,
            bounds=_BOUNDS,
        )


def gone(process: int) -> bool:
    """Return whether a process ends within a moment; a zombie has ended."""
    stat = Path(f"/proc/{process}/stat")

    def ended() -> bool:
        try:
            return stat.read_text().rpartition(")")[2].split()[0] == "Z"
        except (FileNotFoundError, ProcessLookupError):
            return True

    return eventually(ended, 5)


def test_the_end_of_a_program_is_told(tmp_path: Path) -> None:
    """Its status and both outputs come back."""
    ended = shell("echo out; echo err >&2; exit 3", tmp_path)

    assert Ended(status=3, output=b"out\n", errors=b"err\n") == ended


def test_a_program_has_no_input_and_little_environment(tmp_path: Path) -> None:
    """It reads nothing, runs in its folder, and knows only what it is given."""
    ended = shell("cat; pwd; tty || true", tmp_path)

    assert f"{tmp_path}\nnot a tty\n".encode() == ended.output


def test_a_program_has_little_memory(tmp_path: Path) -> None:
    """As many of them as run side by side leave room on any machine."""
    ended = shell("sleep 0.2; ulimit -v", tmp_path)

    assert b"131072\n" == ended.output


def test_a_program_that_closes_its_outputs_is_waited_for(tmp_path: Path) -> None:
    """The end of the outputs is not the end of the program."""
    ended = shell("exec >&- 2>&-; sleep 0.2; exit 4", tmp_path)

    assert 4 == ended.status


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("yes", id="output"),
        pytest.param("yes >&2", id="errors"),
    ],
)
def test_a_program_that_talks_for_ever_is_ended(tmp_path: Path, script: str) -> None:
    """What it says is bounded."""
    with pytest.raises(FetchError) as caught:
        shell(script, tmp_path)

    assert Outcome.TOO_LARGE == caught.value.outcome


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("sleep 100", id="sleeps"),
        pytest.param("exec >&- 2>&-; sleep 100", id="sleeps-without-outputs"),
        pytest.param("while :; do echo x; sleep 0.1; done", id="trickles"),
        pytest.param("trap '' TERM INT HUP; sleep 100; sleep 100", id="ignores"),
    ],
)
def test_a_program_is_ended_at_the_deadline(tmp_path: Path, script: str) -> None:
    """No program lives longer than it may."""
    before = time.monotonic()
    with pytest.raises(FetchError) as caught:
        shell(f"echo $$ >pid; {script}", tmp_path, seconds=0.5)

    assert Outcome.DEADLINE == caught.value.outcome
    assert time.monotonic() - before < 3
    assert not Path("/proc", (tmp_path / "pid").read_text().strip()).exists()


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("exit 0", id="after-a-good-end"),
        pytest.param("sleep 100", id="at-the-deadline"),
    ],
)
def test_what_a_program_started_ends_with_it(tmp_path: Path, script: str) -> None:
    """Its whole process group is ended."""
    start = "sleep 100 >/dev/null 2>&1 & echo $! >pid"
    try:
        shell(f"{start}; {script}", tmp_path, seconds=0.5)
    except FetchError as error:
        assert Outcome.DEADLINE == error.outcome  # noqa: PT017 - one of two ends

    assert gone(int((tmp_path / "pid").read_text()))


def test_a_program_cannot_fill_the_disk(tmp_path: Path) -> None:
    """A file that grows beyond its bound ends the program."""
    ended = shell("sleep 0.1; exec head -c 5000 /dev/zero >file", tmp_path)

    assert -signal.SIGXFSZ == ended.status
    assert 1000 == (tmp_path / "file").stat().st_size


def test_a_program_cannot_burn_the_processor(tmp_path: Path) -> None:
    """Its processor time is bounded apart from the time on the clock."""
    ended = shell("while :; do :; done", tmp_path, seconds=60)

    assert ended.status in {-signal.SIGXCPU, -signal.SIGKILL}


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """What cannot be run is for the caller to explain."""
    with Deadline(5) as deadline, pytest.raises(FileNotFoundError):
        run(
            [str(tmp_path / "none")],
            folder=tmp_path,
            environment={},
            deadline=deadline,
            bounds=_BOUNDS,
        )


def test_nothing_outlives_this_process(tmp_path: Path) -> None:
    """A checker that ends while a probe runs leaves no program and no folder."""
    script = """
import pathlib, sys, tempfile, threading, time
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.program import Bounds, run

def probe():
    with tempfile.TemporaryDirectory(dir=here) as folder, Deadline(50) as deadline:
        run(
            ["/bin/sh", "-c", f"echo $$ >{here}/pid; mv {here}/pid {here}/p; sleep 50"],
            folder=pathlib.Path(folder), environment={}, deadline=deadline,
            bounds=Bounds(output=1, file=100, seconds=1),
        )

here = pathlib.Path(sys.argv[1])
threading.Thread(target=probe, daemon=True).start()
while not (here / "p").exists():
    pass
# The program may be running before the call that started it has returned.
time.sleep(0.3)
"""
    subprocess.run([sys.executable, "-c", script, tmp_path], check=True, timeout=30)

    assert gone(int((tmp_path / "p").read_text()))
    assert [tmp_path / "p"] == list(tmp_path.iterdir())
