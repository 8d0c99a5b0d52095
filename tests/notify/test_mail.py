"""Mails to real mail servers, good and bad ones."""

import time
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from mirrorsel.config import NotifySettings, Settings
from mirrorsel.net import Limits
from mirrorsel.net.address import Address
from mirrorsel.notify.digest import Digest
from mirrorsel.notify.failure import Failure
from mirrorsel.notify.letter import letter
from mirrorsel.notify.mail import Account, send_mails
from mirrorsel.notify.smtp import Server, own_name
from tests.loopback import Authority, Behaviour, Connection, Loopback, closed_port
from tests.mailserver import MailServer, Manner
from tests.notify.happenings import NOON

_LIMITS = Limits(timeout=5, deadline=5, private_addresses=True)
_HASTY = replace(_LIMITS, timeout=0.3, deadline=0.6)
_SESAME = "open sesame"
_FILE = "p"
_SLOW = replace(_LIMITS, timeout=5, deadline=0.5)


def mail(to: str = "ops@example.org", text: str = "text\n") -> EmailMessage:
    """Return a mail."""
    words = Digest(subject="mirrorsel: test", text=text)
    sender = "checker@example.org"
    return letter(words, sender=sender, to=to, name=f"n-{to}", now=NOON)


def account(port: int, security: str = "none", host: str = "127.0.0.1") -> Account:
    """Return an account without a login."""
    return Account(server=Server(host=host, port=port, security=security))


def with_login(one: Account, file: Path, password: str) -> Account:
    """Return an account with a login."""
    file.touch(0o600)
    file.write_text(f"{password}\n")
    return replace(one, user="mirrorsel", password_file=file)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """Give an authority that the client trusts."""
    return Authority(tmp_path)


def trusting(authority: Authority) -> Limits:
    """Return limits under which that authority counts."""
    return replace(_LIMITS, authorities=str(authority.file))


def test_plain() -> None:
    """A mail arrives with its envelope and text."""
    with MailServer() as server:
        found = send_mails(account(server.port), [mail(text=".\n.dots\n")], _LIMITS)
    (received,) = server.received

    assert (None,) == found
    assert ("checker@example.org", ("ops@example.org",)) == (
        received.sender,
        received.to,
    )
    assert ".\n.dots\n" == received.mail.get_content().replace("\r\n", "\n")
    assert not received.tls


def test_several_in_one_session() -> None:
    """All mails of a moment go in one session."""
    with MailServer() as server:
        mails = [mail("a@example.org"), mail("b@example.org")]
        found = send_mails(account(server.port), mails, _LIMITS)

    assert (None, None) == found
    assert 1 == server.sessions
    assert [("a@example.org",), ("b@example.org",)] == [
        one.to for one in server.received
    ]


def test_ipv6() -> None:
    """A server may be an IPv6 address."""
    with MailServer(host="::1") as server:
        found = send_mails(account(server.port, host="::1"), [mail()], _LIMITS)

    assert (None,) == found


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_tls(security: str, authority: Authority, tmp_path: Path) -> None:
    """Over TLS, from the first byte or after a command, with a login."""
    context = authority.context("127.0.0.1")
    tls = context if security == "tls" else None
    starttls = context if security == "starttls" else None
    manner = Manner(tls=tls, starttls=starttls, password=_SESAME)
    with MailServer(manner) as server:
        plain = account(server.port, security)
        secret = with_login(plain, tmp_path / "password", _SESAME)
        found = send_mails(secret, [mail()], trusting(authority))
    (received,) = server.received

    assert (None,) == found
    assert (True, "mirrorsel") == (received.tls, received.user)


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("name", "trusted", "expected"),
    [
        pytest.param("127.0.0.1", False, "self-signed certificate", id="unknown"),
        pytest.param("mail.example.org", True, "IP address mismatch", id="other name"),
    ],
)
def test_no_mail_without_good_tls(
    security: str, name: str, expected: str, authority: Authority, *, trusted: bool
) -> None:
    """A certificate that is not good for the server ends the session."""
    context = authority.context(name)
    tls = context if security == "tls" else None
    manner = Manner(tls=tls, starttls=None if tls else context)
    limits = trusting(authority) if trusted else _LIMITS
    with MailServer(manner) as server:
        (failure,) = send_mails(account(server.port, security), [mail()], limits)

    assert failure is not None
    assert expected in failure.words or "unable to get local issuer" in failure.words
    assert not failure.final
    assert [] == server.received


