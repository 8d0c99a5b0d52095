"""A message as JSON, with its signature."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import msgspec

from mirrorsel.health import Standing
from mirrorsel.model import Outcome
from mirrorsel.notify.context import Context
from mirrorsel.notify.digest import digest
from mirrorsel.notify.event import Event
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.phrases import cause
from mirrorsel.printable import one_line

SIGNATURE = "X-Mirrorsel-Signature"
"""The header with the signature."""
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change as the webhook tells it."""

    url: str
    """The mirror's base URL."""
    at: datetime
    before: Standing
    after: Standing
    outcome: Outcome | None
    """How the last probe ended."""
    why: str
    """Why it is out of the choice, in words; empty if it is not."""
    page: str
    """The address of its status page; empty if it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What is posted to the webhook; times are in RFC 3339."""

    format: int = _FORMAT
    """The number of this form; another one may have other fields."""
    id: str
    """The same at each try of one message."""
    sent: datetime
    """When this try was made."""
    test: bool
    """Whether this only tries the way, and nothing has changed."""
    vantage: str
    """The name of the place that probes."""
    changes: tuple[Told, ...]
    more: int = 0
    """How many changes there were beyond those."""
    text: str
    """The same in words, as a mail says it."""


def encode(bundle: Bundle, context: Context) -> bytes:
    """Return the body that tells of a bundle; without events it is a test."""
    words = digest(bundle, context)
    payload = Payload(
        id=bundle.name,
        sent=context.now,
        test=not bundle.events,
        vantage=one_line(context.vantage),
        changes=tuple(_told(one, context) for one in bundle.events),
        more=bundle.more,
        text=f"{words.subject}\n\n{words.text}",
    )
    return msgspec.json.encode(payload)


def signature(body: bytes, secret: bytes) -> str:
    """Return what the header says of a body: its HMAC (RFC 2104) with SHA-256."""
    return f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"


def _told(event: Event, context: Context) -> Told:
    return Told(
        url=one_line(event.mirror.url),
        at=event.at,
        before=event.before,
        after=event.after,
        outcome=event.health.outcome,
        why=cause(event).removeprefix("Why: "),
        page=context.page(event.mirror.url),
    )
