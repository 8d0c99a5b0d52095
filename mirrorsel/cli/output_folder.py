"""A folder of files that a user asks a verb to write."""

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from mirrorsel.cli.output import write_output
from mirrorsel.errors import ListError, Problem


def write_folder(
    folder: Path, texts: Mapping[str, str], *, force: bool
) -> tuple[str, ...]:
    """Write a folder; a new one whole or not at all.

    Args:
        folder: The folder; it may be there if it is empty.
        texts: What the files are to hold, by their names.
        force: Whether it may have files already. Those of the same names are
            replaced, each whole or not at all; the others stay.

    Returns:
        The names of what else lies in it, without hidden files.

    Raises:
        ListError: it has files already, or cannot be written.

    """
    try:
        there = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
        if not there:
            _write_new(folder.resolve(), texts)
        elif not force:
            message = "there are files in it already; --force adds to them"
            raise ListError(folder, Problem(message=message))
        else:
            for name, text in texts.items():
                write_output(folder / name, text, force=True)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise ListError(folder, Problem(message=message)) from error
    return tuple(one for one in there if one not in texts and not one.startswith("."))


def _write_new(folder: Path, texts: Mapping[str, str]) -> None:
    temporary = folder.with_name(f".{secrets.token_hex(8)}.tmp")
    temporary.mkdir()
    try:
        for name, text in texts.items():
            write_output(temporary / name, text, force=False)
        # An empty folder in the way gives its place to it, any other does not.
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
