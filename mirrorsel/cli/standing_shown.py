"""How all mirrors stand, in columns."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, lines_of, make_console
from mirrorsel.cli.standing import Row, Status
from mirrorsel.model import State
from mirrorsel.words import (
    age,
    age_or_dash,
    belief,
    last_probe,
    took,
    where,
    why_not_probed,
)

_HEADS = ("state", "where", "since", "stamp", "checked", "took", "mirror")
_STYLES = {
    "up": "green",
    "down": "red",
    "quarantine": "red",
    "up, stale": "yellow",
    "disabled": "dim",
}


def show(status: Status, now: datetime) -> None:
    """Print the mirrors in the order of the list, then what should be looked at."""
    console = make_console()
    for line in (
        *_notes(console, [_headline(status, now)]),
        *lines_of(console, _table(status.mirrors, now)),
        *_notes(console, _marked(status.findings), "red"),
        *_notes(console, _warnings(status)),
    ):
        console.print(line, soft_wrap=True)


def watched_lines(console: Console, status: Status, now: datetime) -> Iterator[Text]:
    """Yield the same with what matters most at the top, for a window that cuts it."""
    yield from _notes(console, [_headline(status, now)])
    yield from _notes(console, _marked([*status.general, *_held(status)]), "red")
    rows = sorted(status.mirrors, key=_rank)
    yield from lines_of(console, _table(rows, now))
    yield from _notes(console, _warnings(status))


def _rank(row: Row) -> int:
    """Return how soon a mirror is to be seen."""
    if row.finding:
        return 1 if row.health and row.health.state is State.UP else 0
    if row.warnings:
        return 2
    return 3 if row.probed else 4


def _notes(console: Console, words: Sequence[str], style: str = "") -> Iterator[Text]:
    for one in words:
        yield from lines_of(console, [[cell(one, style)]])


def _marked(findings: Sequence[str]) -> list[str]:
    return [f"! {line}" for one in findings for line in one.splitlines()]


def _held(status: Status) -> list[str]:
    """Return the findings that a row of the table does not tell: of quarantine."""
    return [
        f"{row.mirror.url} {row.finding}"
        for row in status.mirrors
        if row.finding and row.health and row.health.quarantine
    ]


def _warnings(status: Status) -> list[str]:
    return [f"warning: {one}" for one in status.warnings]


def _headline(status: Status, now: datetime) -> str:
    vantage = f" from {status.vantage}" if status.vantage else ""
    counts = ", ".join(
        f"{count} {state}{_of_them(status, state)}"
        for state, count in status.counts.items()
    )
    last = f"last cycle {age(status.taken, now)} ago{vantage}"
    return f"{last}: {counts}; {_origin(status, now)}"


def _of_them(status: Status, state: str) -> str:
    """Return how many of a state are in another one too, to all who download."""
    known = [row.health for row in status.mirrors if row.probed and row.health]
    told = {
        State.UP: ("stale", [one.stale for one in known if one.state is State.UP]),
        State.DOWN: ("in quarantine", [bool(one.quarantine) for one in known]),
    }
    word, found = told.get(State(state), ("", []))
    return f" ({sum(found)} {word})" if any(found) else ""


def _origin(status: Status, now: datetime) -> str:
    if status.origin_stamp is None:
        return "the origin's stamp was never read"
    return f"the origin's stamp is {age(status.origin_stamp, now)} old"


def _table(rows: Sequence[Row], now: datetime) -> list[list[Text]]:
    heads = [cell(head, "bold") for head in _HEADS]
    return [heads, *(_cells(row, now) for row in rows)]


def _cells(row: Row, now: datetime) -> list[Text]:
    mirror, health = row.mirror, row.health
    if health is None or health.outcome is None:
        state, reason = _unseen(row)
        unseen = (state, where(mirror), "-", "-", "-", "-", mirror.url, reason)
        return [cell(words) for words in unseen]
    state = belief(health)
    return [
        cell(state, style_of(state)),
        cell(where(mirror)),
        cell(age_or_dash(health.since, now)),
        cell(age_or_dash(health.stamp, now)),
        cell(age_or_dash(health.checked, now)),
        cell(took(health.seconds)),
        cell(mirror.url),
        cell(last_probe(health, mirror.url)),
    ]


def style_of(state: str) -> str:
    """Return the style in which a terminal shows how a mirror stands."""
    return _STYLES.get(state, "")


def _unseen(row: Row) -> tuple[str, str]:
    """Return the state and the reason of a mirror of which no probe is known."""
    if row.probed:
        return str(State.UNKNOWN), "not probed yet"
    return "-", why_not_probed(row.mirror)
