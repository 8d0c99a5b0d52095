"""Who is told of what."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.config import NotifySettings
from mirrorsel.notify.event import Event
from mirrorsel.setting import is_mailbox

_PARTS = re.compile(r"[\s,;<>()\"']+")
# One mirror's line cannot make a crowd of receivers.
_MOST_ADDRESSES = 3


class Role(StrEnum):
    """What a receiver is to the mirrors."""

    OPERATOR = "operator"
    CONTACT = "contact"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody who is told, or a program."""

    role: Role
    address: str = ""
    """The mail address; empty for the webhook."""

    def __str__(self) -> str:
        """Return it as the log names it; a webhook's URL may be a secret."""
        if self.role is Role.WEBHOOK:
            return "the webhook"
        return f"mail to the {self.role} {self.address}"


def standing_receivers(settings: NotifySettings) -> tuple[Receiver, ...]:
    """Return those who are told of everything: the operator's, then the webhook."""
    operators = settings.operator if settings.smtp_host else ()
    webhooks = ("",) if settings.webhook else ()
    return (
        *(Receiver(role=Role.OPERATOR, address=one) for one in operators),
        *(Receiver(role=Role.WEBHOOK) for _ in webhooks),
    )


def is_wanted(receiver: Receiver, settings: NotifySettings) -> bool:
    """Return whether the settings have a receiver told."""
    if receiver.role is Role.CONTACT:
        return settings.contacts and bool(settings.smtp_host)
    return receiver in standing_receivers(settings)


def tells_anybody(settings: NotifySettings) -> bool:
    """Return whether anybody may be told anything."""
    contacts = settings.contacts and bool(settings.smtp_host)
    return contacts or bool(standing_receivers(settings))


def addressed(
    events: Iterable[Event], settings: NotifySettings
) -> Iterator[tuple[Receiver, Event]]:
    """Yield each event with each of those who are told of it."""
    everybody = standing_receivers(settings)
    for event in events:
        for receiver in everybody:
            yield receiver, event
        if settings.contacts and settings.smtp_host and _matters(event):
            for address in addresses(event.mirror.contact):
                yield Receiver(role=Role.CONTACT, address=address), event


def addresses(contact: str | None) -> tuple[str, ...]:
    """Return the mail addresses in the contact of a mirror, three at most.

    A contact is any text: only what is plainly a mail address in it is taken.
    """
    words = _PARTS.split(contact or "")
    found = (one.removeprefix("mailto:") for one in words)
    return tuple(dict.fromkeys(filter(is_mailbox, found)))[:_MOST_ADDRESSES]


def _matters(event: Event) -> bool:
    """Return whether a mirror was taken out of the choice, or was out before."""
    return event.before.is_out or event.after.is_out
