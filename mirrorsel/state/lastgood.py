"""The copy of the last list of mirrors that had no error."""

from pathlib import Path

from mirrorsel.errors import StateError
from mirrorsel.state.files import read_state, write_atomic


def keep_last_good(path: Path, content: bytes) -> None:
    """Keep the bytes of a good list; an equal copy is left alone.

    Raises:
        StateError: the copy cannot be written; the old one stands.

    """
    try:
        same = read_state(path) == content
    except StateError:
        same = False
    if not same:
        write_atomic(path, content)
