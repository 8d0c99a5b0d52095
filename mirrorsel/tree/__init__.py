"""The published files: what they are, and which mirror holds which; reads only."""

from mirrorsel.tree.files import FileIndex
from mirrorsel.tree.holders import Absence, Holders

__all__ = ["Absence", "FileIndex", "Holders"]
