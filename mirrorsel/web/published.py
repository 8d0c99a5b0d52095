"""The published tree, and the projects that left it."""

import re
from contextlib import suppress
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.docroot import DocumentRoot

_PROJECT = re.compile(r"[-a-z0-9]+")


def project_of(target: str) -> str:
    """Return the project that a target belongs to; empty if it names none."""
    first = target.partition("/")[0]
    return first if _PROJECT.fullmatch(first) else ""


def is_published(settings: Settings, target: str) -> bool:
    """Return whether a target is in the published tree.

    Without a tree on this machine, everything counts as published.
    """
    if not settings.tree.folder or not target:
        return True
    folder = settings.path(settings.tree.folder)
    inside = DocumentRoot(folder).name(target)
    return inside is not None and _exists(folder / inside)


def retired_page(settings: Settings, target: str) -> str | None:
    """Return the URL about a target's project if that is retired."""
    project, attic = project_of(target), settings.attic
    if not project:
        return None
    page = f"{project}.html"
    retired = project in attic.projects or (
        attic.folder != "" and _exists(settings.path(attic.folder) / page)
    )
    return attic.url + page if retired else None


def _exists(path: Path) -> bool:
    """Return whether there is such a file; a name that is too long is none."""
    with suppress(OSError):
        return path.exists()
    return False
