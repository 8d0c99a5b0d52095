"""What the error log of a private httpd tells that its reader does not know yet."""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

# What httpd and mod_wsgi tell of their own ordinary doings.
_ORDINARY = re.compile(r"\[\w+:(?:info|notice)\] (?!.*\] mirrorsel\.)")
_OWN = re.compile(r"\] mirrorsel\.[\w.]+: (?P<text>.*)")
# All processes have read an edited file within it.
_REPEAT_SECONDS = 5.0


class News:
    """Picks what is new out of the lines of a log.

    Args:
        originals: The operator's own files, by the copies that httpd reads.
        clock: Seconds that only go forward.

    """

    def __init__(
        self,
        originals: Mapping[Path, Path],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._originals = originals
        self._clock = clock
        self._told: dict[str, float] = {}

    def of(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield what should be told, with the names of the operator's own files.

        What several processes of mirrorsel say within 5 s is told once.
        """
        for line in lines:
            if not _ORDINARY.search(line) and not self._repeats(line):
                yield self._renamed(line)

    def _repeats(self, line: str) -> bool:
        match = _OWN.search(line)
        if match is None:
            return False
        now = self._clock()
        recent = {
            text: at for text, at in self._told.items() if now - at < _REPEAT_SECONDS
        }
        self._told = {match["text"]: now, **recent}
        return match["text"] in recent

    def _renamed(self, line: str) -> str:
        for copy, original in self._originals.items():
            line = line.replace(str(copy), str(original))
        return line
