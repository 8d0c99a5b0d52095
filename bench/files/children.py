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
    with subprocess.Popen(command, cwd=_CLONE, stdout=subprocess.PIPE) as process:
        try:
            told, _ = process.communicate()
        except BaseException:
            # It ends what it has started itself, as when it is killed it cannot.
            process.terminate()
            process.wait()
            raise
    if process.returncode != 0:
        raise SystemExit(f"bench: {module} failed")
    return msgspec.json.decode(told, type=kind)
