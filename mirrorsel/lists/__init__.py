"""What the operator wants: mirrors.list as checked values."""

from mirrorsel.lists.file import load, require, require_loaded
from mirrorsel.lists.published import render
from mirrorsel.lists.reader import Loaded, parse
from mirrorsel.lists.standin import StandIn, stand_in

__all__ = [
    "Loaded",
    "StandIn",
    "load",
    "parse",
    "render",
    "require",
    "require_loaded",
    "stand_in",
]
