"""Measurements in processes of their own, whose time and memory are theirs alone."""

import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

_CLONE = Path(__file__).parents[2]


def measured(module: str, kind: type[T], *arguments: object) -> T:
    """Run a module of this package, and return what it prints.

    Args:
        module: Its name.
        kind: What it prints as JSON.
        arguments: What it is told.

    """
    words = [str(one) for one in arguments]
    command = [sys.executable, "-m", f"bench.files.{module}", *words]
    done = subprocess.run(command, cwd=_CLONE, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=kind)
