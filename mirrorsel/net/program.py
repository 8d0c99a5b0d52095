"""One run of a program that is trusted with nothing."""

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.deadline import Deadline

_CHUNK = 65536
_STEP = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a run may cost beside its time."""

    output: int
    """Bytes of each of the two outputs, but for one that is passed on."""
    file: int
    """Bytes of each file that it writes."""
    seconds: int
    """Of the processor."""
    memory: int = 2**27
    """Bytes of its address space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended by itself."""

    status: int
    """Its exit status, or a signal as a negative number."""
    output: bytes
    errors: bytes


def run(  # noqa: PLR0913 - each is about another thing, and named
    command: Sequence[str | bytes],
    *,
    folder: Path,
    environment: Mapping[str, str],
    deadline: Deadline,
    bounds: Bounds,
    take: Callable[[bytes], object] | None = None,
) -> Ended:
    """Run a program without a shell, and end it with all that it started.

    It has no input and no terminal. Where there is a `take`, it is given the output
    as it comes, and bounds it by what it raises; what is returned has none.

    Raises:
        FetchError: it was ended at the deadline (DEADLINE), or because it said too
            much (TOO_LARGE).
        OSError: it cannot be run.

    """
    with subprocess.Popen(  # noqa: S603 - the caller names the program by its path
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        start_new_session=True,
    ) as child:
        # It is called in any case: at the end of this process too, which waits for
        # no thread.
        end = weakref.finalize(child, _end, child.pid)
        try:
            _restrict(child.pid, bounds)
            output, errors = _read(child, deadline, bounds.output, take)
            _wait(child.pid, deadline)
        finally:
            # Before its status is fetched, so that its number is nobody else's.
            end()
    return Ended(status=child.returncode, output=output, errors=errors)


def _end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _restrict(process: int, bounds: Bounds) -> None:
    # Set from outside: what runs between fork and exec is not safe with threads.
    limits = {
        resource.RLIMIT_FSIZE: bounds.file,
        resource.RLIMIT_CPU: bounds.seconds,
        resource.RLIMIT_AS: bounds.memory,
        resource.RLIMIT_CORE: 0,
    }
    with contextlib.suppress(ProcessLookupError):
        for kind, limit in limits.items():
            _, hard = resource.prlimit(process, kind)
            most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.prlimit(process, kind, (most, most))


def _read(
    child: "subprocess.Popen[bytes]",
    deadline: Deadline,
    most: int,
    take: Callable[[bytes], object] | None,
) -> tuple[bytes, bytes]:
    pipes = [pipe for pipe in (child.stdout, child.stderr) if pipe is not None]
    said = {pipe.fileno(): b"" for pipe in pipes}
    with selectors.DefaultSelector() as waiting:
        for pipe in pipes:
            waiting.register(pipe, selectors.EVENT_READ)
        while waiting.get_map():
            deadline.check()
            for key, _ in waiting.select(deadline.remaining):
                if not (data := os.read(key.fd, _CHUNK)):
                    waiting.unregister(key.fileobj)
                if take is not None and key.fileobj is child.stdout:
                    take(data)
                    continue
                said[key.fd] += data
                if len(said[key.fd]) > most:
                    detail = f"more than {most} bytes of messages"
                    raise FetchError(Outcome.TOO_LARGE, detail)
    output, errors = said.values()
    return output, errors


def _wait(process: int, deadline: Deadline) -> None:
    """Wait for the end of a process, without fetching its status."""
    how = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while os.waitid(os.P_PID, process, how) is None:
        deadline.check()
        time.sleep(_STEP)
