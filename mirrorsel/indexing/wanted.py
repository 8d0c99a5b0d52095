"""What the settings want of an index."""

import os
from dataclasses import dataclass

from mirrorsel.config import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the settings makes one index another than the next."""

    index: str
    root: str
    pieces_from: int

    @classmethod
    def of(cls, settings: Settings) -> "Wanted | None":
        """Return what is wanted; None where no index is made by this checker."""
        tree = settings.tree
        if tree.index == "off" or not settings.checker.enabled:
            return None
        return cls(tree.index, root_of(settings), tree.pieces_from)


def root_of(settings: Settings) -> str:
    """Return the folder of the published tree, or its URL.

    The folder is named in one way, wherever a process was started.
    """
    folder = settings.tree_folder
    if settings.tree.index == "origin" or folder is None:
        return settings.list.origin
    return os.path.abspath(folder)  # noqa: PTH100 - a link stays what it is
