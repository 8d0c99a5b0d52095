"""The files that come with mirrorsel besides its code."""

from pathlib import Path


def shipped(name: str) -> Path:
    """Return the path of a file that the wheel, or else the checkout, carries."""
    package = Path(__file__).parent
    installed = package / "share" / name
    return installed if installed.exists() else package.parent / name