def test_no_starttls() -> None:
    """Where the server knows no TLS, nothing goes without it."""
    with MailServer() as server:
        (failure,) = send_mails(account(server.port, "starttls"), [mail()], _LIMITS)

    assert failure is not None
    assert "STARTTLS" in failure.words
    assert [] == server.received


def test_wrong_password(authority: Authority, tmp_path: Path) -> None:
    """A wrong password is told, and may be mended: it is no final failure."""
    manner = Manner(tls=authority.context("127.0.0.1"), password=_SESAME)
    with MailServer(manner) as server:
        wrong = with_login(account(server.port, "tls"), tmp_path / "p", "wrong")
        (failure,) = send_mails(wrong, [mail()], trusting(authority))

    assert failure is not None
    assert failure.words.startswith("535 ")
    assert "wrong" not in failure.words
    assert not failure.final


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(None, "No such file or directory", id="missing"),
        pytest.param(b" \n", "it is empty", id="empty"),
        pytest.param(b"\xff", "invalid start byte", id="no text"),
        pytest.param("pässword".encode(), "ascii", id="not ASCII"),
    ],
)
def test_password_file(
    content: bytes | None, expected: str, authority: Authority, tmp_path: Path
) -> None:
    """A password file that cannot be used is told, and not the password."""
    file = tmp_path / "password"
    if content is not None:
        file.touch(0o600)
        file.write_bytes(content)
    manner = Manner(tls=authority.context("127.0.0.1"), password=_SESAME)
    with MailServer(manner) as server:
        plain = account(server.port, "tls")
        one = replace(plain, user="mirrorsel", password_file=file)
        (failure,) = send_mails(one, [mail()], trusting(authority))

    assert failure is not None
    assert expected in failure.words
    assert "ssword'" not in failure.words


def test_refused_receivers() -> None:
    """A receiver that is refused keeps the mails of others from nobody.

    A reply of 5xx is final, one of 4xx is not (RFC 5321, section 4.2.1).
    """
    refused = {"b@example.org": "550 no such user", "c@example.org": "450 greylisted"}
    with MailServer(Manner(refused=refused)) as server:
        mails = [mail(f"{one}@example.org") for one in "abcd"]
        found = send_mails(account(server.port), mails, _LIMITS)
    expected = (
        None,
        Failure(words="550 no such user", final=True),
        Failure(words="450 greylisted"),
        None,
    )

    assert expected == found
    assert 2 == len(server.received)


@pytest.mark.parametrize(
    ("answers", "final"),
    [
        pytest.param("451 try again", False, id="4xx"),
        pytest.param("554 no spam", True, id="5xx"),
    ],
)
def test_refused_text(answers: str, *, final: bool) -> None:
    """The server may refuse a text, for now or for good."""
    with MailServer(Manner(answers=answers)) as server:
        found = send_mails(account(server.port), [mail()], _LIMITS)

    assert (Failure(words=answers, final=final),) == found


def test_broken_off() -> None:
    """When the session breaks off, what went out is told, and the rest failed."""
    refused = {"b@example.org": "drop"}
    with MailServer(Manner(refused=refused)) as server:
        mails = [mail(f"{one}@example.org") for one in "abc"]
        first, *rest = send_mails(account(server.port), mails, _LIMITS)

    assert first is None
    assert [False, False] == [one.final for one in rest if one is not None]
    assert all(one and "Connection unexpectedly closed" in one.words for one in rest)


def said(text: bytes, then: Behaviour | None = None) -> Behaviour:
    """Return the behaviour of a server that says something at once."""

    def behave(connection: Connection) -> None:
        connection.send(text)
        (then or hang)(connection)

    return behave


def hang(connection: Connection) -> None:
    """Say nothing."""
    connection.hang()


def drop(connection: Connection) -> None:
    """Close the connection."""
    del connection


def trickle(connection: Connection) -> None:
    """Greet byte by byte, without end."""
    connection.trickle(b"2")


def trickle_lines(connection: Connection) -> None:
    """Greet line by line, without end."""
    connection.trickle(b"220-more\r\n")


def flood(connection: Connection) -> None:
    """Greet with lines without end, as fast as they are taken."""
    while True:
        connection.send(b"220-more\r\n" * 1000)


