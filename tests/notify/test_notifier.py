"""The thread that tells people, with real servers."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.config import NotifySettings, Settings
from mirrorsel.model import Mirror
from mirrorsel.net import Limits
from mirrorsel.notify import Means, Notifier
from tests.loopback import Connection, Loopback, answer, closed_port, hanging
from tests.mailserver import MailServer, Manner
from tests.notify.happenings import DOWN, STALE, UP, URL, listed, seen
from tests.waiting import wait_for

_QUICK = Means(
    limits=Limits(timeout=5, deadline=5, private_addresses=True),
    pauses=(0.05, 0.05, 0.05),
)
_NOTIFY = NotifySettings(
    smtp_host="127.0.0.1",
    sender="checker@example.org",
    operator=("ops@example.org",),
    settle=0,
    per_hour=100,
)
_OTHER = "https://mirror.example.nl/apache/"


def settings(notify: NotifySettings) -> Settings:
    """Return settings with that section."""
    return Settings(folder=Path(), notify=notify)


def by_mail(server: MailServer, *, contacts: bool = False) -> Settings:
    """Return settings that have a server used."""
    return settings(replace(_NOTIFY, smtp_port=server.port, contacts=contacts))


def with_pages(server: MailServer) -> NotifySettings:
    """Return a section with an address of the status pages."""
    return replace(_NOTIFY, smtp_port=server.port, status_url="https://s.example/")


def by_hook(url: str) -> Settings:
    """Return settings with a webhook."""
    return settings(NotifySettings(webhook=url, settle=0, per_hour=100))


@pytest.fixture
def notifier() -> Iterator[Notifier]:
    """Give a notifier that tries again at once."""
    with closing(Notifier(_QUICK)) as one:
        yield one


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Give the log, quiet lines too."""
    caplog.set_level(logging.INFO, "mirrorsel")
    return caplog


def lines(log: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    """Return level and text of what was logged."""
    return [
        (one.levelname, one.getMessage())
        for one in log.records
        if one.name.startswith("mirrorsel.notify")
    ]


def test_operator_and_contact(notifier: Notifier) -> None:
    """Both get a mail of their own, to them alone."""
    with MailServer() as server:
        notifier.heed(by_mail(server, contacts=True))
        notifier.tell(seen(UP), seen(DOWN), listed(contact="noc@mirror.example.de"))
        wait_for(lambda: len(server.received) == 2)
    mails = {one.to: one.mail for one in server.received}
    texts = {to: mail.get_content() for to, mail in mails.items()}

    assert {("ops@example.org",), ("noc@mirror.example.de",)} == set(mails)
    assert "Seen by the checker at here." in texts["ops@example.org",]
    assert "names you as the contact" in texts["noc@mirror.example.de",]
    assert "noc@" not in texts["ops@example.org",]


def test_webhook(notifier: Notifier) -> None:
    """A webhook gets the change as JSON."""
    bodies: list[bytes] = []

    def take(connection: Connection) -> None:
        bodies.append(connection.read_body())
        answer(b"")(connection)

    with Loopback(take) as server:
        notifier.heed(by_hook(server.url))
        notifier.tell(seen(UP), seen(STALE), listed())
        wait_for(lambda: bool(bodies))

    assert b'"before":"up","after":"stale"' in bodies[0]


def test_pages() -> None:
    """A message leads to the mirror's page, where that has an address."""

    def pages(mirrors: tuple[Mirror, ...]) -> dict[str, Mirror]:
        return {f"page-{one.host}": one for one in mirrors}

    with MailServer() as server, closing(Notifier(replace(_QUICK, pages=pages))) as one:
        notify = replace(
            _NOTIFY, smtp_port=server.port, status_url="https://s.example/"
        )
        one.heed(settings(notify))
        one.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: bool(server.received))

    expected = "    https://s.example/at/page-mirror.example.de/"
    assert expected in server.mail().get_content().splitlines()


