"""One message that only tries the way."""

import platform
import uuid
from collections.abc import Iterator
from datetime import datetime

from mirrorsel.config import Settings
from mirrorsel.net import Limits
from mirrorsel.notify.context import Context
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.receiver import Role, standing_receivers
from mirrorsel.notify.sending import LIMITS, Sent, send


def try_out(
    settings: Settings, role: Role | None, now: datetime, limits: Limits = LIMITS
) -> Iterator[Sent]:
    """Send a test to the operator, the webhook or, without a role, to both."""
    bundles = [
        Bundle(name=uuid.uuid4().hex, receiver=one, events=())
        for one in standing_receivers(settings.notify)
        if role in {None, one.role}
    ]
    vantage = settings.checker.vantage or platform.node()
    context = Context(now=now, vantage=vantage, origin=settings.list.origin)
    return send(bundles, settings, context, limits)
