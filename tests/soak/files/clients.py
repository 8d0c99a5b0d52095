"""Clients that ask for files, go where they are sent, and take note of it all."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

from tests.reload.keepalive import BrokenAnswerError, KeepAlive
from tests.soak.files.copies import Copy
from tests.soak.files.judge import Judge, Seen
from tests.threads import beside

_PAUSE = 0.01
_KEPT = 100
_GONE = 0.2
"""How many ask for what may be gone."""


class Clients:
    """Asks for files by chance, each time as somebody else.

    Args:
        port: Where httpd listens.
        copies: The mirrors by their URLs.
        judge: Says what is wrong with an answer.

    """

    def __init__(self, port: int, copies: Mapping[str, Copy], judge: Judge) -> None:
        self.asked = 0
        self.named: Counter[str] = Counter()
        """How often a mirror of each life was named."""
        self.wrong: list[str] = []
        self._port = port
        self._copies = copies
        self._judge = judge

    def ask(self, chance: random.Random) -> None:
        """Ask once."""
        tree = self._judge.tree
        gone = chance.random() < _GONE
        path = chance.choice(tree.paths if gone else tree.present)
        source = f"127.{chance.randrange(10, 250)}.{chance.randrange(256)}.7"
        began = time.time()
        try:
            with KeepAlive("127.0.0.1", self._port, source) as connection:
                reply = connection.ask(f"/get/{path}")
        except (OSError, BrokenAnswerError) as error:
            self._complain(f"{path}: no answer: {error!r}")
            return
        location = reply.header("Location")
        copy = self._copies.get("/".join([*location.split("/")[:3], ""]))
        self.asked += 1
        self.named[copy.life.name if copy else f"{reply.status}"] += 1
        got = _fetched(location) if copy else None
        seen = Seen(
            path=path,
            began=began,
            ended=time.time(),
            status=reply.status,
            copy=copy,
            got=got,
        )
        for one in self._judge.complaints(seen):
            self._complain(one)

    def _complain(self, what: str) -> None:
        if len(self.wrong) < _KEPT:
            self.wrong.append(what)


@contextmanager
def asking(clients: Clients, count: int) -> Iterator[None]:
    """Let so many ask until the context is left."""
    stop = threading.Event()

    def run(seed: int) -> None:
        chance = random.Random(seed)
        while not stop.wait(_PAUSE):
            clients.ask(chance)

    with beside(*(partial(run, one) for one in range(count)), end=stop.set):
        yield


def _fetched(url: str) -> int | None:
    """Return how many bytes a mirror sends; None if it does not answer with 200."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=5)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return len(body) if answer.status == http.client.OK else None