def test_pages_are_named_as_those_of_the_status(notifier: Notifier) -> None:
    """By default a page is named as the status pages name it."""
    with MailServer() as server:
        same = settings(with_pages(server))
        notifier.heed(same)
        notifier.heed(same)
        notifier.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: bool(server.received))

    assert (
        "https://s.example/at/mirror.example.de-apache/" in server.mail().get_content()
    )


def test_no_thread_without_receivers() -> None:
    """Where nobody is to be told, there is not even a thread."""
    before = threading.active_count()
    with closing(Notifier(_QUICK)) as one:
        one.tell(seen(UP), seen(DOWN), listed())
        one.heed(Settings())
        one.tell(seen(UP), seen(DOWN), listed())

        assert before == threading.active_count()


def test_nothing_old_is_told(notifier: Notifier) -> None:
    """What was so before is not told, as at a start of the checker."""
    with MailServer() as server:
        notifier.heed(by_mail(server))
        notifier.tell(seen(DOWN), seen(DOWN), listed())
        notifier.tell(seen(DOWN), seen(UP), listed())
        wait_for(lambda: bool(server.received))

    assert "mirrorsel: mirror.example.de is up" == server.mail()["Subject"]


@pytest.mark.parametrize("way", ["mail", "webhook"])
def test_never_blocks(way: str, notifier: Notifier) -> None:
    """While a server hangs, telling costs nothing, however often."""
    with Loopback(hanging, listens=way == "webhook") as server:
        mail = settings(replace(_NOTIFY, smtp_port=server.port))
        notifier.heed(mail if way == "mail" else by_hook(server.url))
        start = time.monotonic()
        for _ in range(1000):
            notifier.tell(seen(UP), seen(DOWN), listed())
            notifier.tell(seen(DOWN), seen(UP), listed())
        seconds = time.monotonic() - start
        notifier.close(0.01)

    assert seconds < 1


def test_what_comes_meanwhile_is_kept(notifier: Notifier) -> None:
    """While a server hangs, changes add up; what cancels out is not told."""
    urls = (URL, _OTHER)
    mirrors = listed(*urls)
    held = threading.Event()
    bodies: list[bytes] = []

    def take(connection: Connection) -> None:
        bodies.append(connection.read_body())
        held.wait(5)
        answer(b"")(connection)

    with Loopback(take) as server:
        notifier.heed(by_hook(server.url))
        notifier.tell(seen(UP, UP, urls=urls), seen(UP, STALE, urls=urls), mirrors)
        wait_for(lambda: len(bodies) == 1)
        for before, now in ((STALE, DOWN), (DOWN, STALE), (STALE, DOWN), (DOWN, UP)):
            notifier.tell(
                seen(UP, before, urls=urls), seen(UP, now, urls=urls), mirrors
            )
        held.set()
        wait_for(lambda: len(bodies) == 2)

    assert b'"before":"stale","after":"up"' in bodies[1]
    assert 1 == bodies[1].count(b'"url":')


def test_tried_again(notifier: Notifier, log: pytest.LogCaptureFixture) -> None:
    """A mail that is refused for now is tried again; the log tells both ends."""
    with MailServer(Manner(answers="451 later")) as server:
        notifier.heed(by_mail(server))
        notifier.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: bool(lines(log)))
        server.manner = Manner()
        wait_for(lambda: len(lines(log)) == 2)
    to = "mail to the operator ops@example.org"
    expected = [
        ("WARNING", f"{to} failed, and is tried again: 451 later"),
        ("INFO", f"{to} works again"),
    ]

    assert expected == lines(log)
    assert 1 == len(server.received)


def test_given_up(notifier: Notifier, log: pytest.LogCaptureFixture) -> None:
    """What fails again and again is given up, with one line; the next is tried."""
    with MailServer(Manner(answers="451 later")) as server:
        notifier.heed(by_mail(server))
        notifier.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: len(lines(log)) == 2)
        server.manner = Manner()
        notifier.tell(seen(DOWN), seen(UP), listed())
        wait_for(lambda: bool(server.received))
    to = "mail to the operator ops@example.org"
    expected = [
        ("WARNING", f"{to} failed, and is tried again: 451 later"),
        ("ERROR", f"{to} is given up, with what it told (1 change): 451 later"),
    ]

    assert expected == lines(log)
    assert 5 == server.sessions


