"""The published tree, and the projects that left it."""

import os
import re
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.docroot import DocumentRoot
from mirrorsel.web.tree import Tree

_PROJECT = re.compile(r"[-a-z0-9]+")


def project_of(target: str) -> str:
    """Return the project that a target belongs to; empty if it names none."""
    first = target.partition("/")[0]
    return first if _PROJECT.fullmatch(first) else ""


def is_published(settings: Settings, tree: Tree | None, target: str) -> bool:
    """Return whether a target is in the published tree, as far as is known.

    What came into the tree's folder after it was indexed counts too.
    """
    usable = tree if tree and tree.usable else None
    if usable and usable.knows(target):
        return True
    return _is_in_folder(settings, target, otherwise=usable is None)


def _is_in_folder(settings: Settings, target: str, *, otherwise: bool) -> bool:
    """Return whether a target is in the folder of published files.

    Without one on this machine, or where it cannot be seen, the answer is
    `otherwise`; the root itself is always published.
    """
    if not settings.tree.folder or not target:
        return otherwise or not target
    folder = settings.path(settings.tree.folder)
    inside = DocumentRoot(folder).name(target)
    found = inside is not None and not is_missing(folder / inside)
    return found or (otherwise and fault_of(folder) is not None)


def retired_page(settings: Settings, target: str) -> str | None:
    """Return the URL about a target's project if that is retired."""
    project, attic = project_of(target), settings.attic
    if not project:
        return None
    page = f"{project}.html"
    retired = project in attic.projects or (
        attic.folder != "" and not is_missing(settings.path(attic.folder) / page)
    )
    return attic.url + page if retired else None


def fault_of(folder: Path) -> str | None:
    """Return why a folder cannot be entered, as the system says it; None if it can."""
    try:
        # Its own name within itself asks for the right to enter it; a Path would
        # leave that name out.
        os.stat(f"{folder}/.")  # noqa: PTH116
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)
    return None


def is_missing(path: Path) -> bool:
    """Return whether there is no such file; one that cannot be seen may be there."""
    try:
        path.stat()
    except PermissionError:
        return False
    except (OSError, ValueError):
        # Also a name that is too long, and a loop of links.
        return True
    return False
