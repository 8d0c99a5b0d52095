"""Mirrors of the changing tree: prompt ones, and those that lag, flap and lie."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zlib import crc32

from tests.listing import forms
from tests.soak.files.grove import Grove
from tests.soak.files.record import Record
from tests.threads import answering, beside

STAMP = "zzz/time.txt"
_PAGE = b"<!DOCTYPE html><title>It works</title>"
_FLAP = (9.0, 3.0)
"""A mirror that flaps is gone for so long at the end of each such span."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How a mirror behaves."""

    name: str
    every: float = 1.0
    """Seconds from one copying of the tree to the next."""
    lacks: str = ""
    """What it leaves out of the tree begins so."""
    short: int = 0
    """Of so many files one is cut short; 0 for none."""
    flaps: bool = False
    boasts: bool = False
    """Whether it lists all that is published, whatever it has."""
    pages: bool = False
    """Whether it answers everything with a web page."""
    lists: bool = True

    @property
    def is_honest(self) -> bool:
        """Whether its lists tell what it has."""
        return self.lists and not (self.boasts or self.pages)


LIVES = (
    Life(name="prompt"),
    Life(name="as-prompt", every=2.0),
    Life(name="lags", every=20.0),
    Life(name="lacks-some", lacks="project0/"),
    Life(name="cuts-short", short=5),
    Life(name="flaps", flaps=True),
    Life(name="boasts", every=15.0, boasts=True),
    Life(name="pages", pages=True),
    Life(name="lists-nothing", lists=False),
)


class Copy:
    """One mirror.

    Args:
        life: How it behaves.
        grove: What it copies.

    """

    def __init__(self, life: Life, grove: Grove) -> None:
        self.life = life
        self.record = Record()
        self.url = ""
        self._grove = grove
        self._files: Mapping[str, bytes] = {}
        self._due = 0.0
        self.look()

    def look(self) -> None:
        """Copy the tree if it is time to."""
        now = time.time()
        if now < self._due:
            return
        self._due = now + self.life.every
        files = {path: self._kept(path, one) for path, one in self._copied().items()}
        # From before it is done on, either state may be met.
        self._files = files
        self.record.put(now, {path: len(one) for path, one in files.items()})

    def hurry(self) -> None:
        """Copy the tree the next time that it is looked at."""
        self._due = 0.0

    def answer(self, path: str) -> tuple[int, bytes] | None:
        """Return status and body for a path; None to end the connection."""
        if self.life.flaps and time.time() % _FLAP[0] > _FLAP[0] - _FLAP[1]:
            return None
        if self.life.pages:
            return 200, _PAGE
        if path == STAMP:
            return 200, f"{int(time.time())} soak\n".encode()
        if not path or path.endswith("/"):
            return self._listed(path)
        found = self._files.get(path)
        return (404, b"no such file\n") if found is None else (200, found)

    def _copied(self) -> dict[str, bytes]:
        lacks = self.life.lacks
        files = self._grove.files
        return {
            path: one
            for path, one in files.items()
            if not (lacks and path.startswith(lacks))
        }

    def _kept(self, path: str, content: bytes) -> bytes:
        cut = self.life.short and crc32(path.encode()) % self.life.short == 0
        return content[: len(content) // 2] if cut else content

    def _listed(self, folder: str) -> tuple[int, bytes]:
        if not self.life.lists:
            return 403, b"no lists here\n"
        files = self._grove.files if self.life.boasts else self._files
        inside = {
            path.removeprefix(folder).partition("/")[:2]: len(content)
            for path, content in files.items()
            if path.startswith(folder)
        }
        if folder and not inside:
            return 404, b"no such folder\n"
        entries = [
            forms.entry(name, None if slash else size)
            for (name, slash), size in sorted(inside.items())
        ]
        return 200, forms.nginx(entries)


class _Origin(Copy):
    """What the mirrors copy: always as the tree is."""

    def answer(self, path: str) -> tuple[int, bytes] | None:
        self.hurry()
        self.look()
        return super().answer(path)


class _Handler(BaseHTTPRequestHandler):
    """Answers for a mirror."""

    copy: Copy

    def do_GET(self) -> None:
        """Answer with a file or a list."""
        found = self.copy.answer(self.path.removeprefix("/"))
        if found is None:
            self.close_connection = True
            return
        status, body = found
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", _kind(self.path, body))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name of the method

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Keeps quiet about clients that go away."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Do nothing: a checker ends what takes too long."""


@contextmanager
def serving(grove: Grove) -> Iterator[tuple[Copy, dict[str, Copy]]]:
    """Serve an origin and a mirror of each life; give it, and these by their URLs."""
    copies = [Copy(life, grove) for life in LIVES]
    origin, stop = _Origin(Life(name="origin"), grove), threading.Event()

    def follow() -> None:
        while not stop.wait(0.1):
            for one in copies:
                one.look()

    with ExitStack() as stack:
        for number, one in enumerate((origin, *copies)):
            one.url = stack.enter_context(_served(one, f"127.3.0.{number + 1}"))
        stack.enter_context(beside(follow, end=stop.set))
        yield origin, {one.url: one for one in copies}


@contextmanager
def _served(copy: Copy, host: str) -> Iterator[str]:
    server = _Server((host, 0), type("Handler", (_Handler,), {"copy": copy}))
    with answering(server):
        yield f"http://{host}:{server.server_port}/"


def _kind(path: str, body: bytes) -> str:
    page = path.endswith("/") or body == _PAGE
    return "text/html" if page else "application/octet-stream"
