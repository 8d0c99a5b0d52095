"""The load: wrk, and what it tells."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.case import Load

_SCRIPT = Path(__file__).with_name("clients.lua")
_TOLD = re.compile(r"^bench:((?: \d+){10})$", re.MULTILINE)
_MICRO = 1e-6
_FEW = 64
"""With more connections than its first threads, httpd ends idle ones to let others in;
a client then sends its request again."""
_PATIENCE = "--timeout=30s"


class LoadError(Exception):
    """The server did not answer as it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What wrk has counted in one run."""

    requests: int
    seconds: float
    size: int
    """All bytes that were read."""
    refused: int
    """How many answers had a status of 400 or more."""
    failed: int
    """How many requests had no answer."""
    closed: int
    """How many connections were closed with a request on its way."""
    p50: float
    p99: float
    p999: float
    longest: float
    """Latencies in seconds."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def parse(output: str) -> Told:
    """Read what our script of wrk prints at its end.

    Raises:
        LoadError: it is not there.

    """
    found = _TOLD.search(output)
    if found is None:
        raise LoadError(f"wrk tells nothing:\n{output}")
    numbers = [int(one) for one in found[1].split()]
    requests, micros, size, refused, failed, closed, *latencies = numbers
    p50, p99, p999, longest = (one * _MICRO for one in latencies)
    return Told(
        requests=requests,
        seconds=micros * _MICRO,
        size=size,
        refused=refused,
        failed=failed,
        closed=closed,
        p50=p50,
        p99=p99,
        p999=p999,
        longest=longest,
    )


def command(url: str, load: Load, seconds: int, method: str = "GET") -> list[str]:
    """Return the command that loads a URL."""
    threads = max(1, min((os.cpu_count() or 1) // 2, load.connections))
    options = [f"-t{threads}", f"-c{load.connections}", f"-d{seconds}s", _PATIENCE]
    if not load.keep_alive:
        options += ["-H", "Connection: close"]
    seed = str(time.monotonic_ns() // 1000 % 1_000_000)
    arguments = [method, load.clients, seed, *([str(load.paths)] if load.paths else ())]
    return ["wrk", *options, "-s", str(_SCRIPT), url, "--", *arguments]


def run(
    url: str, load: Load, seconds: int, *, method: str = "GET", refused: bool = False
) -> Told:
    """Load a URL for some seconds.

    Raises:
        LoadError: an answer failed, or it was not as expected.

    """
    done = subprocess.run(
        command(url, load, seconds, method), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise LoadError(f"wrk cannot load {url}: {done.stderr.strip()}")
    told = parse(done.stdout)
    wanted = told.requests if refused else 0
    failed = told.failed or (told.closed and load.connections <= _FEW)
    if failed or told.refused != wanted:
        raise LoadError(f"{url} did not answer as it should:\n{done.stdout}")
    return told
