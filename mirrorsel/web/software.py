"""The version of this program."""

from functools import cache
from importlib.metadata import version


@cache
def own_version() -> str:
    """Return it; to look it up takes longer than most answers."""
    return version("mirrorsel")
