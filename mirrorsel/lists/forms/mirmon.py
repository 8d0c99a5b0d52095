"""The lines of mirmon 2.11: those of its state, and of its list in both styles."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

from mirrorsel.errors import MOST_PROBLEMS, Problem
from mirrorsel.lists.options import read_country
from mirrorsel.lists.times import instant
from mirrorsel.lists.urls import KINDS, read_url
from mirrorsel.lists.words import LineError, Word
from mirrorsel.model import Kind, Mirror

T = TypeVar("T")
R = TypeVar("R")

_BACKUP = "backup"
_UNDEFINED = "undef"
_LONGEST_LINE = 8192
_WORD = re.compile(r"[^ ]+")
_TIME = re.compile(r"[0-9]{1,12}")
_PROBES = re.compile(r"[sf]*")
_STATES = re.compile(rf"(?:[0-9]{{1,12}}|{_UNDEFINED})-[sbfzx]+")
# With the empty probe history of a new mirror left out, or not.
_STATE_FIELDS = (6, 7)
_NEEDS = "a type, a region and a URL"
_BAD = "z"


class Style(Enum):
    """The styles of a list, each with the number of fields that a line must have."""

    PLAIN = 2
    APACHE = 3

    @property
    def fields(self) -> int:
        """How many fields stand before the address."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One line of a state file."""

    url: str
    """As a base URL of ours; it is the mirror's identity in mirmon too."""
    kind: Kind
    stamp: datetime | None
    """The mirror's own time stamp, as last read."""
    probed: datetime | None
    """When it was last probed; None if never."""
    down: bool
    """Whether it was found bad, though it was probed."""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Generic[T]):
    """What came of the lines of a file."""

    good: tuple[T, ...]
    problems: tuple[Problem, ...]
    """An error for each line that was skipped, a warning for each mended one."""


def read_state(content: bytes) -> Lines[Watched]:
    """Read a state file: a line for each mirror, its fields parted by blanks.

    They are the URL, the mirror's time stamp, the last status, the time of the last
    good probe, the history of probes, the history of states, and the time of the
    last probe. A new mirror may have no history of probes. Times are seconds since
    1970, or ``undef``. A URL that comes again counts no more.
    """
    reader = _Reader()
    good: dict[str, Watched] = {}
    for line, words in reader.lines(content):
        watched = reader.take(line, _watched, words, line)
        if watched is not None and good.setdefault(watched.url, watched) != watched:
            reader.skip(line, "the URL came before, in a line that counts")
    return Lines(good=tuple(good.values()), problems=reader.problems)


def read_list(content: bytes, style: Style) -> Lines[Mirror]:
    """Read a list of mirrors: with the style `apache` type, region, URL and address.

    The style `plain` has no type. Type or region may be ``backup``. Where a URL comes
    again, the later line counts, as in mirmon.
    """
    reader = _Reader()
    good: dict[str, Mirror] = {}
    for line, words in reader.lines(content):
        mirror = reader.take(line, _listed, words, line, style)
        if mirror is not None:
            if not words[style.fields - 1].text.endswith("/"):
                reader.warn(line, "a final `/` was added to the URL")
            if mirror.url in good:
                before = good[mirror.url].line
                reader.warn(line, f"the URL is also in line {before}; this line counts")
            good[mirror.url] = mirror
    return Lines(good=tuple(good.values()), problems=reader.problems)


def style_of(content: bytes) -> Style:
    """Return the style of a list, as its first line tells it."""
    _, words = next(_Reader().lines(content), (0, ()))
    plain = len(words) > 1 and "://" in words[1].text
    return Style.PLAIN if plain else Style.APACHE