@pytest.mark.parametrize(
    ("behaviour", "limits", "expected"),
    [
        pytest.param(hang, _HASTY, "timed out", id="hangs"),
        pytest.param(trickle, _SLOW, "not done within 0.5 s", id="trickles"),
        pytest.param(trickle_lines, _SLOW, "not done within 0.5 s", id="never ends"),
        pytest.param(flood, _LIMITS, "it says too much", id="floods"),
        pytest.param(drop, _LIMITS, "Connection unexpectedly closed", id="drops"),
        pytest.param(said(b"220 hi\r\n"), _HASTY, "timed out", id="greets and hangs"),
        pytest.param(said(b"220 hi\r\n", drop), _LIMITS, "closed", id="greets, drops"),
        pytest.param(said(b"421 busy\r\n"), _LIMITS, "421 busy", id="busy"),
        pytest.param(said(b"554 go away\r\n"), _LIMITS, "554 go away", id="refuses"),
        pytest.param(said(b"\x00\xff\x1b[2J\r\n"), _LIMITS, "-1", id="garbage"),
        pytest.param(said(b"2" * 9000 + b"\r\n"), _LIMITS, "Line too long", id="line"),
        pytest.param(said(b"HTTP/1.1 400 Bad\r\n\r\n"), _LIMITS, "-1", id="HTTP"),
    ],
)
def test_hostile_server(behaviour: Behaviour, limits: Limits, expected: str) -> None:
    """No server holds a session beyond its limits, and none is tried in vain."""
    with Loopback(behaviour, listens=False) as server:
        start = time.monotonic()
        (failure,) = send_mails(account(server.port), [mail()], limits)
        seconds = time.monotonic() - start

    assert failure is not None
    assert expected in failure.words
    assert failure.words.isprintable()
    assert not failure.final
    assert seconds < 3


@pytest.mark.parametrize(
    "behaviour",
    [pytest.param(hang, id="hangs"), pytest.param(trickle, id="trickles")],
)
def test_hostile_handshake(behaviour: Behaviour) -> None:
    """A TLS handshake that does not end ends with the session."""
    with Loopback(behaviour, listens=False) as server:
        start = time.monotonic()
        (failure,) = send_mails(account(server.port, "tls"), [mail()], _SLOW)

    assert failure is not None
    assert time.monotonic() - start < 3


def test_nobody_listens() -> None:
    """A port that refuses is told as such."""
    with closed_port() as url:
        port = int(url.rstrip("/").rpartition(":")[2])
        (failure,) = send_mails(account(port), [mail()], _LIMITS)

    assert Failure(words="Connection refused") == failure


@pytest.mark.parametrize(
    "lasts",
    [pytest.param((9, 1), id="the first is dead"), pytest.param((1, 9), id="the last")],
)
def test_dead_address(lasts: tuple[int, int]) -> None:
    """Where there is no connection, the next address of the host is tried."""

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return tuple(Address(text=f"127.0.0.{one}", family=4) for one in lasts)

    with MailServer() as server:
        one = account(server.port, host="mail.example.org")
        found = send_mails(one, [mail()], _LIMITS, resolve=resolve)

    assert (None,) == found


@pytest.mark.parametrize(
    ("node", "address", "expected"),
    [
        pytest.param("a.example.org", "192.0.2.1", "a.example.org", id="domain"),
        pytest.param("localhost", "192.0.2.1", "[192.0.2.1]", id="none, IPv4"),
        pytest.param("", "2001:db8::1", "[IPv6:2001:db8::1]", id="none, IPv6"),
    ],
)
def test_own_name(node: str, address: str, expected: str) -> None:
    """A client without a domain names itself by its address."""
    assert expected == own_name(node, address)


def test_no_such_host() -> None:
    """A name that is none is told as such."""
    one = account(25, host="no-such-host.invalid")
    (failure,) = send_mails(one, [mail()], _LIMITS)

    assert failure is not None
    assert failure.words.startswith("no-such-host.invalid: ")


def test_account_of_settings(tmp_path: Path) -> None:
    """The password file lies in the folder of the settings; brackets are a URL's."""
    notify = NotifySettings(
        smtp_host="[::1]",
        smtp_port=465,
        smtp_security="tls",
        smtp_user="u",
        smtp_password_file=_FILE,
    )
    expected = Account(
        server=Server(host="::1", port=465, security="tls"),
        user="u",
        password_file=tmp_path / _FILE,
    )

    assert expected == Account.of(Settings(folder=tmp_path, notify=notify))
