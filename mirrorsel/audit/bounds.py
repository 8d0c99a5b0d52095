"""How much of a `.htaccess` is followed: more than any has, and not without end."""

from collections.abc import Iterable

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.merged import decides

_MOST_LINES = 20_000
_MOST_DECIDING = 2_000
_MOST_SECTIONS = 200
# What httpd itself takes for the longest line of a `.htaccess` (MAX_STRING_LEN).
_LONGEST = 8_192


class Bounds:
    """Counts what the files of one audit hold together."""

    def __init__(self, files: int = 10) -> None:
        """Start with none.

        Args:
            files: how many of the largest there may be together.

        """
        self._lines = _MOST_LINES * files
        self._deciding = _MOST_DECIDING * files
        self._sections = _MOST_SECTIONS * files

    def exceeded(self, written: Iterable[Directive]) -> str:
        """Return why a file is too much to be followed; empty where it is not."""
        known = tuple(everywhere(written))
        deciding = sum(decides(one) for one in known)
        sections = sum(bool(one.children) for one in known)
        if any(decides(one) and len(one.text) > _LONGEST for one in known):
            return f"has a line of more than {_LONGEST} letters"
        if len(known) > _MOST_LINES or deciding > _MOST_DECIDING:
            return "has too many directives to be followed"
        if sections > _MOST_SECTIONS:
            return f"has more than {_MOST_SECTIONS} sections"
        return self._together(len(known), deciding, sections)

    def _together(self, lines: int, deciding: int, sections: int) -> str:
        self._lines -= lines
        self._deciding -= deciding
        self._sections -= sections
        if min(self._lines, self._deciding, self._sections) < 0:
            return "is one of more files than can be followed together"
        return ""
