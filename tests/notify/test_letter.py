"""A message as mail."""

from dataclasses import replace
from datetime import timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.notify.context import Context
from mirrorsel.notify.digest import Digest, digest
from mirrorsel.notify.letter import letter
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.receiver import Receiver, Role, addresses
from mirrorsel.printable import one_line
from tests.notify.happenings import DOWN, NOON, happened, hostile

_HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]


def written(words: Digest, to: str = "ops@example.org") -> EmailMessage:
    """Return a mail as its receiver reads it."""
    mail = letter(words, sender="checker@example.org", to=to, name="n1", now=NOON)
    read = message_from_bytes(mail.as_bytes(), EmailMessage, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def text_of(mail: EmailMessage) -> str:
    """Return the text of a mail that was read, with line ends as in Python."""
    content: str = mail.get_content()
    return content.replace("\r\n", "\n")


def test_headers() -> None:
    """The headers are those of a mail that a program wrote, and no more."""
    mail = written(Digest(subject="mirrorsel: 2 down", text="two\n"))
    expected = {
        "From": "checker@example.org",
        "To": "ops@example.org",
        "Subject": "mirrorsel: 2 down",
        "Date": "Sun, 29 Nov 2026 12:00:00 +0000",
        "Message-ID": "<n1@example.org>",
        "Auto-Submitted": "auto-generated",
    }

    assert expected == {name: str(mail[name]) for name in expected}
    assert sorted(_HEADERS) == sorted(mail.keys())
    assert "text/plain" == mail.get_content_type()
    assert "two\n" == text_of(mail)


def test_line_ends() -> None:
    """On the wire every line ends in CR LF, and lines are short enough.

    RFC 5322, section 2.1.1.
    """
    words = Digest(subject="s", text=f"a\n{'x' * 2000}\nä\n")
    mail = letter(words, sender="a@b.example", to="c@d.example", name="n", now=NOON)
    data = mail.as_bytes()

    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert words.text == text_of(written(words))


def test_date_elsewhere() -> None:
    """The date has the offset of the clock."""
    zone = timezone(timedelta(hours=2))
    digest = Digest(subject="s", text="t\n")
    mail = letter(
        digest,
        sender="a@b.example",
        to="c@d.example",
        name="n",
        now=NOON.astimezone(zone),
    )

    assert "Sun, 29 Nov 2026 14:00:00 +0200" == mail["Date"]


@given(hostile, hostile, hostile, st.sampled_from([Role.OPERATOR, Role.CONTACT]))
def test_no_header_can_be_put_in(
    detail: str, path: str, contact: str, role: Role
) -> None:
    """No URL, detail or contact adds a header, a receiver or a part to a mail."""
    health = replace(DOWN, detail=detail)
    event = happened(now=health, url=f"https://mirror.example/{path}/", contact=contact)
    for to in addresses(f"a@b.example{contact} {contact}"):
        receiver = Receiver(role=role, address=to)
        bundle = Bundle(name="n", receiver=receiver, events=(event,))
        context = Context(now=NOON, vantage=detail, origin=path)
        mail = written(digest(bundle, context), to)

        assert sorted(_HEADERS) == sorted(mail.keys())
        assert [to] == [one.addr_spec for one in mail["To"].addresses]
        assert not mail.is_multipart()


@given(st.text(st.characters() | st.sampled_from("\r\n\ud800 ,@<>"), max_size=300))
def test_no_subject_is_more_than_a_subject(subject: str) -> None:
    """A subject of one printable line stays one, in whatever letters it is."""
    mail = written(
        Digest(subject=f"mirrorsel: {one_line(subject)}", text=f"{one_line(subject)}\n")
    )

    assert sorted(_HEADERS) == sorted(mail.keys())
    assert mail["Subject"].startswith("mirrorsel:")
    assert "ops@example.org" == mail["To"]
