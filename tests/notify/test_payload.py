"""A message as JSON, with its signature."""

import hashlib
import hmac
import json
import re

import pytest

from mirrorsel.health import Standing
from mirrorsel.model import Health
from mirrorsel.notify.context import Context
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.payload import encode, signature
from mirrorsel.notify.receiver import Receiver, Role
from tests.docs.reference import ROOT
from tests.notify.happenings import NOON, QUARANTINED, STALE, UP, URL, happened

_HOOK = Receiver(role=Role.WEBHOOK)
_CONTEXT = Context(
    now=NOON,
    vantage="checker.example.org",
    status_url="https://downloads.example.org/mirrors/",
    slugs={URL: "mirror.example.de"},
)
_EXPECTED = {
    "format": 1,
    "id": "5e0b",
    "sent": "2026-11-29T12:00:00Z",
    "test": False,
    "vantage": "checker.example.org",
    "changes": [
        {
            "url": "https://mirror.example.de/apache/",
            "at": "2026-11-29T12:00:00Z",
            "before": "up",
            "after": "down",
            "outcome": "refused",
            "why": "no connection: Connection refused.",
            "page": "https://downloads.example.org/mirrors/at/mirror.example.de/",
        }
    ],
    "more": 0,
    "text": (
        "mirrorsel: mirror.example.de is down\n\n"
        "Seen by the checker at checker.example.org. Times are in UTC.\n\n"
        "https://mirror.example.de/apache/\n"
        "    2026-11-29 12:00 is down, was up.\n"
        "    Down since just now: 3 probes in a row failed; the last: no\n"
        "    connection: Connection refused. It is used again after 2 good probes\n"
        "    in a row with a fresh tree.\n"
        "    https://downloads.example.org/mirrors/at/mirror.example.de/\n"
    ),
}


def test_body() -> None:
    """The body names the mirror, what it was and is, why, and its page.

    It names no contact.
    """
    event = happened(contact="a@b.example")
    body = encode(Bundle(name="5e0b", receiver=_HOOK, events=(event,)), _CONTEXT)

    assert _EXPECTED == json.loads(body)


def test_body_is_documented() -> None:
    """The document shows that body."""
    text = (ROOT / "docs" / "notifications.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)

    assert _EXPECTED == json.loads(shown)


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        pytest.param(UP, "", id="up"),
        pytest.param(
            STALE, "its files are too old: they are of 2026-11-29 12:00.", id="stale"
        ),
        pytest.param(
            QUARANTINED,
            "its certificate and its files changed at once.",
            id="quarantined",
        ),
    ],
)
def test_why(health: Health, expected: str) -> None:
    """What is out of the choice has a reason."""
    event = happened(Standing.UNKNOWN, health)
    body = json.loads(
        encode(Bundle(name="x", receiver=_HOOK, events=(event,)), _CONTEXT)
    )

    assert expected == body["changes"][0]["why"]


def test_test() -> None:
    """A message of nothing is marked as a test."""
    body = json.loads(encode(Bundle(name="x", receiver=_HOOK, events=()), _CONTEXT))

    assert body["test"] is True
    assert [] == body["changes"]


def test_signature() -> None:
    """The signature is the HMAC of the bytes of the body."""
    expected = hmac.new(b"secret", b"{}", hashlib.sha256).hexdigest()

    assert f"sha256={expected}" == signature(b"{}", b"secret")
