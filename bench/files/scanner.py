"""A process that scans one mirror, as the checker does.

``python -m bench.files.scanner STATE URL`` prints what that costs, as JSON.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.ending import end_in_order
from bench.files.usage import cpu_seconds, most_memory
from mirrorsel.model import Mirror
from mirrorsel.net import Limits, Reach, quiet_library
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scanner
from mirrorsel.state import StateFolder
from mirrorsel.tree import FileIndex

_LIMITS = Limits(private_addresses=True, deadline=600)
# A real mirror is asked a few times a second at most; here its lists are what counts.
_REACH = Reach(pause=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a scan saw, and what it cost."""

    seconds: float
    cpu: float
    """Seconds that it computed."""
    held: int
    folders: int
    before: float
    """MB of memory at the most, before the scan."""
    most: float
    """The same in the end."""


def main(state: StateFolder, url: str) -> None:
    """Scan a mirror once."""
    quiet_library()
    files, before = FileIndex(state.files), most_memory()
    started, used = time.perf_counter(), cpu_seconds()
    assignment = Assignment(mirror=Mirror(url=url), files=files)
    scan = Scanner(limits=_LIMITS, reach=_REACH).scan(assignment)
    found = Scanned(
        seconds=time.perf_counter() - started,
        cpu=cpu_seconds() - used,
        held=scan.matched.held,
        folders=scan.folders,
        before=before,
        most=most_memory(),
    )
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    end_in_order()
    main(StateFolder(Path(sys.argv[1])), sys.argv[2])
