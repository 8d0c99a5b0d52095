"""The version of this program."""

from functools import cache
from importlib import metadata


@cache
def own_version() -> str:
    """Return it; to look it up waits for a disk, and takes longer than most answers."""
    try:
        return metadata.version("mirrorsel")
    except metadata.PackageNotFoundError:
        return "unreleased"
