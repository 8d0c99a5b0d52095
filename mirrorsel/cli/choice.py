"""A selection, with its reasons, in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from rich.console import Console
from rich.text import Text

from mirrorsel.cli.layout import cell, print_note, print_rows
from mirrorsel.model import (
    Candidate,
    Client,
    Health,
    How,
    Reason,
    Rejection,
    Selection,
    State,
)
from mirrorsel.selection.cell import cell_of
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped
from mirrorsel.words import age, why

_HOW: Mapping[How, str] = MappingProxyType(
    {
        How.NEAR: "one of the nearest mirrors that are up and fresh",
        How.ANYWHERE: "the client's place is unknown, so that all mirrors are equals",
        How.UNPROBED: "no mirror is known to be up; this one was not found down",
        How.BACKUP: "no mirror is usable; this is a Backup",
        How.STALE: "no mirror is fresh, and no Backup is usable; this one is stale",
        How.ORIGIN: "no mirror is usable; this is the origin",
    }
)

_REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.DISABLED: "is disabled",
        Reason.KIND: "takes no redirects: it is no http mirror",
        Reason.NOT_CARRIED: "does not carry the file",
        Reason.REFUSES: "refuses clients of this country",
        Reason.OUT_OF_SCOPE: "does not serve clients from there",
        Reason.SCHEME: "has no https, by which the client comes",
        Reason.DOWN: "is down",
        Reason.STALE: "is stale",
        Reason.MISSING: "lacks the file",
        Reason.WRONG_SIZE: "has another version of the file",
    }
)

_PROOF = "files of this name always come from the origin, never from a mirror"
_STYLES = {State.UP: "green", State.DOWN: "red", State.UNKNOWN: "yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that is told of one client's choice."""

    realm: Realm
    address: str
    client: Client
    target: str
    mirrors: str
    """Which list is used, in words."""
    now: datetime

    @property
    def selection(self) -> Selection | None:
        """What the client gets; None for a file that always comes from the origin."""
        if self.realm.only_origin(self.target):
            return None
        return self.realm.index.explain(self.client, self.target)


def print_account(console: Console, account: Account) -> None:
    """Print who asks, what it gets, and why it gets nothing else."""
    print_rows(console, list(_summary(account)))
    selection = account.selection
    if selection is None:
        return
    _print_head(console, "In the order in which the client should try them:")
    names = ("", "how", "country", "cost", "state", "stamp", "mirror")
    ranked = (
        _ranked(number, one, account.now)
        for number, one in enumerate(selection.ranked, start=1)
    )
    print_rows(console, [[cell(name, "dim") for name in names], *ranked])
    print_note(console, _cost_note(account), "dim")
    if selection.rejections:
        _print_head(console, "Not for this client:")
        print_rows(
            console, [_rejected(one, account.now) for one in selection.rejections]
        )


def _summary(account: Account) -> Iterator[list[Text]]:
    origin = account.realm.index.geography.origin.mirror.url
    selection = account.selection
    base = selection.ranked[0].mirror.url if selection else origin
    facts = {
        "client": _client(account),
        "place": _place(account),
        "list": account.mirrors,
        "snapshot": _snapshot(account),
        "answer": base + escaped(account.target),
        "how": _how(selection),
    }
    for name, fact in facts.items():
        yield [cell(name, "dim"), cell(fact, "bold" if name == "answer" else "")]


def _how(selection: Selection | None) -> str:
    if selection is None:
        return f"{How.ORIGIN}: {_PROOF}"
    return f"{selection.how}: {_HOW[selection.how]}"


def _client(account: Account) -> str:
    client = account.client
    scheme = "https" if client.https else "http"
    family = 6 if client.ipv6 else 4
    return f"{account.address}, network {client.network}, by {scheme} over IPv{family}"


def _place(account: Account) -> str:
    location = account.client.location
    country = account.realm.countries.get(location.country or "")
    facts: list[str] = []
    if location.country:
        name = country.name if country else "a country of that code"
        facts.append(f"{location.country} ({name})")
    if location.continent:
        facts.append(location.continent)
    if place := location.coordinates:
        facts.append(f"latitude {place.latitude:g}, longitude {place.longitude:g}")
    elif country and country.centre:
        facts.append("taken to be at the country's centre")
    if location.asn:
        facts.append(f"AS{location.asn}")
    return ", ".join(facts) or "unknown"


def _snapshot(account: Account) -> str:
    snapshot = account.realm.sources.snapshot
    if snapshot is None:
        return "none; no mirror has been probed"
    vantage = f" by {snapshot.vantage}" if snapshot.vantage else ""
    return f"taken {age(snapshot.taken, account.now)} ago{vantage}"


def _print_head(console: Console, words: str) -> None:
    console.print()
    console.print(cell(words, "bold"), soft_wrap=True)


def _ranked(number: int, one: Candidate, now: datetime) -> list[Text]:
    return [
        cell(number),
        cell(one.how),
        cell(one.mirror.country or "-"),
        cell(f"{one.cost:.0f}"),
        cell(one.health.state, _STYLES[one.health.state]),
        cell(_stamp(one.health, now)),
        cell(one.mirror.url),
    ]


def _stamp(health: Health, now: datetime) -> str:
    stale = ", stale" if health.stale else ""
    return f"{_age_of_stamp(health, now)}{stale}" if health.stamp else "-"


def _age_of_stamp(health: Health, now: datetime) -> str:
    return f"{age(health.stamp, now)} old" if health.stamp else ""


def _cost_note(account: Account) -> str:
    policy = account.realm.sources.settings.selection
    if cell_of(account.realm.index.geography.key(account.client)).nowhere:
        return (
            "The client's place is unknown, so that every cost is"
            f" {'what overrides add' if policy.override else '0'}; mirrors of one cost"
            " are equals, ordered by a hash of the client's network."
        )
    return (
        "A cost is the distance in kilometres from the client's whole degrees,"
        f" plus {policy.country_penalty:g} in another country,"
        f" plus {policy.continent_penalty:g} on another continent"
        f"{', plus what overrides add' if policy.override else ''};"
        " what has no place counts as half-way round the earth."
        f" A ring is a mirror with all up to {policy.near_factor:g} times its cost"
        f" plus {policy.near_km:g}: the mirrors of a ring are equals, ordered by a"
        " hash of the client's network."
    )


def _rejected(one: Rejection, now: datetime) -> list[Text]:
    detail = _DETAILS.get(one.reason, _nothing)
    return [
        cell(one.mirror.url),
        cell(_REASONS[one.reason], "red" if one.reason is Reason.DOWN else "yellow"),
        cell(detail(one, now)),
    ]


def _nothing(_one: Rejection, _now: datetime) -> str:
    return ""


def _outcome(health: Health, url: str) -> str:
    return why(health.outcome, health.detail, url) if health.outcome else ""


_DETAILS: Mapping[Reason, Callable[[Rejection, datetime], str]] = MappingProxyType(
    {
        Reason.DISABLED: lambda one, _: one.mirror.disabled or "",
        Reason.NOT_CARRIED: lambda one, _: f"only {', '.join(one.mirror.prefixes)}",
        Reason.OUT_OF_SCOPE: lambda one, _: (
            f"only its {', its '.join(sorted(one.mirror.only))}"
        ),
        Reason.DOWN: lambda one, _: _outcome(one.health, one.mirror.url),
        Reason.STALE: lambda one, now: _age_of_stamp(one.health, now),
    }
)
