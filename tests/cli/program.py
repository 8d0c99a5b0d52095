"""The whole program, in a process and an installation of its own."""

import os
import subprocess
import sys
from pathlib import Path

NOBODY = 65534
"""An account without rights, and its group."""


_PROGRAM = "from mirrorsel.cli.main import main; main()"


def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mirrorsel, which may give up root."""
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


def give_to_nobody(folder: Path) -> None:
    """Give a folder with all in it to an account without rights."""
    for one in (folder, *folder.rglob("*")):
        os.chown(one, NOBODY, NOBODY)
