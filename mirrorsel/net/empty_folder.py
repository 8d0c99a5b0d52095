"""A folder for one run of a program."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """Give an empty folder that nobody else can enter, and remove it.

    Raises:
        FetchError: this machine cannot do its part (DEFECT).

    """
    try:
        with tempfile.TemporaryDirectory(prefix="mirrorsel-") as name:
            yield Path(name)
    except OSError as error:
        raise FetchError(Outcome.DEFECT, plain(str(error))) from error
