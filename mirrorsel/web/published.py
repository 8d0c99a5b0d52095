"""The published tree, and the projects that left it."""

import re
from contextlib import suppress

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
    folder = settings.tree.folder
    if not folder or not target:
        return True
    inside = DocumentRoot(settings.path(folder)).name(target)
    with suppress(OSError):
        return inside is not None and (settings.path(folder) / inside).exists()
    return False


def retired_page(settings: Settings, target: str) -> str | None:
    """Return the URL about a target's project if that is retired."""
    project, attic = project_of(target), settings.attic
    if not project or not (
        project in attic.projects
        or (
            attic.folder and (settings.path(attic.folder) / f"{project}.html").is_file()
        )
    ):
        return None
    return f"{attic.url}{project}.html"
