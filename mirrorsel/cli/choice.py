"""A selection, with its reasons, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, print_note, print_rows
from mirrorsel.model import Candidate, Reason, Rejection, RingBound, State
from mirrorsel.web.explain import Account
from mirrorsel.web.explain.words import (
    detail,
    facts,
    overrides,
    reason,
    remarks,
    ring_name,
    rules,
    score,
    share,
    stamp,
)

_STYLES = {State.UP: "green", State.DOWN: "red", State.UNKNOWN: "yellow"}
_RANKED = (
    *("", "how", "ring", "country", "cost", "score", "share", "state", "stamp"),
    *("mirror", "remarks"),
)
_RINGS = ("", "from cost", "up to", "mirrors")
_MOST = 10
"""How many ranked mirrors are printed, and how many for each reason."""


def print_account(console: Console, account: Account, *, every: bool = False) -> None:
    """Print who asks, what it gets, and why it gets nothing else.

    Of many mirrors the first are printed, and with `every` all.
    """
    rows = (
        [cell(name, "dim"), cell(fact, "bold" if name == "answer" else "")]
        for name, fact in facts(account)
    )
    print_rows(console, list(rows))
    if account.proof:
        return
    _print_ranked(console, account, None if every else _MOST)
    _print_rings(console, account)
    _print_rejected(console, account, every=every)


def _print_ranked(console: Console, account: Account, most: int | None) -> None:
    _print_head(console, "In the order in which the client should try them:")
    first = account.selection.ranked[:most]
    ranked = (_ranked(number, one, account) for number, one in enumerate(first, 1))
    print_rows(console, [_names(_RANKED), *ranked])
    if more := len(account.selection.ranked) - len(first):
        print_note(console, f"and {more} more; --all shows them", "dim")


def _print_rings(console: Console, account: Account) -> None:
    rings = account.selection.rings
    if rings:
        _print_head(console, "Rings of equals:")
        print_rows(console, [_names(_RINGS), *map(_ring, rings)])
    for words in (*rules(account), *overrides(account)):
        print_note(console, words, "dim")


def _print_rejected(console: Console, account: Account, *, every: bool) -> None:
    rejections = account.selection.rejections
    if not rejections:
        return
    shown = list(rejections if every else _few(rejections))
    _print_head(console, "Not for this client:")
    print_rows(console, [_rejected(one, account) for one in shown])
    left = Counter(map(reason, rejections)) - Counter(map(reason, shown))
    for why, more in left.items():
        print_note(console, f"and {more} more: {why}; --all shows them", "dim")


def _few(rejections: Iterable[Rejection]) -> Iterator[Rejection]:
    """Yield the first ones of each reason."""
    seen: Counter[Reason] = Counter()
    for one in rejections:
        seen[one.reason] += 1
        if seen[one.reason] <= _MOST:
            yield one


def _print_head(console: Console, words: str) -> None:
    console.print()
    console.print(cell(words, "bold"), soft_wrap=True)


def _names(names: tuple[str, ...]) -> list[Text]:
    return [cell(name, "dim") for name in names]


def _ranked(number: int, one: Candidate, account: Account) -> list[Text]:
    return [
        cell(number),
        cell(one.how),
        cell(one.rank.ring if one.rank else "-"),
        cell(one.mirror.country or "-"),
        cell(f"{one.cost:.0f}"),
        cell(score(one)),
        cell(share(one)),
        cell(one.health.state, _STYLES[one.health.state]),
        cell(stamp(one.health, account.now)),
        cell(one.mirror.url),
        cell(remarks(one)),
    ]


def _ring(one: RingBound) -> list[Text]:
    return [
        cell(f"ring {ring_name(one)}"),
        cell(f"{one.anchor:.0f}"),
        cell(f"{one.limit:.0f}"),
        cell(one.mirrors),
    ]


def _rejected(one: Rejection, account: Account) -> list[Text]:
    style = "red" if one.reason is Reason.DOWN else "yellow"
    return [
        cell(one.mirror.url),
        cell(reason(one), style),
        cell(detail(one, account.now)),
    ]
