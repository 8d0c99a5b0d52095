"""A client that asks without end, and looks at every answer.

``python -m tests.reload.shooter PORT SEED`` asks until its input ends, then prints
what it has seen as JSON; with `light` behind it, for redirects alone.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from tests.reload.keepalive import BrokenAnswerError, KeepAlive
from tests.reload.looks import CLOSER, GET, JSON, LIST, LOOKS, PROOF, STATUS, MixedError

_ASKED = (*[GET] * 200, *[PROOF] * 10, *[CLOSER] * 4, *[JSON] * 2, STATUS, LIST)
_LIGHT = (*[GET] * 20, PROOF)
_MOST = 20
WINDOWS = 4
"""A second has so many windows, of each of which the slowest answer is kept."""


@dataclass
class Seen:
    """What a client has seen."""

    answers: int = 0
    faults: list[str] = field(default_factory=list)
    """The first of them, in words."""
    last: dict[str, dict[str, float]] = field(default_factory=dict)
    """For each path, when each version was seen last."""
    slowest: dict[str, float] = field(default_factory=dict)
    """For each window, how long the slowest answer took that ended in it."""

    def note(self, path: str, version: int, started: float, ended: float) -> None:
        """Take one answer."""
        self.answers += 1
        self.last.setdefault(path, {})[str(version)] = ended
        window = str(int(ended * WINDOWS))
        self.slowest[window] = max(self.slowest.get(window, 0.0), ended - started)

    def fault(self, path: str, error: Exception) -> None:
        """Take a failure."""
        if len(self.faults) < _MOST:
            what = f"{type(error).__name__}: {error}"
            self.faults.append(f"{time.monotonic():.2f} {path}: {what}")


def shoot(port: int, seed: int, asked: Sequence[str], stop: threading.Event) -> Seen:
    """Ask until told to stop; each time it is one of a few clients."""
    chance, seen = random.Random(seed), Seen()
    sources = [f"127.0.{chance.randrange(1, 250)}.{one}" for one in range(1, 9)]
    connections = [KeepAlive("127.0.0.1", port, one) for one in sources]
    while not stop.is_set():
        connection, path = chance.choice(connections), chance.choice(asked)
        started = time.monotonic()
        try:
            version = LOOKS[path](connection.ask(path))
            seen.note(path, version.number, started, time.monotonic())
        except (OSError, BrokenAnswerError, MixedError) as error:
            connection.close()
            seen.fault(path, error)
    for connection in connections:
        connection.close()
    return seen


def main() -> None:
    """Ask until the input ends."""
    port, seed, *light = sys.argv[1:]
    stop = threading.Event()

    def wait() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
    seen = shoot(int(port), int(seed), _LIGHT if light else _ASKED, stop)
    json.dump(asdict(seen), sys.stdout)


if __name__ == "__main__":
    main()
