"""A secret of the operator, in a file of its own."""

from pathlib import Path

from mirrorsel.regular import read_regular

_LARGEST = 4096


def read_secret(path: Path) -> str:
    """Return the text of a file, without the blanks and line ends around it.

    Raises:
        OSError: it cannot be read.
        ValueError: it is empty, or no UTF-8 text.

    """
    text = read_regular(path, largest=_LARGEST).decode().strip()
    if not text:
        raise ValueError("it is empty")
    return text
