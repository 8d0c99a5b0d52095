"""Reading the files of mirmon: its state and its lists."""

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from mirrorsel.errors import Problem
from mirrorsel.lists.forms.form import Loss, Page, Sources, Taken
from mirrorsel.lists.forms.gathering import Gathering
from mirrorsel.lists.forms.mirmon import (
    Style,
    Watched,
    read_list,
    read_state,
    style_of,
)
from mirrorsel.lists.options import read_country
from mirrorsel.model import Health, Mirror, Snapshot, State

_LOST = Loss(what="the histories and statuses of probes")


def read_mirmon_list(
    page: Page, style: Style, countries: Container[str] | None
) -> Taken:
    """Read a list."""
    found = Gathering()
    _gather(found, page, style, countries)
    return found.taken()


def read_mirmon_state(sources: Sources, countries: Container[str] | None) -> Taken:
    """Read the state, and the list; without one, countries are guessed.

    With a list, in either style, the mirrors are those of the list.
    """
    (page,), listed = sources.pages, sources.listed
    state, found = read_state(page.content), Gathering()
    found.report(page.path, *state.problems)
    if listed is None:
        _guess(found, page, state.good, countries)
    else:
        _gather(found, listed, style_of(listed.content), countries)
        found.report(page.path, *_unlisted(state.good, found))
    seen = _snapshot(state.good)
    return found.taken(_LOST, dated=seen.origin_stamp or seen.taken, snapshot=seen)


def mirrors_of_state(pages: tuple[Page, ...]) -> tuple[Mirror, ...]:
    """Return the mirrors that a state file has, without any place."""
    (page,) = pages
    return tuple(
        Mirror(url=one.url, kind=one.kind, stamp=one.stamp)
        for one in read_state(page.content).good
    )


def _gather(
    found: Gathering, page: Page, style: Style, countries: Container[str] | None
) -> None:
    lines = read_list(page.content, style)
    found.report(page.path, *lines.problems)
    for one in lines.good:
        found.add(page.path, one, f"line {one.line}")
        unknown = countries is not None and one.country not in countries
        if one.country is not None and unknown:
            message = f"no country has the code `{one.country}`"
            problem = Problem(message=message, line=one.line, warning=True)
            found.report(page.path, problem)


def _unlisted(state: tuple[Watched, ...], found: Gathering) -> Iterator[Problem]:
    listed = {url for url, _ in found.mirrors}
    for one in state:
        if one.url not in listed:
            yield Problem(message="it is not in the list", line=one.line, warning=True)


def _guess(
    found: Gathering,
    page: Page,
    state: tuple[Watched, ...],
    countries: Container[str] | None,
) -> None:
    """Take the mirrors whose host's name ends in that of a country."""
    for one in state:
        mirror = Mirror(url=one.url, kind=one.kind, line=one.line)
        code = _country_of(mirror.host, countries)
        if code is None:
            message = f"no country can be guessed for {one.url}; give the list"
            found.report(page.path, Problem(message=message, line=one.line))
        else:
            found.add(page.path, replace(mirror, country=code), f"line {one.line}")
    if found.mirrors:
        message = "the countries were guessed from the hosts' names"
        found.report(page.path, Problem(message=message, warning=True))


def _country_of(host: str, countries: Container[str] | None) -> str | None:
    try:
        code = read_country(host.partition(":")[0].rpartition(".")[2])
    except ValueError:
        return None
    return code if countries is None or code in countries else None


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
