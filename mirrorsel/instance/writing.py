"""Files that are written where there is nothing yet, whole or not at all."""

import difflib
import os
import tempfile
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from mirrorsel.errors import InstanceError
from mirrorsel.regular import MEBIBYTE, read_regular

_MODE, _FOLDER_MODE = 0o644, 0o755
_LARGEST = 16 * MEBIBYTE


class Outcome(Enum):
    """What became of a file."""

    MADE = auto()
    SAME = auto()
    """It was there, as it would have been written."""
    KEPT = auto()
    """It was there, and is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that was to be written."""

    path: Path
    outcome: Outcome
    difference: str = ""
    """From what is there to what would have been written, as `diff -u` has it."""


def write_new(path: Path, text: str) -> Written:
    """Write a file that everybody can read, unless something is there.

    Raises:
        InstanceError: it cannot be written, or what is there cannot be read.

    """
    try:
        make_folders(path.parent)
        if not os.path.lexists(path) and _write(path, text):
            return Written(path=path, outcome=Outcome.MADE)
        found = read_regular(path, largest=_LARGEST).decode(errors="replace")
    except OSError as error:
        raise InstanceError(f"{path}: {error.strerror}") from error
    if found == text:
        return Written(path=path, outcome=Outcome.SAME)
    difference = _difference(path, found, text)
    return Written(path=path, outcome=Outcome.KEPT, difference=difference)


def make_folders(folder: Path) -> None:
    """Make a folder that everybody can enter, with those above it that are missing.

    Raises:
        OSError: it cannot be made.

    """
    for one in reversed((folder, *folder.parents)):
        if not one.is_dir():
            one.mkdir()
            # Whatever the umask: other accounts must be able to enter.
            one.chmod(_FOLDER_MODE)


def _write(path: Path, text: str) -> bool:
    """Return whether it was written; False if meanwhile there is something."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - a descriptor has no path
            file.write(text)
            file.flush()
            os.fchmod(descriptor, _MODE)
            os.fsync(descriptor)
        # Unlike a renaming, this takes no other file's place.
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    return True


def _difference(path: Path, found: str, text: str) -> str:
    lines = difflib.unified_diff(
        found.splitlines(),
        text.splitlines(),
        str(path),
        "as `mirrorsel init` would write it",
        lineterm="",
    )
    return "\n".join(lines)
