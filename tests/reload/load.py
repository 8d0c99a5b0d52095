"""The load: processes that look at every answer, and wrk that only counts them."""

import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

from tests.reload.looks import GET
from tests.reload.shooter import Seen

_RATE = re.compile(r"Requests/sec: +([\d.]+)")
_LONGEST = 3600


@contextlib.contextmanager
def shooting(
    port: int, shooters: int, *, light: bool
) -> Iterator[Callable[[], tuple[Seen, ...]]]:
    """Shoot with so many processes; what is given ends them and returns what they saw.

    With `light`, they ask for redirects alone.
    """
    more = ["light"] if light else []
    command = [sys.executable, "-m", "tests.reload.shooter", str(port)]
    with contextlib.ExitStack() as stack:
        processes = [
            stack.enter_context(_started([*command, str(seed), *more]))
            for seed in range(shooters)
        ]

        def stop() -> tuple[Seen, ...]:
            told = [one.communicate()[0] for one in processes]
            return tuple(Seen(**json.loads(one)) for one in told)

        yield stop


@contextlib.contextmanager
def hammering(port: int, connections: int) -> Iterator[Callable[[], str]]:
    """Load with wrk; what is given ends it and returns what it says in one line."""
    if not connections or shutil.which("wrk") is None:
        yield lambda: ""
        return
    url = f"http://127.0.0.1:{port}{GET}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{_LONGEST}s", url]
    with _started(command) as process:

        def stop() -> str:
            process.send_signal(signal.SIGINT)
            told = process.communicate()[0]
            rate = _RATE.search(told)
            return f"{rate[1] if rate else 0} a second by wrk{_failures(told)}"

        yield stop


def _failures(told: str) -> str:
    lines = (line.strip() for line in told.splitlines())
    failed = [one for one in lines if one.startswith(("Socket errors", "Non-2xx"))]
    return "".join(f"; {one}" for one in failed)


@contextlib.contextmanager
def _started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()
