"""The lists of other programs, which an operator takes along."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from mirrorsel.errors import ListError, Problem, first_problems
from mirrorsel.lists import mirmon
from mirrorsel.lists.mirmon import Watched
from mirrorsel.lists.options import read_country
from mirrorsel.model import Health, Mirror, MirrorList, Snapshot, State
from mirrorsel.regular import MEBIBYTE, read_regular

_LARGEST = 16 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of another program."""

    file: Path
    """What it knows of the mirrors."""
    list: Path | None = None
    """Its list of mirrors, where that is another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What was read from them."""

    mirrors: MirrorList
    snapshot: Snapshot
    """What the program saw of the mirrors."""
    skipped: tuple[str, ...]
    """The lines that were skipped, with file and reason."""
    warnings: tuple[str, ...]
    """What was mended or guessed."""
    lost: str
    """What no list of ours can hold, in words."""


Format = Callable[[Sources, Container[str]], Foreign]
"""Reads the files of a program; takes the known countries too, as `parse` does.

Raises:
    ListError: a file cannot be read, or has no mirror in it.

"""


def read_mirmon(sources: Sources, countries: Container[str]) -> Foreign:
    """Read the state of mirmon, and its list; without one, countries are guessed.

    With a list, the mirrors are those of the list.

    Raises:
        ListError: a file cannot be read, or has no mirror in it.

    """
    state = mirmon.read_state(_read(sources.file))
    found = _Found(sources.file, state.problems)
    if sources.list is None:
        mirrors = _guessed(sources.file, state.good, countries, found)
    else:
        listed = mirmon.read_list(_read(sources.list))
        found.add(sources.list, listed.problems)
        mirrors = listed.good
        found.compare(sources, state.good, mirrors, countries)
    if not mirrors:
        no_mirror = Problem(message="there is no mirror in it")
        raise ListError(sources.list or sources.file, no_mirror)
    seen = _snapshot(state.good)
    return Foreign(
        mirrors=MirrorList(mirrors=mirrors, dated=seen.origin_stamp or seen.taken),
        snapshot=seen,
        skipped=tuple(found.skipped),
        warnings=tuple(found.warnings),
        lost="the histories and statuses of probes",
    )


FORMATS: Mapping[str, Format] = MappingProxyType({"mirmon": read_mirmon})
"""What can be read, by the name of the program."""


class _Found:
    """What is wrong with the files, in words."""

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        self.skipped: list[str] = []
        self.warnings: list[str] = []
        self.add(path, problems)

    def add(self, path: Path, problems: tuple[Problem, ...]) -> None:
        """Add the problems of a file."""
        for one in first_problems(problems):
            (self.warnings if one.warning else self.skipped).append(one.at(path))

    def compare(
        self,
        sources: Sources,
        state: tuple[Watched, ...],
        mirrors: tuple[Mirror, ...],
        countries: Container[str],
    ) -> None:
        """Add what is not in the list, and countries that do not exist."""
        listed = {one.url for one in mirrors}
        unlisted = [
            Problem(message="it is not in the list", line=one.line, warning=True)
            for one in state
            if one.url not in listed
        ]
        self.add(sources.file, tuple(unlisted))
        unknown = [
            Problem(
                message=f"no country has the code `{one.country}`",
                line=one.line,
                warning=True,
            )
            for one in mirrors
            if one.country is not None and one.country not in countries
        ]
        self.add(sources.list or sources.file, tuple(unknown))


def _guessed(
    path: Path, state: tuple[Watched, ...], countries: Container[str], found: _Found
) -> tuple[Mirror, ...]:
    """Return the mirrors whose host's name ends in that of a country."""
    mirrors, unknown = [], []
    for one in state:
        mirror = Mirror(url=one.url, kind=one.kind, line=one.line)
        code = _country_of(mirror.host, countries)
        if code is None:
            message = f"no country can be guessed for {one.url}; give the list"
            unknown.append(Problem(message=message, line=one.line))
        else:
            mirrors.append(replace(mirror, country=code))
    found.add(path, tuple(unknown))
    if mirrors:
        found.warnings.append("the countries were guessed from the hosts' names")
    return tuple(mirrors)


def _country_of(host: str, countries: Container[str]) -> str | None:
    try:
        code = read_country(host.partition(":")[0].rpartition(".")[2])
    except ValueError:
        return None
    return code if code in countries else None


def _snapshot(state: tuple[Watched, ...]) -> Snapshot:
    last = max((one.probed for one in state if one.probed), default=None)
    return Snapshot(
        taken=last or datetime.fromtimestamp(0, UTC),
        vantage="mirmon",
        origin=Health(stamp=_newest(state, last)),
        health={one.url: _health(one) for one in state},
    )


def _newest(state: tuple[Watched, ...], last: datetime | None) -> datetime | None:
    """Return the newest stamp; a mirror's wrong clock must not make others old."""
    stamps = (one.stamp for one in state if one.stamp)
    return max((one for one in stamps if last is None or one <= last), default=None)


def _health(one: Watched) -> Health:
    unknown = State.UNKNOWN if one.probed is None else State.UP
    return Health(
        state=State.DOWN if one.down else unknown, stamp=one.stamp, checked=one.probed
    )


def _read(path: Path) -> bytes:
    try:
        return read_regular(path, largest=_LARGEST)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ListError(path, Problem(message=message)) from error
