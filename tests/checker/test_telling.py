"""The checker tells people what it sees."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.loopback import (
    Connection,
    Loopback,
    answer,
    closed_port,
    hanging,
    silent,
    stamped,
)
from tests.mailserver import MailServer
from tests.probing import checking
from tests.waiting import eventually, wait_for

_SETTINGS = """
[list]
origin = "{origin}"
[checker]
private_addresses = true
period = "1s"
vantage = "test"
[health]
rise = 1
fall = 1
[notify]
webhook = "{hook}"
settle = "0s"
per_hour = 1000
"""


class Hook:
    """A webhook that remembers what it was told of mirrors, but not of the origin."""

    def __init__(self, origin: str) -> None:
        self.told: list[tuple[str, str, str]] = []
        self._origin = origin

    def __call__(self, connection: Connection) -> None:
        """Take one message."""
        body: dict[str, Any] = json.loads(connection.read_body())
        self.told += [
            (one["url"], one["before"], one["after"])
            for one in body["changes"]
            if one["url"] != self._origin
        ]
        answer(b"")(connection)


def live(folder: Path, hook: Hook, count: int) -> None:
    """Run the checker until the webhook was told of so many changes."""
    with checking(folder / "mirrorsel.toml"):
        eventually(lambda: len(hook.told) >= count)


def test_changes_are_told_once(tmp_path: Path) -> None:
    """A change of a cycle is told, and not again after a restart."""
    with (
        Loopback(stamped(), host="127.0.0.2") as origin,
        Loopback(stamped(), host="127.0.0.4") as good,
        closed_port("127.0.0.3") as dead,
        Loopback(hook := Hook(origin.url)) as server,
    ):
        text = _SETTINGS.format(origin=origin.url, hook=server.url)
        (tmp_path / "mirrorsel.toml").write_text(text)
        (tmp_path / "mirrors.list").write_text(f"http de {dead} -\n")
        live(tmp_path, hook, 1)
        lines = f"http de {dead} -\nhttp de {good.url} -\n"
        (tmp_path / "mirrors.list").write_text(lines)
        live(tmp_path, hook, 2)

    assert [(dead, "unknown", "down"), (good.url, "unknown", "up")] == hook.told


_BY_MAIL = """smtp_host = "127.0.0.1"
smtp_port = {port}
sender = "checker@example.org"
operator = ["ops@example.org"]
contacts = true
"""


def test_everybody_is_told(tmp_path: Path) -> None:
    """`mirrorsel checker` tells the operator, the mirror's contact and a program."""
    with (
        Loopback(stamped(), host="127.0.0.2") as origin,
        Loopback(stamped(), host="127.0.0.4") as mirror,
        MailServer() as mails,
        Loopback(hook := Hook(origin.url)) as server,
    ):
        text = _SETTINGS.format(origin=origin.url, hook=server.url)
        text += _BY_MAIL.format(port=mails.port)
        (tmp_path / "mirrorsel.toml").write_text(text)
        line = f"http de {mirror.url} noc@mirror.example\n"
        (tmp_path / "mirrors.list").write_text(line)
        with spawned(tmp_path) as process:
            wait_for(lambda: (mirror.url, "unknown", "up") in hook.told, 15)
            mirror.behaviour = silent
            wait_for(lambda: (mirror.url, "up", "down") in hook.told, 15)
            wait_for(lambda: {_OPERATOR, _CONTACT} <= told_of(mails, mirror.url), 15)
            process.terminate()
            process.wait(20)


_OPERATOR, _CONTACT = ("ops@example.org",), ("noc@mirror.example",)


def told_of(mails: MailServer, url: str) -> set[tuple[str, ...]]:
    """Return to whom it was said that a mirror is down."""
    return {
        one.to
        for one in mails.received
        if url in (text := one.mail.get_content()) and "down" in text
    }


@contextmanager
def spawned(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `mirrorsel checker` in a process of its own."""
    program = "from mirrorsel.cli.checker import command; command()"
    config = str(folder / "mirrorsel.toml")
    command = [sys.executable, "-c", program, "--config", config]
    with subprocess.Popen(command) as process:
        try:
            yield process
        finally:
            # A test that fails must not wait for it.
            process.kill()


def test_nothing_waits_for_a_message(tmp_path: Path) -> None:
    """A checker that is told to end does so at once, though a webhook hangs."""
    with (
        Loopback(stamped(), host="127.0.0.2") as origin,
        closed_port("127.0.0.3") as dead,
        Loopback(hanging) as server,
    ):
        text = _SETTINGS.format(origin=origin.url, hook=server.url)
        (tmp_path / "mirrorsel.toml").write_text(text)
        (tmp_path / "mirrors.list").write_text(f"http de {dead} -\n")
        with spawned(tmp_path) as process:
            eventually(lambda: bool(server.requests))
            start = time.monotonic()
            process.terminate()
            code = process.wait(20)
            taken = time.monotonic() - start

    assert 0 == code
    assert 1 == len(server.requests)
    assert taken < 2
