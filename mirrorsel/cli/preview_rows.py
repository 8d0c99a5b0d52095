"""The tables of a preview."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell
from mirrorsel.cli.share_bar import share_bar
from mirrorsel.preview import CountryEffect, Effect, Fate, MirrorEffect, Verdict
from mirrorsel.preview.words import SIGNS, firsts, kilometres, loss, percent

Row: TypeAlias = Sequence[Text]

STYLES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.WORSE: "red",
        Verdict.LOST: "red",
        Verdict.CHANGED: "yellow",
        Verdict.SHIFTED: "",
        Verdict.BETTER: "green",
        Verdict.GAINED: "green",
        Verdict.SAME: "dim",
    }
)
FATES: Mapping[Fate, str] = MappingProxyType(
    {
        Fate.ADDED: "green",
        Fate.REMOVED: "red",
        Fate.CHANGED: "yellow",
        Fate.KEPT: "",
    }
)


def loss_rows(effect: Effect) -> list[Row]:
    """Return a row for each country that loses something."""
    return [
        [
            cell(one.name, "red"),
            cell(f"({percent(one.share)} of clients)"),
            cell(loss(one)),
        ]
        for one in effect.losses
    ]


def country_rows(effect: Effect, *, every: bool = False) -> list[Row]:
    """Return a head, and a row for each country that changes, or for all."""
    names = ("country", "clients", "moved", "km", "what", "first mirror")
    shown = [
        one for one in effect.countries if every or one.verdict is not Verdict.SAME
    ]
    return [[cell(name, "dim") for name in names], *map(_country, shown)]


def mirror_rows(console: Console, effect: Effect, *, every: bool = False) -> list[Row]:
    """Return a head, and a row for each mirror that changes, or for all."""
    names = ("clients", "", "what", "mirror")
    shown = [one for one in effect.mirrors if every or _changes(one)]
    most = max((max(one.before, one.after) for one in shown), default=0)
    return [
        [cell(name, "dim") for name in names],
        *(_mirror(console, one, most) for one in shown),
    ]


def _country(one: CountryEffect) -> Row:
    style = STYLES[one.verdict]
    return [
        cell(one.name, style),
        cell(f"{percent(one.share):>7}"),
        cell(f"{percent(one.moved):>7}"),
        cell(kilometres(one.before.km, one.after.km)),
        cell(SIGNS[one.verdict], style),
        cell(firsts(one)),
    ]


def _changes(one: MirrorEffect) -> bool:
    return one.fate is not Fate.KEPT or percent(one.before) != percent(one.after)


def _mirror(console: Console, one: MirrorEffect, most: float) -> Row:
    fate = "" if one.fate is Fate.KEPT else str(one.fate)
    return [
        cell(f"{percent(one.before):>7} -> {percent(one.after):>7}"),
        share_bar(console, one.before, one.after, most),
        cell(fate, FATES[one.fate]),
        cell(one.url),
    ]
