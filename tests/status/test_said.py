"""What of a probe is said in public."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mirrorsel.health import Change
from mirrorsel.model import Outcome, State
from mirrorsel.status import decided, plain_words, reason


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("10.1.2.3 is private", "a private address is private", id="IPv4"),
        pytest.param("to 10.0.0.1:80", "to a private address:80", id="with a port"),
        pytest.param("[fe80::1%eth0]:80", "[a private address]:80", id="IPv6"),
        pytest.param(
            "::1, 127.0.0.1", "a private address, a private address", id="own"
        ),
        pytest.param("8.8.8.8 refused", "8.8.8.8 refused", id="public"),
        pytest.param("2001:4860:4860::8888", "2001:4860:4860::8888", id="public IPv6"),
        pytest.param("12:30:45, 1.2.3.4.5", "12:30:45, 1.2.3.4.5", id="no address"),
        pytest.param("a\nb\x1b[31m\u202ec", "a b [31m c", id="control characters"),
    ],
)
def test_words_for_everybody(text: str, shown: str) -> None:
    """They are on one line, in their own order, and give no private address away."""
    assert shown == plain_words(text)


@pytest.mark.parametrize(
    ("outcome", "shown"),
    [
        pytest.param(Outcome.STATUS, "bad status: /usr/lib: gone", id="of the mirror"),
        pytest.param(Outcome.DEFECT, "defect of the probe", id="defect"),
        pytest.param(Outcome.NO_CLIENT, "not probed", id="no program"),
        pytest.param(Outcome.OK, "answers", id="good"),
    ],
)
def test_our_own_machine_is_not_told_of(outcome: Outcome, shown: str) -> None:
    """What failed on this side is named, without paths and the like."""
    assert shown == reason(outcome, "/usr/lib: gone", "http://x.example/")


def test_why_a_state_changed() -> None:
    """A quarantine is told with its reason, and an old tree as one; neither leaks."""
    change = Change(
        url="http://one.example/",
        at=datetime(2026, 11, 29, tzinfo=UTC),
        before=State.UP,
        after=State.UP,
        stale=True,
        outcome=Outcome.OK,
        detail="",
    )
    held = replace(change, quarantine="it is answered by 10.0.0.1")

    assert decided(change) == "answers, with a tree that is too old"
    assert decided(held) == "it is answered by a private address"
    assert decided(replace(change, outcome=None)) == ""
