"""What the operator wants: mirrors.list as checked values."""

from mirrorsel.lists.file import load, require
from mirrorsel.lists.published import render
from mirrorsel.lists.reader import Loaded, parse

__all__ = ["Loaded", "load", "parse", "render", "require"]
