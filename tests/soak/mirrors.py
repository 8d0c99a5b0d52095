"""A network of mirrors on loopback addresses, all in one process.

``python -m tests.soak.mirrors COUNT SECONDS TREE`` prints its port when it serves.
For a sixth of that time nobody answers, as if the network of the checker were gone.
"""

import asyncio
import re
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tests.soak.manners import Manner, Turns, addresses

STAMP = "zzz/time.txt"
ORIGIN = "127.2.0.1"
OUTAGE = (0.65, 0.8)
"""The part of the test in which nobody answers."""
_BEHIND = 5 * 86400
_RANGE = re.compile(rb"\r\nrange: bytes=(\d+)-(\d+)\r\n", re.IGNORECASE)
_PAGE = b"<!DOCTYPE html><title>It works</title>"
_TICK = 0.2


class Network:
    """All mirrors, and the origin that they copy.

    Args:
        seconds: How long the test takes.
        files: The published tree, by path.

    """

    def __init__(self, seconds: float, files: Mapping[str, bytes]) -> None:
        self._seconds = seconds
        self._files = files
        self._start = time.monotonic()
        self._turns = Turns()

    @property
    def _is_gone(self) -> bool:
        passed = (time.monotonic() - self._start) / self._seconds
        return OUTAGE[0] <= passed < OUTAGE[1]

    async def serve(self, count: int) -> int:
        """Listen on all addresses; return the port, which is the same for all."""
        origin = await asyncio.start_server(partial(self._answer, None), ORIGIN, 0)
        port = int(origin.sockets[0].getsockname()[1])
        for number, address in enumerate(addresses(count)):
            await asyncio.start_server(partial(self._answer, number), address, port)
        return port

    async def _answer(
        self,
        number: int | None,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """Answer one request to a mirror, or to the origin, which has no number."""
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ", 2)[1].decode().lstrip("/")
            manner = self._manner(number, path)
            await self._behave(manner, path, request, (reader, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _manner(self, number: int | None, path: str) -> Manner:
        if number is None:
            return Manner.CLOSE if self._is_gone else Manner.SERVE
        return self._turns.manner(number, begins=path == STAMP, is_gone=self._is_gone)

    async def _behave(
        self,
        manner: Manner,
        path: str,
        request: bytes,
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        reader, writer = streams
        match manner:
            case Manner.CLOSE:
                return
            case Manner.HANG:
                # Nothing more comes but the end, when the client goes away.
                await reader.read()
            case Manner.TRICKLE:
                await _trickle(writer)
            case Manner.PAGE:
                writer.write(_answer("200 OK", _PAGE, "Content-Type: text/html\r\n"))
            case _:
                writer.write(self._file(manner, path, request))
        await writer.drain()

    def _file(self, manner: Manner, path: str, request: bytes) -> bytes:
        body = self._content(manner, path)
        if body is None:
            return _answer("404 Not Found", b"no such file\n")
        more = "Content-Encoding: x-gzip\r\n" if manner is Manner.ENCODE else ""
        wanted = _RANGE.search(request)
        if wanted is None:
            return _answer("200 OK", body, more)
        first, last = int(wanted[1]), min(int(wanted[2]), len(body) - 1)
        more += f"Content-Range: bytes {first}-{last}/{len(body)}\r\n"
        return _answer("206 Partial Content", body[first : last + 1], more)

    def _content(self, manner: Manner, path: str) -> bytes | None:
        if path == STAMP:
            behind = _BEHIND if manner is Manner.OLD else 0
            return f"{int(time.time()) - behind} soak\n".encode()
        body = self._files.get(path)
        if body is None or manner is not Manner.FORGE:
            return body
        return bytes(one ^ 1 for one in body)


async def _trickle(writer: asyncio.StreamWriter) -> None:
    """Send a header now and then, until the client goes away."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(_TICK)


def _answer(status: str, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a small tree by their paths."""
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


async def main(count: int, seconds: float, tree: Path) -> None:
    """Serve until the process is ended, for twice the test at the most."""
    port = await Network(seconds, read_tree(tree)).serve(count)
    print(port, flush=True)  # noqa: T201 - the test waits for it
    await asyncio.sleep(2 * seconds + 60)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])))
