"""A random way down a folder, to some of its files."""

import os
import random
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

_DEPTH = 32
_LOOKED_AT = 2000
_TAKEN = 4
# What every protocol carries as it is, and no shell takes for anything else.
_NAME = re.compile(r"[A-Za-z0-9_+@=~,][A-Za-z0-9_+@=~,.-]*")


def is_plain(name: str) -> bool:
    """Return whether a name means itself in a URL and in every protocol.

    Hidden ones, which begin with a dot, do not count.
    """
    return _NAME.fullmatch(name) is not None


def walk(
    folder: Path, start: str, wanted: Callable[[str], bool], chance: random.Random
) -> tuple[str, ...]:
    """Return a few ordinary files below a folder that chance leads to.

    It goes from one folder down to the next, looks at no more than some thousand
    entries of each, and follows no link. The cost is that of the way, however many
    files there are.

    Args:
        folder: The root.
        start: Where below it to begin; empty, or ending in a slash.
        wanted: Whether a file of that name will do.
        chance: Decides at each fork.

    Returns:
        Paths below the root, none where the way ends in a folder without files.

    Raises:
        OSError: the first folder cannot be read.

    """
    folders, files = _look(folder, start, wanted)
    for _ in range(_DEPTH):
        # Each entry is as likely as another, lest a few files near the top stand
        # for all the rest.
        if not folders or chance.randrange(len(folders) + len(files)) < len(files):
            break
        try:
            folders, files = _look(folder, chance.choice(folders), wanted)
        except OSError:
            # Gone, or closed to this account: that says nothing of the rest.
            return ()
    return tuple(chance.sample(files, min(_TAKEN, len(files))))


def _look(
    folder: Path, below: str, wanted: Callable[[str], bool]
) -> tuple[list[str], list[str]]:
    """Return the paths of the folders, each with a slash, and of the files."""
    folders, files = [], []
    with os.scandir(folder / below) as entries:
        for entry in islice(entries, _LOOKED_AT):
            if not is_plain(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(f"{below}{entry.name}/")
            elif entry.is_file(follow_symlinks=False) and wanted(entry.name):
                files.append(f"{below}{entry.name}")
    # The order of a folder is the file system's; chance alone is to decide.
    return sorted(folders), sorted(files)
