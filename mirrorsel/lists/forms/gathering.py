"""The mirrors of a form as they are read, with all that is wrong with them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from mirrorsel.errors import MOST_PROBLEMS, Problem, first_problems
from mirrorsel.lists.forms.form import Loss, Taken, list_of
from mirrorsel.model import Mirror, Snapshot


class Gathering:
    """Collects what files say."""

    def __init__(self) -> None:
        self.mirrors: dict[tuple[str, bool], Mirror] = {}
        self._places: dict[tuple[str, bool], str] = {}
        self._problems: dict[Path, list[Problem]] = {}
        self._lost: dict[str, list[str]] = {}

    def add(self, path: Path, mirror: Mirror, place: str, column: int = 0) -> None:
        """Take a mirror, unless one of its URL came before.

        Args:
            path: The file.
            mirror: What was read.
            place: Where in the file, as in "line 3".
            column: Where its URL begins.

        """
        key = (mirror.url, mirror.backup)
        first = self.mirrors.setdefault(key, mirror)
        if first is not mirror:
            before = self._places[key]
            message = f"{mirror.url} is already listed in {before}, which counts"
            found = Problem(
                message=message, line=mirror.line, column=column, warning=True
            )
            self.report(path, found)
        else:
            self._places[key] = place

    def report(self, path: Path, *problems: Problem) -> None:
        """Take what is wrong with a file: no more of it than will be told."""
        found = self._problems.setdefault(path, [])
        for one in problems:
            if sum(one.warning is each.warning for each in found) <= MOST_PROBLEMS:
                found.append(one)

    def hopeless(self, path: Path) -> bool:
        """Return whether a file has more errors than are told.

        It is hardly the form that it was taken for, and reading ends there, as that
        of a list does.
        """
        found = self._problems.get(path, ())
        return sum(not one.warning for one in found) > MOST_PROBLEMS

    def lose(self, what: str, whose: str) -> None:
        """Take note of what no list of ours can hold."""
        self._lost.setdefault(what, []).append(whose)

    def taken(
        self,
        *losses: Loss,
        dated: datetime | None = None,
        snapshot: Snapshot | None = None,
    ) -> Taken:
        """Return what was read."""
        found = list(self._told())
        lost = (
            Loss(what=what, whose=tuple(dict.fromkeys(whose)))
            for what, whose in self._lost.items()
        )
        return Taken(
            mirrors=list_of(self.mirrors.values(), dated),
            snapshot=snapshot,
            skipped=tuple(one.at(path) for path, one in found if not one.warning),
            warnings=tuple(one.at(path) for path, one in found if one.warning),
            losses=(*losses, *lost),
        )

    def _told(self) -> Iterable[tuple[Path, Problem]]:
        for path, problems in self._problems.items():
            for one in first_problems(problems):
                yield path, one
