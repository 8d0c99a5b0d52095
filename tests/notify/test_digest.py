"""The words of a message."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.health import HealthPolicy, Standing
from mirrorsel.model import Health, Outcome, State
from mirrorsel.notify.context import Context
from mirrorsel.notify.digest import digest
from mirrorsel.notify.event import Event
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.phrases import cause
from mirrorsel.notify.receiver import Receiver, Role
from mirrorsel.remedy import remedy
from tests.notify.happenings import (
    DOWN,
    NOON,
    QUARANTINED,
    STALE,
    UP,
    URL,
    happened,
    hostile,
)

_CONTEXT = Context(
    now=NOON + timedelta(minutes=5),
    reference=NOON + timedelta(hours=30),
    vantage="checker.example.org",
    origin="https://downloads.example.org/",
    policy=HealthPolicy(rise=2, fresh_within=72000.0),
    status_url="https://downloads.example.org/mirrors/",
    slugs={URL: "mirror.example.de"},
)

_TO_THE_OPERATOR = """\
Seen by the checker at checker.example.org. Times are in UTC.

https://mirror.example.de/apache/
    2026-11-29 12:00 is down, was up.
    Down for 5 min: 3 probes in a row failed; the last: no connection:
    Connection refused. It is used again after 2 good probes in a row
    with a fresh tree.
    https://downloads.example.org/mirrors/at/mirror.example.de/
"""
_TO_THE_CONTACT = """\
This is the checker of the mirrors of https://downloads.example.org/.
Its list names you as the contact of what follows. Times are in UTC.

https://mirror.example.de/apache/
    2026-11-29 12:00 is stale, was up.
    Up for 5 min, but stale: its tree is 30 h behind the origin's. Until
    it is at most 20 h behind, it is used only where no fresh mirror is
    left.
    Please let the synchronisation run again, and see that it ends well.
    https://downloads.example.org/mirrors/at/mirror.example.de/

A program wrote this at checker.example.org. Answer it if the mirror has
moved or ended, or if it should be no mirror any more.
"""


def bundle(*events: Event, role: Role = Role.OPERATOR, more: int = 0) -> Bundle:
    """Return what one message tells."""
    receiver = Receiver(role=role, address="a@b.example")
    return Bundle(name="x", receiver=receiver, events=events, more=more)


def test_to_the_operator() -> None:
    """The operator reads what changed, why, and whether it ends by itself."""
    found = digest(bundle(happened()), _CONTEXT)

    assert "mirrorsel: mirror.example.de is down" == found.subject
    assert _TO_THE_OPERATOR == found.text


def test_to_the_contact() -> None:
    """The contact reads besides who writes, and what to do."""
    event = happened(Standing.UP, STALE)
    found = digest(bundle(event, role=Role.CONTACT), _CONTEXT)

    assert "mirrorsel: mirror.example.de is stale" == found.subject
    assert _TO_THE_CONTACT == found.text


def test_origin() -> None:
    """Of the origin it is not told when it is used, for it is no mirror."""
    event = happened(url=_CONTEXT.origin)
    text = digest(bundle(event), _CONTEXT).text

    assert "    It is the origin, from which all mirrors copy.\n" in text
    assert "    Why: no connection: Connection refused.\n" in text
    assert "It is used" not in text


def test_no_pages() -> None:
    """Without an address of the status pages none is named."""
    found = digest(bundle(happened()), replace(_CONTEXT, status_url=""))

    assert "https://downloads.example.org/mirrors/" not in found.text


def test_several() -> None:
    """The subject of several counts them, the worst first."""
    events = (
        happened(Standing.DOWN, UP),
        happened(),
        happened(Standing.UP, QUARANTINED),
        happened(Standing.UP, STALE),
        happened(),
    )

    expected = "mirrorsel: 1 in quarantine, 2 down, 1 stale, 1 up"
    assert expected == digest(bundle(*events), _CONTEXT).subject


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param(1, "And 1 more change; the log of mirrorsel has them", id="one"),
        pytest.param(12, "And 12 more changes; the log of mirrorsel has them", id="12"),
    ],
)
def test_more(more: int, expected: str) -> None:
    """What is too much for one message is counted."""
    assert expected in digest(bundle(happened(), more=more), _CONTEXT).text


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(QUARANTINED, "Only those who keep the list", id="quarantine"),
        pytest.param(STALE, "at most 20 h behind", id="stale"),
        pytest.param(DOWN, "after 2 good probes in a row", id="down"),
        pytest.param(UP, "Up for 5 min.", id="up"),
    ],
)
def test_how_it_ends(health: Health, expected: str) -> None:
    """It is told when the mirror is used again, and by whom."""
    text = digest(bundle(happened(Standing.UNKNOWN, health)), _CONTEXT).text

    assert expected in " ".join(text.split())


@pytest.mark.parametrize("outcome", [pytest.param(one, id=one) for one in Outcome])
def test_every_cause(outcome: Outcome) -> None:
    """For each way in which a probe fails there is a cause, and what to do about it.

    But for those ways that are not the mirror's own.
    """
    event = happened(now=Health(state=State.DOWN, outcome=outcome, detail="told"))
    own = outcome not in {
        Outcome.OK,
        Outcome.NO_ROUTE,
        Outcome.NO_CLIENT,
        Outcome.DEFECT,
    }

    assert cause(event).startswith("Why: ")
    assert cause(event).endswith(": told.")
    assert own is bool(remedy(event.health))


def test_trial() -> None:
    """A message of nothing says that it is a test."""
    found = digest(bundle(), _CONTEXT)

    assert "mirrorsel: test" == found.subject
    assert "No mirror has changed." in " ".join(found.text.split())


@given(hostile, hostile, st.sampled_from([Role.OPERATOR, Role.CONTACT]))
def test_hostile_words(detail: str, quarantine: str, role: Role) -> None:
    """Whatever a mirror says, the text is printable lines of 72 columns.

    Only a single word may be longer, and nothing that the mirror says begins a
    line of its own kind.
    """
    health = replace(DOWN, detail=detail, quarantine=quarantine)
    found = digest(bundle(happened(now=health), role=role), _CONTEXT)
    lines = found.text.split("\n")

    assert found.subject.isprintable()
    assert all(one.isprintable() for one in lines)
    assert all(len(one) <= 72 or " " not in one.strip() for one in lines)
    assert [URL] == [one for one in lines if one.startswith("http")]
