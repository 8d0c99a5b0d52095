"""Pure: a published file and where it can be had, as a Metalink document."""

from mirrorsel.metalink.description import (
    Description,
    Source,
    is_armour,
    is_writable,
)
from mirrorsel.metalink.fourth import metalink4
from mirrorsel.metalink.third import metalink3

__all__ = [
    "Description",
    "Source",
    "is_armour",
    "is_writable",
    "metalink3",
    "metalink4",
]