class _Reader:
    """Reads lines, and collects what is wrong with them."""

    def __init__(self) -> None:
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, errors before warnings; no more of each than are told."""
        return (*self._errors, *self._warnings)

    def lines(self, content: bytes) -> Iterator[tuple[int, tuple[Word, ...]]]:
        """Yield the number and the words of every line that has any."""
        for number, raw in enumerate(content.split(b"\n"), start=1):
            words = self.take(number, _words, raw)
            if words:
                yield number, words

    def take(self, line: int, read: Callable[..., R], *arguments: object) -> R | None:
        """Return what is read of a line, None if it is skipped."""
        try:
            return read(*arguments)
        except LineError as error:
            self._report(error.on(line))
            return None

    def skip(self, line: int, message: str) -> None:
        """Report a line that is skipped."""
        self._report(Problem(message=message, line=line))

    def warn(self, line: int, message: str) -> None:
        """Report a line that is used, but not as it stands."""
        self._report(Problem(message=message, line=line, warning=True))

    def _report(self, problem: Problem) -> None:
        kind = self._warnings if problem.warning else self._errors
        if len(kind) <= MOST_PROBLEMS:
            kind.append(problem)


def _words(raw: bytes) -> tuple[Word, ...]:
    if len(raw) > _LONGEST_LINE:
        raise LineError(f"a line has at most {_LONGEST_LINE} bytes", _LONGEST_LINE + 1)
    try:
        text = raw.decode().replace("\t", " ").rstrip("\r")
    except UnicodeDecodeError as error:
        raise LineError("is not UTF-8 text", error.start + 1) from error
    if not text.isprintable():
        column = next(i for i, one in enumerate(text) if not one.isprintable()) + 1
        raise LineError("a character cannot be printed", column)
    if text.lstrip().startswith("#"):
        return ()
    return tuple(Word(one[0], one.start() + 1) for one in _WORD.finditer(text))


def _watched(words: tuple[Word, ...], line: int) -> Watched:
    if len(words) not in _STATE_FIELDS:
        message = f"a line of a state file has 6 or 7 fields, not {len(words)}"
        raise LineError(message, words[0].column)
    url, stamp, _status, good, *probes, states, last = words
    _check(states, _STATES, "no history of states")
    for one in probes:
        _check(one, _PROBES, "no history of probes")
    _read_time(good)
    probed = _read_time(last)
    kind = _kind_of(url)
    return Watched(
        url=read_url(url, kind),
        kind=kind,
        stamp=_read_time(stamp),
        probed=probed,
        down=probed is not None and bool(probes) and states.text.endswith(_BAD),
        line=line,
    )


def _listed(words: tuple[Word, ...], line: int, style: Style) -> Mirror:
    if len(words) < style.fields:
        needs = "a region and a URL" if style is Style.PLAIN else _NEEDS
        raise LineError(f"a line needs {needs}", words[-1].column)
    *kinds, region, url = words[: style.fields]
    texts = {one.text.lower() for one in (*kinds, region)}
    backup = _BACKUP in texts
    kind = _read_kind(kinds[0], url) if kinds else _kind_of(url)
    return Mirror(
        url=read_url(url, kind),
        kind=kind,
        country=None if backup else _read_region(region),
        backup=backup,
        contact=" ".join(one.text for one in words[style.fields :]) or None,
        line=line,
    )


def _read_kind(word: Word, url: Word) -> Kind:
    text = word.text.lower()
    if text == _BACKUP:
        return _kind_of(url)
    if text not in KINDS:
        raise LineError(f"unknown type `{word.text}`", word.column)
    return KINDS[text]


def _kind_of(url: Word) -> Kind:
    kind = KINDS.get(url.text.partition("://")[0].lower())
    if kind is None:
        message = "a URL must start with https://, http://, ftp:// or rsync://"
        raise LineError(message, url.column)
    return kind


def _read_region(word: Word) -> str:
    try:
        return read_country(word.text)
    except ValueError as error:
        message = f"`{word.text}` is no country code of two letters"
        raise LineError(message, word.column) from error


def _read_time(word: Word) -> datetime | None:
    if word.text == _UNDEFINED:
        return None
    _check(word, _TIME, f"no time in seconds, and not `{_UNDEFINED}`")
    seconds = int(word.text)
    time = instant(seconds)
    if seconds and time is None:
        raise LineError(f"`{word.text}` is no time in seconds", word.column)
    return time


def _check(word: Word, form: re.Pattern[str], what: str) -> None:
    if not form.fullmatch(word.text):
        raise LineError(f"`{word.text}` is {what}", word.column)
