"""From the text of a list to its mirrors with all that is wrong with it."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.errors import MOST_PROBLEMS, Problem, first_problems
from mirrorsel.lists.entry import EntryReader
from mirrorsel.lists.times import header_date, read_date
from mirrorsel.lists.words import LineError, Word, split
from mirrorsel.model import Mirror, MirrorList

MARK = "\ufeff"
"""The byte order mark that some editors put before a text; it is no part of it."""
_LONGEST_LINE = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of reading a list."""

    list: MirrorList
    """The mirrors of the good lines, in their order."""
    text: str
    """What was read, whole."""
    problems: tuple[Problem, ...]
    """Errors with warnings, in the order of the lines; see `first_problems`."""
    found: tuple[Problem, ...]
    """All of them as they were found; reading ends soon after a hundred errors."""

    @property
    def ok(self) -> bool:
        """Whether there is no error, so that the list may replace an older one."""
        return not self.errors

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems without the warnings."""
        return tuple(problem for problem in self.problems if not problem.warning)


def parse(
    text: str, dated: datetime | None, *, countries: Container[str] | None = None
) -> Loaded:
    """Read the text of a list.

    Args:
        text: The whole file; lines end in a newline, before which a carriage return
            is ignored.
        dated: The time of the list if it has no ``# date :`` header.
        countries: The known country codes, as in `Mirror.country`, so that others
            can be warned of; None to accept any two letters in silence.

    """
    reader = _ListReader(dated, countries)
    *lines, rest = text.removeprefix(MARK).split("\n")
    for number, content in enumerate(lines, start=1):
        reader.read_line(number, content)
        if reader.hopeless:
            break
    else:
        reader.read_end(len(lines) + 1, rest)
    mirrors = MirrorList(mirrors=tuple(reader.mirrors.values()), dated=reader.dated)
    return Loaded(
        list=mirrors,
        text=text,
        problems=first_problems(reader.problems),
        found=tuple(reader.problems),
    )


class _ListReader:
    """Collects the mirrors of one list with the problems of its lines."""

    def __init__(
        self, dated: datetime | None, countries: Container[str] | None
    ) -> None:
        # A URL may stand twice: as a mirror of its country, once more as Backup.
        self.mirrors: dict[tuple[str, bool], Mirror] = {}
        self.problems: list[Problem] = []
        self.dated = dated
        self._countries = countries
        self._header: str | None = None
        self._errors = 0

    @property
    def hopeless(self) -> bool:
        """Whether there are more errors than will be told."""
        return self._errors > MOST_PROBLEMS

    def read_line(self, number: int, content: str) -> None:
        """Take one line, without its newline."""
        try:
            words = _words(content)
        except LineError as error:
            self._report(error.on(number))
            return
        if words:
            entry = EntryReader(number, self._countries)
            mirror = entry.read(words)
            self._report(*entry.problems)
            if mirror is not None:
                self._add(mirror, words[2].column)
        elif self._header is None:
            self._read_header(number, content)

    def read_end(self, number: int, rest: str) -> None:
        """Take what follows the last newline; half a line must not become a mirror."""
        if rest:
            message = "the last line has no end; is the file still being written?"
            self._report(
                Problem(
                    message=message,
                    line=number,
                    column=len(rest) + 1,
                    code="no-final-newline",
                )
            )
        elif not self.mirrors and all(problem.warning for problem in self.problems):
            self._report(Problem(message="there is no mirror in it", code="no-mirror"))

    def _add(self, mirror: Mirror, column: int) -> None:
        first = self.mirrors.setdefault((mirror.url, mirror.backup), mirror)
        if first is not mirror:
            message = f"the URL is already listed in line {first.line}, which counts"
            self._warn("duplicate-url", message, mirror.line, column)

    def _read_header(self, number: int, content: str) -> None:
        self._header = header_date(content.strip())
        if self._header is None:
            return
        try:
            self.dated = read_date(self._header)
        except ValueError:
            message = "the date of the list cannot be read; the file's own is used"
            self._warn("unreadable-date", message, number, content.index("#") + 1)

    def _warn(self, code: str, message: str, line: int, column: int) -> None:
        self._report(
            Problem(message=message, line=line, column=column, warning=True, code=code)
        )

    def _report(self, *problems: Problem) -> None:
        self.problems += problems
        self._errors += sum(not one.warning for one in problems)


def _words(content: str) -> tuple[Word, ...]:
    if len(content) > _LONGEST_LINE:
        message = f"a line has at most {_LONGEST_LINE} characters"
        raise LineError(message, _LONGEST_LINE + 1, code="line-too-long")
    return split(content)
