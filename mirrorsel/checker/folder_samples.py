"""Samples from the published tree, where it is a folder of this machine."""

import logging
import os
import random
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from fnmatch import translate
from pathlib import Path

from mirrorsel.checker.piece import GRACE, by_chance, last_change, read_piece
from mirrorsel.checker.sample import Sample
from mirrorsel.checker.walk import is_plain, walk
from mirrorsel.model import Health, Mirror, Spot

_log = logging.getLogger(__name__)

# What servers may send otherwise than as it stands there.
_PAGES = ("*.htm", "*.html", "*.shtml", "*.php", "*.cgi", "*.var", "*.asis")
_WALKS = 3
_TRIED = 12
_REMEMBERED = 64


class FolderSamples:
    """Random files of a folder, found anew for each sample without any index.

    Some of the files found earlier are remembered for when a walk finds none, so
    that a sample costs no more in a large tree than in a small one. Web pages are left
    out: some servers rewrite them. Any number of threads may choose at once.

    Args:
        folder: The published tree, also by a link.
        always_origin: Names, with `*` and `?`, that no mirror is asked for.
        chance: Chooses the files and their pieces.
        changed: Tells when something changed, from what the system says of it.

    """

    def __init__(
        self,
        folder: Path,
        *,
        always_origin: Sequence[str] = (),
        chance: random.Random | None = None,
        changed: Callable[[os.stat_result], float] = last_change,
    ) -> None:
        self._folder = folder
        patterns = "|".join(map(translate, (*_PAGES, *always_origin)))
        self._unwanted = re.compile(patterns, re.IGNORECASE)
        self._chance = chance or random.Random()  # noqa: S311 - no secret
        self._changed = changed
        self._found: deque[str] = deque(maxlen=_REMEMBERED)
        self._lock = threading.Lock()
        self._readable = True

    def refresh(self) -> None:
        """Do nothing: each sample is read when it is chosen."""

    def choose(self, mirror: Mirror, health: Health, stamp: datetime) -> Sample | None:
        """Return a piece of a file that a mirror has had an hour to copy."""
        latest = (stamp - GRACE).timestamp()
        # Unlike Path.resolve, it takes a loop of links as it is.
        folder = Path(os.path.realpath(self._folder))
        chance = by_chance(self._chance)
        for path, choose in (
            *self._again(mirror, health.wrong),
            *((path, chance) for path in self._candidates(folder, mirror)),
        ):
            try:
                sample = read_piece(
                    folder, path, lambda one: self._changed(one) <= latest, choose
                )
            except OSError:
                self._forget(path)
                continue
            if sample is not None:
                return sample
        return None

    def _again(
        self, mirror: Mirror, wrong: Spot | None
    ) -> Iterator[tuple[str, Callable[[int], int]]]:
        """Yield the file that was wrong, if it is still one to be asked for."""
        if wrong is None or not mirror.carries(wrong.path):
            return
        if self._wanted(wrong.path.rpartition("/")[2]):
            yield wrong.path, lambda last: min(wrong.start, last)

    def _candidates(self, folder: Path, mirror: Mirror) -> list[str]:
        """Return some files of the mirror's part, the newly found ones first."""
        starts = [one for one in mirror.prefixes or ("",) if _may_start(one)]
        if not starts:
            return []
        new = self._discover(folder, starts)
        with self._lock:
            known = [one for one in self._found if one.startswith(tuple(starts))]
            self._found.extend(one for one in new if one not in self._found)
        self._chance.shuffle(known)
        return [*new, *known][:_TRIED]

    def _discover(self, folder: Path, starts: list[str]) -> tuple[str, ...]:
        for _ in range(_WALKS):
            start = self._chance.choice(starts)
            try:
                found = walk(folder, start, self._wanted, self._chance)
            except OSError as error:
                if not start:
                    self._tell(error)
                continue
            self._tell(None)
            if found:
                return found
        return ()

    def _wanted(self, name: str) -> bool:
        return self._unwanted.match(name) is None

    def _forget(self, path: str) -> None:
        with self._lock:
            if path in self._found:
                self._found.remove(path)

    def _tell(self, error: OSError | None) -> None:
        with self._lock:
            was, self._readable = self._readable, error is None
        if was and error is not None:
            text = "%s cannot be read, so that no files of it are compared: %s"
            _log.warning(text, self._folder, error.strerror)
        elif error is None and not was:
            _log.info("%s can be read again", self._folder)


def _may_start(prefix: str) -> bool:
    return not prefix or all(map(is_plain, prefix.rstrip("/").split("/")))
