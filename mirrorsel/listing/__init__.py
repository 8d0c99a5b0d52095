"""What servers write of their files: pure, from bytes to names and sizes."""

from mirrorsel.listing.coverage import Coverage
from mirrorsel.listing.entry import Entry, Size
from mirrorsel.listing.listed import ListedFile
from mirrorsel.listing.page import Page, PageReader

__all__ = [
    "Coverage",
    "Entry",
    "ListedFile",
    "Page",
    "PageReader",
    "Size",
]
