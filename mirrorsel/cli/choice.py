"""A selection, with its reasons, in words."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, print_note, print_rows
from mirrorsel.model import Candidate, Reason, RingBound, State
from mirrorsel.web.explain import Account
from mirrorsel.web.explain.words import (
    detail,
    facts,
    override,
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


def print_account(console: Console, account: Account) -> None:
    """Print who asks, what it gets, and why it gets nothing else."""
    rows = (
        [cell(name, "dim"), cell(fact, "bold" if name == "answer" else "")]
        for name, fact in facts(account)
    )
    print_rows(console, list(rows))
    if account.proof:
        return
    _print_ranked(console, account)
    _print_rings(console, account)
    _print_rejected(console, account)


def _print_ranked(console: Console, account: Account) -> None:
    _print_head(console, "In the order in which the client should try them:")
    numbered = enumerate(account.selection.ranked, start=1)
    ranked = (_ranked(number, one, account) for number, one in numbered)
    print_rows(console, [_names(_RANKED), *ranked])


def _print_rings(console: Console, account: Account) -> None:
    rings = account.selection.rings
    if rings:
        _print_head(console, "Rings of equals:")
        print_rows(console, [_names(_RINGS), *map(_ring, rings)])
    for rule in rules(account):
        print_note(console, rule, "dim")
    policy = account.realm.sources.settings.selection
    for number, one in enumerate(policy.override, start=1):
        print_note(console, override(number, one), "dim")


def _print_rejected(console: Console, account: Account) -> None:
    if account.selection.rejections:
        _print_head(console, "Not for this client:")
        print_rows(console, list(_rejected(account)))


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


def _rejected(account: Account) -> Iterator[list[Text]]:
    for one in account.selection.rejections:
        style = "red" if one.reason is Reason.DOWN else "yellow"
        yield [
            cell(one.mirror.url),
            cell(reason(one), style),
            cell(detail(one, account.now)),
        ]
