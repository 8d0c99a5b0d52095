"""Mirrors on loopback that serve copies of a tree, rightly or wrongly.

What one does with a file depends on the scene that the file belongs to.
"""

import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import Self

from tests.loopback import Connection, Loopback, answer

_BLOCK = 32 * 1024
_DROP = 64
_PAUSE = 0.003
_PAUSE_OF_REFUSAL = 0.05
_MODIFIED = "Mon, 23 Nov 2026 12:00:00 GMT"
_RANGE = re.compile(rb"\r\nRange: *bytes=([0-9]+)-([0-9]*)\r\n", re.IGNORECASE)
_FLAW = 500_000
"""Where in a file a corrupting mirror is wrong: in the first of its pieces."""


class Outgoing:
    """A connection that counts what is sent."""

    def __init__(self, connection: Connection, count: Callable[[int], None]) -> None:
        self._connection = connection
        self._count = count

    def send(self, data: bytes) -> None:
        """Send bytes, slowly enough for other mirrors to be asked meanwhile."""
        self._count(len(data))
        self._connection.send(data)
        time.sleep(_PAUSE)

    def hang(self) -> None:
        """Say nothing until the mirror ends."""
        self._connection.hang()


Manner = Callable[[Outgoing, bytes], None]
"""Sends the body of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What a mirror does with a file."""

    copy: Callable[[bytes], bytes | None]
    """What it has in the place of the file; None for nothing."""
    manner: Manner
    """How it sends that."""
    stays: bool = True
    """Whether it answers again after it has sent a body."""


class Mirror:
    """A mirror, and what it was asked for.

    Args:
        host: Its loopback address.
        base: The path below which it has the files, with slashes at both ends.
        files: The published files.
        conducts: What it does with the files of a scene, by their first folder; all
            others it serves well.

    """

    def __init__(
        self,
        host: str,
        base: str,
        files: Mapping[str, bytes],
        conducts: Mapping[str, Conduct],
    ) -> None:
        self.sent: Counter[str] = Counter()
        """How many bytes of each file it has sent."""
        self._lock = Lock()
        self._base = base
        self._files = files
        self._conducts = conducts
        self._gone: set[str] = set()
        self._server = Loopback(self._behave, host=host)

    @property
    def url(self) -> str:
        """The base of its copies."""
        return self._server.url + self._base.removeprefix("/")

    @property
    def requests(self) -> list[bytes]:
        """The heads of all requests, in their order."""
        return self._server.requests

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.__exit__(kind, error, trace)

    def forget(self) -> None:
        """Be as at the beginning."""
        self.sent.clear()
        self.requests.clear()
        self._gone.clear()

    def _behave(self, connection: Connection) -> None:
        path = _unquoted(connection.path).removeprefix(self._base)
        conduct = self._conducts.get(path.partition("/")[0], HONEST)
        if path in self._gone:
            return
        held = self._files.get(path)
        copy = None if held is None else conduct.copy(held)
        if copy is None:
            # A client that asks again at once, without end, is not to fill the machine.
            time.sleep(_PAUSE_OF_REFUSAL)
            answer(b"no such file\n", "404 Not Found")(connection)
            return
        body = _head(connection, copy)
        if body and not connection.request.startswith(b"HEAD "):
            if not conduct.stays:
                self._gone.add(path)
            conduct.manner(Outgoing(connection, self._counting(path)), body)

    def _counting(self, path: str) -> Callable[[int], None]:
        def count(size: int) -> None:
            with self._lock:
                self.sent[path] += size

        return count


def _unquoted(path: str) -> str:
    return path.replace("%20", " ").replace("%25", "%")


def _head(connection: Connection, content: bytes) -> bytes:
    """Send the head of an answer; return the body that it announces."""
    asked = _RANGE.search(connection.request)
    fields = {
        "Accept-Ranges": "bytes",
        "Last-Modified": _MODIFIED,
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"',
    }
    if asked is None:
        body, status = content, "200 OK"
    else:
        start, last = int(asked[1]), int(asked[2] or len(content) - 1)
        body, status = content[start : last + 1], "206 Partial Content"
        fields["Content-Range"] = (
            f"bytes {start}-{start + len(body) - 1}/{len(content)}"
        )
        if not body:
            status = "416 Range Not Satisfiable"
            fields["Content-Range"] = f"bytes */{len(content)}"
    fields["Content-Length"] = str(len(body))
    answer(b"", status, fields)(connection)
    return body


def steadily(outgoing: Outgoing, body: bytes) -> None:
    """Send all of it."""
    for start in range(0, len(body), _BLOCK):
        outgoing.send(body[start : start + _BLOCK])


def by_half(outgoing: Outgoing, body: bytes) -> None:
    """Send the first half, and close the connection."""
    steadily(outgoing, body[: (len(body) + 1) // 2])


def then_silence(outgoing: Outgoing, body: bytes) -> None:
    """Send one block, and then nothing more."""
    outgoing.send(body[:_BLOCK])
    outgoing.hang()


def drop_by_drop(outgoing: Outgoing, body: bytes) -> None:
    """Send some twenty kilobytes a second."""
    for start in range(0, len(body), _DROP):
        outgoing.send(body[start : start + _DROP])


def same(content: bytes) -> bytes:
    """Have the file itself."""
    return content


def flawed(content: bytes) -> bytes:
    """Have a file of the same size that is wrong in one byte."""
    at = min(_FLAW, len(content) // 2)
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def shortened(content: bytes) -> bytes:
    """Have the first two thirds of the file, and take that for all of it."""
    return content[: len(content) * 2 // 3]


def lengthened(content: bytes) -> bytes:
    """Have more behind the end of the file."""
    return content + b"more" * 1000


def missing(content: bytes) -> None:
    """Not have the file."""
    del content


HONEST = Conduct(copy=same, manner=steadily)
CORRUPTS = Conduct(copy=flawed, manner=steadily)
TRUNCATES = Conduct(copy=shortened, manner=steadily)
LENGTHENS = Conduct(copy=lengthened, manner=steadily)
LACKS = Conduct(copy=missing, manner=steadily)
BREAKS_OFF = Conduct(copy=same, manner=by_half)
LEAVES = Conduct(copy=same, manner=by_half, stays=False)
HANGS = Conduct(copy=same, manner=then_silence)
TRICKLES = Conduct(copy=same, manner=drop_by_drop)
