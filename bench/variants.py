"""Servers that differ from the shipped configuration by one setting."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from bench.case import GET, REDIRECT, Ask, Load
from bench.crowds import idle
from bench.scenarios import JSON, LARGE
from bench.servers import Server
from mirrorsel.httpd.conf import Options

Change: TypeAlias = Callable[[Options], Options]
_THREADS, _IDLE = 50, 45
_NARROW = f"StartServers 2\nThreadsPerChild 25\nMaxRequestWorkers {_THREADS}\n"
_KEPT, _CROWD = Load(), Load(connections=256)
_NEW_CROWD = Load(connections=256, keep_alive=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One setting that is another one, and the load that shows it."""

    name: str
    change: Change
    load: Load = _KEPT
    ask: Ask = REDIRECT
    both: str = ""
    """Configuration of both sides."""
    beside: Callable[[Server], AbstractContextManager[object]] = nullcontext
    """What else asks meanwhile."""
    beside_name: str = ""
    quick: bool = False
    """Whether a quick run measures it too."""

    @property
    def asked(self) -> str:
        """What both sides are loaded with, in words."""
        kept = "" if self.load.keep_alive else ", no keep-alive"
        page = "" if self.ask is REDIRECT else f", {self.ask.name}"
        beside = f", beside {self.beside_name}" if self.beside_name else ""
        return f"{self.load.connections} connections{kept}{page}{beside}"


def server_wide(text: str) -> Change:
    """Return a change that adds lines to the configuration of the server."""
    return lambda options: replace(options, extra=f"{options.extra}{text}\n")


def edited(old: str, new: str) -> Change:
    """Return a change of the shipped file itself."""

    def change(options: Options) -> Options:
        file = options.home / "edited.conf"
        file.write_text(edit(options.included.read_text(), old, new))
        return replace(options, included=file)

    return change


def edit(text: str, old: str, new: str) -> str:
    """Return a text in which something is replaced that it must have.

    Raises:
        ValueError: it has it not.

    """
    if old not in text:
        raise ValueError(f"the shipped configuration has no {old!r}")
    return text.replace(old, new)


VARIANTS = (
    Variant(name="embedded", change=lambda options: replace(options, embedded=True)),
    Variant(name="processes=1", change=lambda options: replace(options, processes=1)),
    Variant(name="processes=4", change=lambda options: replace(options, processes=4)),
    Variant(name="threads=1", change=lambda options: replace(options, threads=1)),
    Variant(name="threads=16", change=lambda options: replace(options, threads=16)),
    Variant(
        name="listen-backlog=100, as mod_wsgi has it",
        change=edited("listen-backlog=4096", "listen-backlog=100"),
        load=_NEW_CROWD,
        ask=JSON,
        quick=True,
    ),
    Variant(name="MPM worker", change=lambda options: replace(options, mpm="worker")),
    Variant(
        name="MPM worker",
        change=lambda options: replace(options, mpm="worker"),
        both=_NARROW,
        beside=partial(idle, count=_IDLE, path=GET),
        beside_name=f"{_IDLE} idle ones, {_THREADS} threads",
        quick=True,
    ),
    Variant(
        name="ThreadsPerChild 100, StartServers 1",
        change=server_wide(
            "ServerLimit 4\nStartServers 1\nThreadLimit 100\nThreadsPerChild 100"
        ),
    ),
    Variant(
        name=f"MaxRequestWorkers {_THREADS}",
        change=server_wide(_NARROW),
        load=_CROWD,
    ),
    Variant(name="KeepAlive Off", change=server_wide("KeepAlive Off")),
    Variant(
        name="MaxKeepAliveRequests 0", change=server_wide("MaxKeepAliveRequests 0")
    ),
    Variant(
        name="FlushMaxThreshold 65535, as httpd has it",
        change=server_wide("FlushMaxThreshold 65535"),
        ask=LARGE,
    ),
    Variant(
        name="a second access log",
        change=lambda options: server_wide(
            f'CustomLog "{options.home}/second.log" mirrorsel'
        )(options),
    ),
)
