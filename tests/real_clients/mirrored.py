"""A tree behind a real httpd, with mirrors of it that can go wrong one by one."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mirrorsel.model import State
from mirrorsel.state import StateFolder, read_snapshot
from tests.httpd.served import Order, Served, serving
from tests.loopback import Behaviour, Loopback
from tests.mirror import stamp, tree
from tests.probing import STAMP
from tests.tree.published import Known, cut, publish
from tests.waiting import eventually

SETTINGS = """\
origin = "{origin}"
[checker]
enabled = false
[tree]
index = "origin"
torrent_from = "1MiB"
"""
WATCHING = """\
[list]
origin = "{origin}"
[health]
rise = 1
fall = 1
[checker]
period = "1s"
timeout = "1s"
deadline = "2s"
private_addresses = true
samples = []
"""
_PIECE = 2**18
_LARGE = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """The httpd, the mirrors, and what all of them should have."""

    served: Served
    origin: Loopback
    mirrors: tuple[Loopback, ...]
    files: Mapping[str, bytes]

    @property
    def base(self) -> str:
        """The URL below which clients find the tree."""
        return f"{self.served.httpd.url}/get/"

    def mirror_of(self, path: str) -> Loopback:
        """Return the mirror to which this machine is sent for a file."""
        location = self.served.ask(f"/get/{path}").headers["location"]
        servers = (*self.mirrors, self.origin)
        return next(one for one in servers if location.startswith(one.url))

    def others(self, mirror: Loopback) -> tuple[Loopback, ...]:
        """Return all mirrors but one."""
        return tuple(one for one in self.mirrors if one is not mirror)

    def behave(self, behaviour: Behaviour, *servers: Loopback) -> None:
        """Let some servers, or else all of them, behave in one way."""
        for one in servers or (*self.mirrors, self.origin):
            one.behaviour = behaviour

    def mend(self) -> None:
        """Let all have all files again, and forget what they were asked."""
        self.behave(tree(self.files))
        for one in (*self.mirrors, self.origin):
            one.requests.clear()


def asked(server: Loopback) -> list[str]:
    """Return the paths that a server was asked for."""
    lines = (one.partition(b"\r\n")[0].decode() for one in list(server.requests))
    return [line.split(" ")[1].removeprefix("/") for line in lines if line]


@contextlib.contextmanager
def mirrored(
    files: Mapping[str, bytes], subnet: int, of_list: str = ""
) -> Iterator[Mirrored]:
    """Publish files until the context is left; what the mirrors do, nobody watches.

    Args:
        files: The tree, by paths.
        subnet: Which loopback addresses the mirrors have.
        of_list: More settings of `[list]`.

    """
    with _running(files, subnet, f"[list]\n{of_list}{SETTINGS}") as running:
        known = {path: _known(content) for path, content in files.items()}
        publish(running.served.home.state, known)
        some = f"/get/{next(iter(files))}"
        assert eventually(lambda: "digest" in running.served.ask(some).headers)
        yield running


@contextlib.contextmanager
def watched(files: Mapping[str, bytes], subnet: int) -> Iterator[Mirrored]:
    """Publish files, with a checker that looks at the mirrors every second."""
    stamped = {**files, STAMP: stamp()}
    with _running(stamped, subnet, WATCHING) as running:
        assert eventually(lambda: _all_are_up(running), 30)
        yield running


def _all_are_up(running: Mirrored) -> bool:
    """Return whether the checker has seen that, and httpd knows it."""
    snapshot = StateFolder(running.served.home.state).snapshot
    if not snapshot.exists():
        return False
    known = read_snapshot(snapshot).health
    up = all(known[one.url].state is State.UP for one in running.mirrors)
    return up and '"unprobed"' not in running.served.ask(f"/get/{STAMP}?json").text


@contextlib.contextmanager
def _running(
    files: Mapping[str, bytes], subnet: int, settings: str
) -> Iterator[Mirrored]:
    with contextlib.ExitStack() as stack:
        origin, *mirrors = (
            stack.enter_context(Loopback(tree(files), host=f"127.0.{subnet}.{number}"))
            for number in range(1, 5)
        )
        order = Order(
            settings=settings.format(origin=origin.url),
            mirrors="".join(f"http de {one.url} -\n" for one in mirrors),
        )
        served = stack.enter_context(serving(order))
        yield Mirrored(
            served=served, origin=origin, mirrors=tuple(mirrors), files=files
        )


def _known(content: bytes) -> bytes | Known:
    return cut(content, _PIECE) if len(content) >= _LARGE else content
