"""Instructions per request, counted by valgrind: the same number in every run.

One process asks everything. valgrind writes what it has counted since the last time
whenever the process passes a mark, so that its start and its warm-up drop out.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TypeAlias

from bench.instructions.plan import Counted, Plan
from bench.instructions.scenarios import PAGE_TEXT
from bench.instructions.worlds import Size, lay_out

Counts: TypeAlias = Mapping[tuple[str, Size | None], float]
"""Instructions per request by scenario and list; those of comparison have no list."""

ROOT = Path(__file__).parents[2]
_MARK = "getppid"
_TOTAL = re.compile(r"^totals: (\d+)$", re.MULTILINE)


def instructions(plan: Plan) -> Counts:
    """Count what a plan asks for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder)
        (folder / "download.html").write_text(PAGE_TEXT)
        counted = [Counted.read(line) for line in _watch(plan, folder)]
        # Each lies between two marks, and so do the warm-ups.
        totals = list(_totals(folder))[1::2]
    return {
        (one.scenario, one.size): total / one.requests
        for one, total in zip(counted, totals, strict=True)
    }


def _watch(plan: Plan, folder: Path) -> Sequence[str]:
    """Run the child; return the lines that it prints."""
    done = subprocess.run(
        [
            *("valgrind", "--quiet", "--tool=callgrind", f"--dump-before={_MARK}"),
            f"--callgrind-out-file={folder / 'counted'}",
            *(sys.executable, "-m", "bench.instructions.child"),
            *(str(folder), plan.written()),
        ],
        cwd=ROOT,
        # The order of sets and the collisions of dictionaries are part of the count.
        env={**os.environ, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def _totals(folder: Path) -> Iterator[int]:
    """Yield what was counted from each mark to the next, first that of the start."""
    for number in count(1):
        file = folder / f"counted.{number}"
        if not file.exists():
            return
        found = _TOTAL.search(file.read_text(errors="replace"))
        if found is None:
            raise ValueError(f"{file}: valgrind has counted nothing")
        yield int(found[1])
