"""Drawings: the past of a mirror as a bar, the mirrors on the map, the symbols."""

from collections.abc import Sequence
from itertools import groupby

from mirrorsel.health import Mark
from mirrorsel.pages import Markup
from mirrorsel.status import Day, MirrorStatus, Point, Standing, spread

_STEP = 7
_HEIGHT = 18
# How high a day stands: what is better stands higher, so that colour is not needed.
_HIGH = {
    Mark.UP: 18,
    Mark.STALE: 11,
    Mark.UNKNOWN: 4,
    Mark.DOWN: 5,
    Mark.UNSEEN: 2,
}
_WORDS = {
    Mark.UP: "up",
    Mark.STALE: "stale",
    Mark.UNKNOWN: "unknown",
    Mark.DOWN: "down",
    Mark.UNSEEN: "not watched",
}
_TOLD = (Mark.UP, Mark.STALE, Mark.DOWN, Mark.UNKNOWN, Mark.UNSEEN)
# The worst is drawn last, and so lies above.
_ORDER = (
    Standing.DISABLED,
    Standing.UP,
    Standing.UNKNOWN,
    Standing.STALE,
    Standing.DOWN,
)


def bar(days: tuple[Day, ...]) -> Markup:
    """Return the past of a mirror as a picture; a run of days is one dashed line."""
    lines: dict[Mark, str] = {}
    numbered = enumerate(days)
    for mark, group in groupby(numbered, key=lambda one: one[1].mark):
        run = [number for number, _ in group]
        y = _HEIGHT - _HIGH[mark] / 2
        start, width = run[0] * _STEP, len(run) * _STEP
        lines[mark] = lines.get(mark, "") + f"M{start} {y:g}h{width}"
    paths = "".join(
        f'<path class="{mark.name.lower()}" d="{data}"/>'
        for mark, data in lines.items()
    )
    return Markup(
        text=f'<svg class="bar" role="img" aria-label="{in_words(days)}"'
        f' viewBox="0 0 {_STEP * len(days)} {_HEIGHT}">{paths}</svg>'
    )


def in_words(days: tuple[Day, ...]) -> str:
    """Return on how many days a mirror was what."""
    counts = {one: sum(day.mark is one for day in days) for one in _TOLD}
    told = [f"{count} {_WORDS[one]}" for one, count in counts.items() if count]
    return f"of {len(days)} days {', '.join(told)}"


def day_in_words(day: Day) -> str:
    """Return what one day was."""
    hours = f" in {day.bad} of 24 hours" if day.bad else ""
    return f"{day.date:%a} {day.date.day} {day.date:%b}: {_WORDS[day.mark]}{hours}"


def points(rows: Sequence[MirrorStatus]) -> Markup:
    """Return the mirrors as symbols on the map, each with the number of its row."""
    placed = {number: one.place for number, one in enumerate(rows) if one.place}
    where = spread(placed)
    drawn = sorted(where, key=lambda number: _ORDER.index(rows[number].standing))
    return Markup(
        text="".join(
            _point(rows[number].standing, number, where[number]) for number in drawn
        )
    )


def _point(standing: Standing, number: int, at: Point) -> str:
    return (
        f'<use href="#{standing.capitalize()}" x="{at.x:.1f}" y="{at.y:.1f}"'
        f' data-at="{number}"/>'
    )
