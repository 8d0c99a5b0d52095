"""The two lists that a preview compares."""

import sys
from pathlib import Path
from typing import BinaryIO

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.exits import CANNOT_TELL
from mirrorsel.cli.inforce import replaced
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.lint_shown import show_problems
from mirrorsel.cli.list_bytes import STDIN, read_bytes, shown_path
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings
from mirrorsel.errors import ListError
from mirrorsel.lists import Loaded, load, parse, require, stand_in
from mirrorsel.lists.file import decode
from mirrorsel.model import MirrorList


def in_force(settings: Settings, config: Path) -> MirrorList:
    """Return the list that is in force; if that is another than the file's, say so."""
    path = settings.list_file
    try:
        return require(path)
    except ListError as error:
        complain(error)
    instead = stand_in(path, state_folder(settings, config).last_good_list)
    complain(replaced(path, instead.about))
    return instead.mirrors


def wanted(path: Path, stream: BinaryIO | None = None) -> MirrorList:
    """Return a list in which everything is right, or end the program.

    What is wrong is shown before. The list `-` is that of standard input.

    Args:
        path: The list.
        stream: Standard input; by default that of this process.

    Raises:
        ListError: it cannot be read.

    """
    loaded = _read(stream) if path == STDIN else load(path)
    if not loaded.ok:
        console = make_console(stderr=True)
        show_problems(console, shown_path(path), loaded.text, loaded.errors)
        sys.exit(CANNOT_TELL)
    return loaded.list


def _read(stream: BinaryIO | None) -> Loaded:
    return parse(decode(shown_path(STDIN), read_bytes(STDIN, stream)), None)
