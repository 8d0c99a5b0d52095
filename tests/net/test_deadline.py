"""The end of a fetch, by a clock that stands still while this process does."""

import threading
import time

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Deadline, Limits, fetch
from tests.loopback import Connection, Loopback, answer
from tests.pausing import pause

_BODY = b"1700000000 mirror\n"


def test_own_pause_is_not_held_against_a_mirror() -> None:
    """An answer that came in time counts, however late this process reads it."""

    def behave(connection: Connection) -> None:
        answer(_BODY)(connection)
        pause(1.5)

    limits = Limits(timeout=0.5, deadline=0.5, private_addresses=True)
    with Loopback(behave) as mirror:
        assert _BODY == fetch(mirror.url, limits).body


def test_own_pause_passes_no_time() -> None:
    """Of a pause hardly anything is taken from the time that is left."""
    with Deadline(1) as deadline:
        pause(1.5)

        assert deadline.remaining > 0.5
        assert not deadline.is_over


def test_time_passes_otherwise() -> None:
    """While this process runs, the end comes when it was to come."""
    start = time.monotonic()
    with Deadline(0.3) as deadline:
        while not deadline.is_over:
            time.sleep(0.01)

    assert 0.3 <= time.monotonic() - start
    with pytest.raises(FetchError) as caught:
        deadline.check()
    assert (Outcome.DEADLINE, "not done within 0.3 s") == (
        caught.value.outcome,
        caught.value.detail,
    )


def test_call_that_knows_no_timeout() -> None:
    """What it returns or raises is its own; it is given up at the end."""
    stuck = threading.Event()
    with Deadline(0.3) as deadline:
        assert deadline.wait_for(lambda: "found") == "found"
        with pytest.raises(ZeroDivisionError):
            deadline.wait_for(lambda: 1 // 0)
        with pytest.raises(FetchError) as caught:
            deadline.wait_for(stuck.wait)
    stuck.set()

    assert caught.value.outcome is Outcome.DEADLINE


def test_call_takes_one_thread() -> None:
    """Each probe waits for a few calls: more threads would hold up each other."""
    with Deadline(5) as deadline:
        before = {*threading.enumerate()}
        during = deadline.wait_for(lambda: {*threading.enumerate()})

    assert len(during - before) == 1
