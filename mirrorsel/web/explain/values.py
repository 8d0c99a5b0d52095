"""What the page of an account prints."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from mirrorsel.model import Candidate, Rejection, RingBound, State
from mirrorsel.pages import Item, Value
from mirrorsel.printable import printable
from mirrorsel.web.explain.account import Account
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
from mirrorsel.web.styled import described
from mirrorsel.web.target import escaped

_MOST = 1000
"""How many rows a table shows; JSON has all of them."""


def values(account: Account) -> dict[str, Value]:
    """Return what the template prints."""
    question, selection = account.question, account.selection
    told = {name: printable(text) for name, text in facts(account)}
    ranked = selection.ranked[:_MOST]
    rejected = selection.rejections[:_MOST]
    return {
        "address": question.address,
        "path": question.target,
        "public": f"/get/{escaped(question.target)}?json",
        "json": f"explain?{urlencode(_asked(account))}&json",
        "https": "https" if question.https else "",
        "ipv6": "ipv6" if account.client.ipv6 else "",
        "answer": told.pop("answer"),
        "lead": told.pop("how"),
        "facts": described((name.capitalize(), one) for name, one in told.items()),
        "rings": [_ring(one, selection.ranked) for one in selection.rings[:_MOST]],
        "ranked": list(_ranked(ranked, account)),
        "rejected": [_rejected(one, account) for one in rejected],
        "more": _more(account, len(ranked), len(rejected)),
        "rules": [
            *rules(account),
            *(f"{one.capitalize()}." for one in overrides(account)),
        ],
    }


def _asked(account: Account) -> dict[str, str | int]:
    question = account.question
    return {
        "client": question.address,
        "path": question.target,
        "https": int(question.https),
        "ipv6": int(question.ipv6),
    }


def _ring(one: RingBound, ranked: Iterable[Candidate]) -> Item:
    usable = sum(
        other.rank is not None
        and other.rank.ring == one.number
        and other.mirror.backup is one.backup
        for other in ranked
    )
    return Item(
        text=ring_name(one),
        attributes={
            "anchor": f"{one.anchor:.0f}",
            "limit": f"{one.limit:.0f}",
            "mirrors": one.mirrors,
            "usable": usable,
        },
    )


def _ranked(ranked: Iterable[Candidate], account: Account) -> Iterator[Item]:
    for number, one in enumerate(ranked, start=1):
        yield Item(
            text=str(number),
            attributes={
                "url": one.mirror.url,
                "how": str(one.how),
                "ring": one.rank.ring if one.rank else "-",
                "country": one.mirror.country or "-",
                "cost": f"{one.cost:.0f}",
                "score": score(one),
                "share": share(one),
                "state": _state(one),
                "word": str(one.health.state),
                "stamp": stamp(one.health, account.now),
                "remark": remarks(one),
            },
        )


def _state(one: Candidate) -> str:
    """Return the class of a row, by which its symbol has its colour."""
    stale = one.health.stale and one.health.state is State.UP
    return "stale" if stale else str(one.health.state)


def _rejected(one: Rejection, account: Account) -> Item:
    return Item(
        text=one.mirror.url,
        attributes={
            "ring": "-" if one.ring is None else one.ring,
            "cost": f"{one.cost:.0f}",
            "reason": reason(one),
            "detail": printable(detail(one, account.now)),
        },
    )


def _more(account: Account, ranked: int, rejected: int) -> str:
    selection = account.selection
    total = len(selection.ranked) + len(selection.rejections)
    return f"{total:,}" if ranked + rejected < total else ""