def test_refused_for_good(notifier: Notifier, log: pytest.LogCaptureFixture) -> None:
    """What is refused for good is not tried again."""
    with MailServer(Manner(answers="554 no")) as server:
        notifier.heed(by_mail(server))
        notifier.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: bool(lines(log)))
        time.sleep(0.2)

    assert ["ERROR"] == [level for level, _ in lines(log)]
    assert 1 == server.sessions


def test_one_line_for_many(notifier: Notifier, log: pytest.LogCaptureFixture) -> None:
    """A server that is away is told once, not once for each receiver."""
    with closed_port() as url:
        port = int(url.rstrip("/").rpartition(":")[2])
        operators = tuple(f"a{one}@example.org" for one in range(20))
        notify = replace(_NOTIFY, smtp_port=port, operator=operators)
        notifier.heed(settings(notify))
        notifier.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: len(lines(log)) == 2)

    assert all("a2@example.org and 17 more" in text for _, text in lines(log))
    assert "(20 changes)" in lines(log)[1][1]


def test_settings_count_at_once(notifier: Notifier) -> None:
    """New settings count for what is under way."""
    with closed_port() as url, MailServer() as server:
        port = int(url.rstrip("/").rpartition(":")[2])
        wrong = replace(_NOTIFY, smtp_port=port)
        notifier.heed(settings(wrong))
        notifier.tell(seen(UP), seen(DOWN), listed())
        notifier.heed(by_mail(server))
        wait_for(lambda: bool(server.received))

    assert 1 == len(server.received)


def test_who_is_not_wanted_any_more(
    notifier: Notifier, log: pytest.LogCaptureFixture
) -> None:
    """When the settings name nobody any more, nothing is tried again."""
    with MailServer(Manner(answers="451 later")) as server:
        notifier.heed(by_mail(server))
        notifier.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: bool(lines(log)))
        notifier.heed(Settings())
        server.manner = Manner()
        time.sleep(0.3)

    assert [] == server.received


def test_settle() -> None:
    """A change is told when it has stood for the time that the settings say."""
    with MailServer() as server, closing(Notifier(_QUICK)) as one:
        one.heed(settings(replace(_NOTIFY, smtp_port=server.port, settle=0.3)))
        one.tell(seen(UP), seen(DOWN), listed())
        time.sleep(0.1)
        assert [] == server.received
        wait_for(lambda: bool(server.received))


def test_contact_without_address(
    notifier: Notifier, log: pytest.LogCaptureFixture
) -> None:
    """A contact that is no mail address is left out, which is logged once."""
    with MailServer() as server:
        notifier.heed(by_mail(server, contacts=True))
        mirrors = listed(contact="@noc on IRC")
        notifier.tell(seen(UP), seen(DOWN), mirrors)
        wait_for(lambda: len(server.received) == 1)
        notifier.tell(seen(DOWN), seen(UP), mirrors)
        wait_for(lambda: len(server.received) == 2)
    expected = f"{URL} has no mail address in its contact: nobody there is told"

    assert [("WARNING", expected)] == lines(log)


def test_defect(log: pytest.LogCaptureFixture) -> None:
    """A defect is logged with its traceback, and telling goes on."""
    defects = [ZeroDivisionError()]

    def pages(mirrors: tuple[Mirror, ...]) -> dict[str, Mirror]:
        del mirrors
        if defects:
            raise defects.pop()
        return {}

    with MailServer() as server, closing(Notifier(replace(_QUICK, pages=pages))) as one:
        notify = replace(
            _NOTIFY, smtp_port=server.port, status_url="https://s.example/"
        )
        one.heed(settings(notify))
        one.tell(seen(UP), seen(DOWN), listed())
        wait_for(lambda: bool(lines(log)))
        one.tell(seen(DOWN), seen(UP), listed())
        wait_for(lambda: bool(server.received))
    (record,) = [one for one in log.records if one.exc_info]

    assert "telling people has a defect; it begins anew" == record.getMessage()
    assert "mirrorsel: mirror.example.de is up" == server.mail()["Subject"]
