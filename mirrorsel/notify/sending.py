"""The messages of one moment, on their ways out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mirrorsel.config import Settings
from mirrorsel.net import Limits
from mirrorsel.notify.context import Context
from mirrorsel.notify.digest import digest
from mirrorsel.notify.failure import Failure
from mirrorsel.notify.letter import letter
from mirrorsel.notify.mail import Account, send_mails
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.payload import encode
from mirrorsel.notify.receiver import Role
from mirrorsel.notify.webhook import send_hook

LIMITS = Limits(timeout=10, deadline=30, size=0, redirects=0, private_addresses=True)
"""What one session with a mail server, or one post, may cost.

Both servers are the operator's own choice, so that any address will do.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a try of one message."""

    bundle: Bundle
    failure: Failure | None
    """None if it went out."""


def send(
    bundles: Sequence[Bundle], settings: Settings, context: Context, limits: Limits
) -> Iterator[Sent]:
    """Send messages once, the webhook's first; all mails go in one session."""
    for bundle in bundles:
        if bundle.receiver.role is Role.WEBHOOK:
            failure = send_hook(settings, encode(bundle, context), limits)
            yield Sent(bundle=bundle, failure=failure)
    by_mail = [one for one in bundles if one.receiver.role is not Role.WEBHOOK]
    if by_mail:
        yield from _send_mails(by_mail, settings, context, limits)


def _send_mails(
    bundles: list[Bundle], settings: Settings, context: Context, limits: Limits
) -> Iterator[Sent]:
    mails = [
        letter(
            digest(one, context),
            sender=settings.notify.sender,
            to=one.receiver.address,
            name=one.name,
            now=context.now,
        )
        for one in bundles
    ]
    failures = send_mails(Account.of(settings), mails, limits)
    for bundle, failure in zip(bundles, failures, strict=True):
        yield Sent(bundle=bundle, failure=failure)
