"""The places for scans, of which slow mirrors never hold all."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from mirrorsel.state import StateFolder
from tests.loopback import Loopback, trickling_body
from tests.scanning.life import Life
from tests.scanning.listed import listing
from tests.tree.published import publish
from tests.waiting import wait_for

PUBLISHED = {"KEYS": b"k", "a/1": b"1"}


@pytest.fixture
def state(tmp_path: Path) -> StateFolder:
    """Return a state folder with the index of a few files, and no scan."""
    publish(tmp_path / "state", PUBLISHED)
    state = StateFolder(tmp_path / "state")
    state.holders.unlink()
    return state


def test_a_mirror_that_returns_waits_for_no_slow_ones(state: StateFolder) -> None:
    """It serves nothing before its scan, and so has a place of its own."""
    with ExitStack() as stack:
        good = stack.enter_context(Loopback(listing(PUBLISHED), host="127.0.8.1"))
        slow = [
            stack.enter_context(Loopback(trickling_body, host=f"127.0.8.{at}"))
            for at in range(2, 6)
        ]
        life = Life(state, good.url, *(one.url for one in slow), jobs=3)
        stack.callback(life.end)
        wait_for(lambda: life.step(up=[good.url]) == {good.url}, 20)
        wait_for(
            lambda: (
                life.step(out=[good.url]) == set()
                and sum(bool(one.requests) for one in slow) >= 2
            ),
            20,
        )
        good.requests.clear()
        wait_for(lambda: life.step() == {good.url}, 20)

        assert good.requests
        assert sum(bool(one.requests) for one in slow) == 2


def test_one_place_is_for_all(state: StateFolder) -> None:
    """Where only one mirror is scanned at once, none is kept out for ever."""
    with Loopback(listing(PUBLISHED)) as server:
        life = Life(state, server.url, jobs=1)
        wait_for(lambda: life.step() == {server.url}, 20)
