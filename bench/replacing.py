"""Files that are replaced all the time."""

import contextlib
import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import listed
from bench.servers import Server, all_up
from mirrorsel.state import StateFolder
from mirrorsel.state.snapshot import write_snapshot
from tests.threads import beside

_EVERY = 1.0
_LONGEST = 8.0
_LOOK = 0.2
# Nobody else is there, and its mirror tells the version of the list.
_PLACE = "/dyn/closer.cgi?as_json=1&cca2=aq"


@dataclass(slots=True)
class Replaced:
    """How often what was replaced."""

    snapshots: int = 0
    lists: int = 0
    """Versions of the list that were seen in answers, each before the next came."""
    stop: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def replacing(server: Server, mirrors: int) -> Iterator[Replaced]:
    """Replace the snapshot each second, and the list as often as it can count.

    A list counts when it has stood still for a second: so the next version comes
    when one has been seen in an answer.
    """
    done = Replaced()
    text = listed.lines(mirrors)
    snapshots = partial(_replace_snapshots, server, text, done)
    lists = partial(_replace_lists, server, text, done)
    with beside(snapshots, lists, end=done.stop.set):
        yield done


def _replace_snapshots(server: Server, text: str, done: Replaced) -> None:
    snapshot = all_up(text + _marker(0))
    path = StateFolder(server.folder / "state").snapshot
    while not done.stop.wait(_EVERY):
        write_snapshot(path, snapshot)
        done.snapshots += 1


def _replace_lists(server: Server, text: str, done: Replaced) -> None:
    number = 0
    while not done.stop.wait(_LOOK):
        number += 1
        _replace(server.folder / "mirrors.list", _marker(number) + text)
        limit = time.monotonic() + _LONGEST
        while not done.stop.wait(_LOOK) and time.monotonic() < limit:
            if f"v{number}.aq".encode() in _answer(server):
                done.lists += 1
                break


def _marker(number: int) -> str:
    return f"http aq https://v{number}.aq.example/ -\n"


def _replace(path: Path, text: str) -> None:
    new = path.with_name(".mirrors.list.new")
    new.write_text(text)
    new.replace(path)


def _answer(server: Server) -> bytes:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    try:
        connection.request("GET", _PLACE)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        connection.close()
