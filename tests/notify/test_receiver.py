"""Who is told of what."""

from dataclasses import replace

import pytest
from hypothesis import given

from mirrorsel.config import NotifySettings
from mirrorsel.health import Standing
from mirrorsel.model import Health
from mirrorsel.notify.receiver import (
    Receiver,
    Role,
    addressed,
    addresses,
    is_wanted,
    tells_anybody,
)
from mirrorsel.setting import is_mailbox
from tests.notify.happenings import DOWN, QUARANTINED, STALE, UP, happened, hostile

_ALL = NotifySettings(
    smtp_host="mail.example.org",
    sender="mirrorsel@example.org",
    operator=("ops@example.org", "more@example.org"),
    contacts=True,
    webhook="https://hook.example.org/x",
)
_CONTACT = Receiver(role=Role.CONTACT, address="a@b.example")


def roles(before: Standing, now: Health, settings: NotifySettings = _ALL) -> list[Role]:
    """Return the roles of those who are told of one event."""
    event = happened(before, now, contact="a@b.example")
    return [one.role for one, _ in addressed([event], settings)]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        pytest.param(Standing.UP, DOWN, True, id="goes down"),
        pytest.param(Standing.UNKNOWN, DOWN, True, id="was never up"),
        pytest.param(Standing.UP, STALE, True, id="gets stale"),
        pytest.param(Standing.UP, QUARANTINED, True, id="is quarantined"),
        pytest.param(Standing.DOWN, QUARANTINED, True, id="gets worse"),
        pytest.param(Standing.DOWN, UP, True, id="is back"),
        pytest.param(Standing.STALE, UP, True, id="is fresh again"),
        pytest.param(Standing.UNKNOWN, UP, False, id="is new"),
    ],
)
def test_what_contacts_are_told(before: Standing, now: Health, *, told: bool) -> None:
    """A contact is told when the mirror leaves the choice or was out of it."""
    found = roles(before, now)

    assert told is (Role.CONTACT in found)
    assert 2 == found.count(Role.OPERATOR)
    assert 1 == found.count(Role.WEBHOOK)


def test_only_their_own() -> None:
    """A contact is told of no other mirror."""
    own = happened(contact="a@b.example")
    other = happened(url="https://other.example/", contact="c@d.example")
    found = [event for one, event in addressed([own, other], _ALL) if one == _CONTACT]

    assert [own] == found


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(replace(_ALL, contacts=False), id="off"),
        pytest.param(replace(_ALL, smtp_host=""), id="no mail"),
    ],
)
def test_contacts_are_left_alone(settings: NotifySettings) -> None:
    """Contacts are told only where the operator wants that, and mail is sent."""
    assert Role.CONTACT not in roles(Standing.UP, DOWN, settings)
    assert not is_wanted(_CONTACT, settings)


def test_nobody() -> None:
    """As shipped, nobody is told."""
    assert [] == roles(Standing.UP, DOWN, NotifySettings())
    assert not tells_anybody(NotifySettings())


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(NotifySettings(webhook="https://hook.example/"), id="webhook"),
        pytest.param(NotifySettings(smtp_host="m", contacts=True), id="contacts"),
        pytest.param(NotifySettings(smtp_host="m", operator=("a@b.c",)), id="mail"),
    ],
)
def test_somebody(settings: NotifySettings) -> None:
    """One way is enough."""
    assert tells_anybody(settings)


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        pytest.param(None, (), id="none"),
        pytest.param("noc team", (), id="words"),
        pytest.param("a@b.example", ("a@b.example",), id="an address"),
        pytest.param("mailto:a@b.example", ("a@b.example",), id="a URL"),
        pytest.param("Ann <a@b.example>", ("a@b.example",), id="with a name"),
        pytest.param(
            "a@b.example, c@d.example", ("a@b.example", "c@d.example"), id="2"
        ),
        pytest.param("a@b.example a@b.example", ("a@b.example",), id="twice"),
        pytest.param("a@x b@x c@x d@x", ("a@x", "b@x", "c@x"), id="a crowd"),
        pytest.param("a@b.example\r\nBcc: c@d.example", None, id="a header"),
        pytest.param("jörg@b.example", (), id="not ASCII"),
        pytest.param("a..b@c.example .a@c.example a@-.b", (), id="malformed"),
        pytest.param("a@@b.example @b a@", (), id="incomplete"),
    ],
)
def test_addresses(contact: str | None, expected: tuple[str, ...] | None) -> None:
    """Of a contact, what is plainly a mail address is taken, three at most."""
    found = addresses(contact)

    assert (found if expected is None else expected) == found
    assert all(is_mailbox(one) for one in found)


@given(hostile)
def test_no_contact_makes_another_address(contact: str) -> None:
    """Whatever a contact is, each address is one word of printable ASCII with one @."""
    for one in addresses(f"a@b.example{contact}c@d.example {contact}"):
        assert one.isascii()
        assert one.isprintable()
        assert 1 == one.count("@")
        assert not set(one) & set(' <>,;:()"\\[]')


def test_names_in_the_log() -> None:
    """The log names addresses, but no webhook's URL, which may be a secret."""
    assert "mail to the contact a@b.example" == str(_CONTACT)
    assert "the webhook" == str(Receiver(role=Role.WEBHOOK))
