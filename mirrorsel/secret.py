"""A secret of the operator, in a file of its own."""

import os
import stat
from pathlib import Path

from mirrorsel.regular import open_regular

_LARGEST = 4096


def read_secret(path: Path) -> str:
    """Return the text of a file, without the blanks and line ends around it.

    Raises:
        OSError: it cannot be read.
        ValueError: it is empty, no UTF-8 text, or no secret, as everybody can read it.

    """
    with open_regular(path, largest=_LARGEST) as file:
        # The account that answers requests is one of them.
        if os.fstat(file.fileno()).st_mode & stat.S_IROTH:
            raise ValueError("everybody can read it; chmod it to 0600")
        text = file.read(_LARGEST).decode().strip()
    if not text:
        raise ValueError("it is empty")
    return text
