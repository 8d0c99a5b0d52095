"""The rsync client, as it is run against one daemon."""

import math
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.limits import Limits
from mirrorsel.net.program import Bounds, Ended, run
from mirrorsel.net.target import Target

_MEMORY, _MEMORY_OF_LIST = 2**27, 2**29
_ONLY_FILES = (
    "--no-recursive",
    "--no-links",
    "--no-devices",
    "--no-specials",
    "--no-owner",
    "--no-group",
    "--no-perms",
)


@dataclass(frozen=True, slots=True)
class Client:
    """The client, with what it may cost."""

    path: str
    limits: Limits
    deadline: Deadline
    size: int
    """The most bytes of a file that is copied."""

    def copy(self, target: Target, address: Address, copy: Path) -> Ended:
        """Copy an ordinary file, whose size is allowed, into the folder of `copy`."""
        options = [f"--max-size={self.size}", "--info=skip1", *_ONLY_FILES]
        source = _source(target, address)
        return self._run(copy.parent, options, [source, os.fsencode(copy)])

    def list(self, target: Target, address: Address, folder: Path) -> Ended:
        """Print a line about a file; `folder` is where the client runs."""
        options = ["--list-only", "--no-human-readable", "--no-recursive"]
        return self._run(folder, options, [_source(target, address)])

    def list_all(
        self,
        target: Target,
        address: Address,
        folder: Path,
        take: Callable[[bytes], object],
    ) -> Ended:
        """Print a line about each thing in a folder and below it.

        Args:
            target: The folder, its path ending in a slash.
            address: Where it is asked for.
            folder: Where the client runs.
            take: Is given what is printed, as it comes.

        """
        options = ["--list-only", "--no-human-readable", "--recursive"]
        return self._run(folder, options, [_source(target, address)], take)

    def _run(
        self,
        folder: Path,
        options: Sequence[str],
        arguments: Sequence[bytes],
        take: Callable[[bytes], object] | None = None,
    ) -> Ended:
        patience = math.ceil(min(self.limits.timeout, self.deadline.remaining))
        waits = (f"--timeout={patience}", f"--contimeout={patience}")
        return run(
            [self.path, "--no-motd", *waits, *options, "--", *arguments],
            folder=folder,
            # Without HOME, RSYNC_PROXY, RSYNC_CONNECT_PROG, RSYNC_PASSWORD and all
            # else that would make the client do something of its own.
            environment={"LC_ALL": "C", "TZ": "UTC0"},
            deadline=self.deadline,
            bounds=Bounds(
                output=self.limits.overhead,
                file=self.size,
                seconds=math.ceil(self.limits.deadline),
                # Older daemons have the client hold all of a list.
                memory=_MEMORY if take is None else _MEMORY_OF_LIST,
            ),
            take=take,
        )


def installed(program: str = "rsync") -> str:
    """Return the path of the client.

    Args:
        program: Its name or path.

    Raises:
        FetchError: it is not there (NO_CLIENT).

    """
    path = shutil.which(program)
    if path is None:
        raise FetchError(Outcome.NO_CLIENT, "rsync is not installed")
    return path


def _source(target: Target, address: Address) -> bytes:
    host = f"[{address.text}]" if ":" in address.text else address.text
    return f"rsync://{host}:{target.port}/".encode() + target.path
