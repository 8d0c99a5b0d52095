"""Signals during an edit."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from mirrorsel.cli.edit_signals import ended_by_signals, signals_wait
from tests.threads import beside


@pytest.fixture(params=[signal.SIGHUP, signal.SIGTERM], ids=["HUP", "TERM"])
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """Give a signal that is not ignored, whose handler is in the end the one before."""
    wanted: signal.Signals = request.param
    before = signal.signal(wanted, signal.SIG_DFL)
    yield wanted
    signal.signal(wanted, before)


def test_ended(number: signal.Signals) -> None:
    """A signal ends an edit as Ctrl-C does, and nothing afterwards."""
    before = signal.getsignal(number)
    with pytest.raises(KeyboardInterrupt), ended_by_signals():
        os.kill(os.getpid(), number)

    assert signal.getsignal(number) is before


def test_ignored(number: signal.Signals) -> None:
    """A signal that is ignored from the start, as with nohup, stays ignored."""
    signal.signal(number, signal.SIG_IGN)
    with ended_by_signals():
        os.kill(os.getpid(), number)

    assert signal.getsignal(number) is signal.SIG_IGN


def test_wait(number: signal.Signals) -> None:
    """What must not be cut in two is done before the signal counts."""
    steps: list[str] = []

    def install() -> None:
        with signals_wait():
            os.kill(os.getpid(), number)
            steps.append("installed")

    with ended_by_signals(), pytest.raises(KeyboardInterrupt):
        install()

    assert steps == ["installed"]


def test_wait_beside_a_thread(number: signal.Signals) -> None:
    """A signal waits even where the system gives it to another thread."""
    done = threading.Event()
    with beside(done.wait, end=done.set):
        test_wait(number)
