"""The copy of the last list of mirrors that had no error."""

from pathlib import Path

from mirrorsel.state.files import write_changed


def keep_last_good(path: Path, content: bytes) -> None:
    """Keep the bytes of a good list; an equal copy is left alone.

    Raises:
        StateError: the copy cannot be written; the old one stands.

    """
    write_changed(path, content)
