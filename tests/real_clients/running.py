"""Running a client as a user does, in a folder of its own."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a client ended."""

    status: int | None
    """None if it had to be ended."""
    output: str


def run(
    folder: Path,
    *command: str,
    seconds: float = 30,
    variables: Mapping[str, str] = _NONE,
) -> Ran:
    """Run a client in a folder.

    Args:
        folder: Where it is to leave what it downloads; also its home, for else it
            would read the settings of whoever runs the tests.
        command: The program and its arguments.
        seconds: After how long it is ended.
        variables: More environment variables.

    """
    environment = {"PATH": os.defpath, "HOME": str(folder), **variables}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        status: int | None
        try:
            output, _ = process.communicate(timeout=seconds)
            status = process.returncode
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            status = None
    return Ran(status=status, output=output.decode(errors="replace"))


def verify(folder: Path, hashes: str, algorithm: str = "sha256") -> int | None:
    """Return with which status ``sha256sum -c``, or its like, ends for a hash file."""
    return run(folder, f"{algorithm}sum", "--check", hashes).status


def left(folder: Path) -> set[str]:
    """Return what a client has left, but for the hidden files that it keeps at home."""
    names = {one.name for one in folder.iterdir()}
    return {one for one in names if not one.startswith(".")}
