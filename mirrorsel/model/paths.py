"""Paths below the root of a tree: `/` between names, and none before the first."""


def joined(folder: str, name: str) -> str:
    """Return the path of a name in a folder, whose path is empty for the root."""
    return f"{folder}/{name}" if folder else name
