"""Programs that start an httpd for a while do not leave it behind."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import eventually

ROOT = Path(__file__).parents[2]
# A program begins as at a terminal, however these tests were started.
TERMINAL = ("env", "--default-signal=HUP,INT")
# In the place of the program that makes the load.
WRK = """#!/bin/sh
[ "$1" = -v ] && exit
touch "$0.started"
exec sleep 60
"""
# A daemon as ever, and a client that gets no answer.
RSYNC = """#!/bin/sh
case "$*" in *--daemon*) exec {real} "$@" ;; esac
touch "$0.started"
exec sleep 60
"""

WAITING = """
import signal
from bench.ending import end_in_order
end_in_order()
print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN, flush=True)
signal.pause()
"""


@pytest.mark.parametrize(
    ("before", "ignored"),
    [
        pytest.param(TERMINAL, False, id="at a terminal"),
        pytest.param(("nohup",), True, id="with nohup"),
    ],
)
def test_a_benchmark_ends_in_order(before: tuple[str, ...], *, ignored: bool) -> None:
    """Ctrl-C leaves no traceback, and a terminal that is closed counts if it may."""
    with subprocess.Popen(
        [*before, sys.executable, "-c", WAITING],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)

    assert said == f"{ignored}\n"
    assert (process.returncode, complaints) == (128 + signal.SIGINT, "")


@pytest.mark.httpd
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("bench", "--only", "scenarios"), id="scenarios"),
        pytest.param(("bench.files", "requests", "--served", "400"), id="index"),
    ],
)
def test_the_benchmark_ends(
    tmp_path: Path, arguments: tuple[str, ...], number: signal.Signals
) -> None:
    """Whatever ends a benchmark ends its servers and the load."""
    wrk = tmp_path / "wrk"
    wrk.write_text(WRK)
    wrk.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    started = tmp_path / "wrk.started"

    module, *more = arguments
    assert _left_by(module, number, *more, ready=started, path=path) == set()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_scans_end(tmp_path: Path, number: signal.Signals) -> None:
    """Whatever ends the scans ends the mirror, the scanner and its client."""
    rsync = tmp_path / "rsync"
    rsync.write_text(RSYNC.format(real=shutil.which("rsync")))
    rsync.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    started = tmp_path / "rsync.started"

    assert (
        _left_by(
            "bench.files", number, "scan", "--listed", "50", ready=started, path=path
        )
        == set()
    )


@pytest.mark.httpd
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_check_of_pages_ends(tmp_path: Path, number: signal.Signals) -> None:
    """Whatever ends the check ends its server."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for count in range(600):
        (pages / f"{count}.html").write_text("[preferred]")
    output = tmp_path / "output"

    assert _left_by("bench.check_pages", number, str(pages), ready=output) == set()


def _left_by(
    module: str,
    number: signal.Signals,
    *arguments: str,
    ready: Path,
    path: str = os.environ["PATH"],
) -> set[int]:
    """End a program when a file has something to show; return what it leaves."""
    output = ready.parent / "output"
    with (
        output.open("wb") as sink,
        subprocess.Popen(
            [*TERMINAL, sys.executable, "-u", "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, "PATH": path},
            stdout=sink,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        shown = eventually(lambda: ready.exists() and _has_begun(ready), seconds=60)
        begun = _descendants(process.pid)
        process.send_signal(number)
        process.wait(60)

    assert (shown, len(begun) > 1) == (True, True)
    assert process.returncode != 0
    # What was told to end may take a moment longer than who told it.
    eventually(lambda: not _alive(begun))
    return _alive(begun)


def _alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


def _has_begun(ready: Path) -> bool:
    return ready.suffix == ".started" or ready.stat().st_size > 0


def _descendants(pid: int) -> set[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = {int(one) for task in tasks for one in task.read_text().split()}
    return children.union(*(_descendants(child) for child in children))
