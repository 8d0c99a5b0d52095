"""What the checker remembers, as the status pages read it."""

import logging
from pathlib import Path

import pytest

from mirrorsel.state import StateFolder, write_history
from mirrorsel.web.past import Past
from tests.web.status_site import US, past


@pytest.fixture(name="state")
def fixture_state(tmp_path: Path) -> StateFolder:
    """Return an empty state folder."""
    return StateFolder(tmp_path)


def test_nothing_is_remembered_yet(
    state: StateFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """A first start has neither history nor probes, which is nothing wrong."""
    found = Past(state)
    found.poll()

    assert (found.history, found.probes(US), caplog.records) == (None, (), [])


def test_a_history_that_cannot_be_used_is_told_once(
    state: StateFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """The last good one is shown meanwhile, and the next one counts."""
    write_history(state.history, past())
    found = Past(state)
    state.history.write_text("[")
    found.poll()
    found.poll()

    assert found.history == past()
    [record] = caplog.records
    assert (logging.ERROR, True) == (
        record.levelno,
        record.message.endswith("; the last good version is shown"),
    )


def test_probes_that_cannot_be_read_are_none(state: StateFolder) -> None:
    """A page is shown all the same."""
    state.probes.write_text("no folder")

    assert () == Past(state).probes(US)


def test_the_published_list_is_kept_up(state: StateFolder) -> None:
    """The last whole one is there, whatever becomes of the file."""
    found = Past(state)
    nothing = found.published
    state.published_list.parent.mkdir()
    state.published_list.write_text("# one\n")
    found.poll()
    one = found.published
    state.published_list.unlink()
    found.poll()

    assert nothing is None
    assert one is not None
    assert (b"# one\n", one) == (one.body, found.published)
    assert 0 == one.changed.microsecond
