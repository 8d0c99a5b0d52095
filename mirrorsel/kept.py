"""Where the version of a file before its last replacement is kept."""

from pathlib import Path


def kept_beside(file: Path) -> Path:
    """Return the path of that version: beside the file, with `~` behind its name.

    Args:
        file: The file itself, and no link to it.

    """
    return file.with_name(f"{file.name}~")
