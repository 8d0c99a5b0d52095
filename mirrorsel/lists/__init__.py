"""What the operator wants: mirrors.list as checked values."""

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
from mirrorsel.lists.reader import Loaded, parse
from mirrorsel.lists.standin import StandIn, stand_in

__all__ = [
    "Loaded",
    "StandIn",
    "load",
    "parse",
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
    "stand_in",
]
