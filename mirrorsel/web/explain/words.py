"""The reasons of a selection, said to a person."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from mirrorsel.model import Candidate, Health, How, Reason, Rejection, RingBound
from mirrorsel.selection.cell import cell_of
from mirrorsel.selection.policy import Override, Policy
from mirrorsel.web.explain.account import Account
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


def facts(account: Account) -> Iterator[tuple[str, str]]:
    """Yield who asks, from which files the answer follows, and what it is."""
    yield "client", _client(account)
    yield "place", _place(account)
    yield "list", account.mirrors
    yield "snapshot", _snapshot(account)
    yield "answer", account.answer
    yield "how", _how(account)


def reason(one: Rejection) -> str:
    """Return why a mirror is not given, in words that follow its URL."""
    return _REASONS[one.reason]


def detail(one: Rejection, now: datetime) -> str:
    """Return what is known besides: the operator's note, what a probe saw."""
    return _DETAILS.get(one.reason, _nothing)(one, now)


def stamp(health: Health, now: datetime) -> str:
    """Return how old a mirror's tree is; "-" where that is not known."""
    stale = ", stale" if health.stale else ""
    return f"{_age_of_stamp(health, now)}{stale}" if health.stamp else "-"


def score(one: Candidate) -> str:
    """Return the rendezvous score of a mirror; "-" for the origin."""
    return " ".join(f"{part:.3g}" for part in one.rank.score) if one.rank else "-"


def share(one: Candidate) -> str:
    """Return a mirror's share of its ring; "-" for the origin."""
    return f"{100 * one.rank.share:.3g} %" if one.rank else "-"


def remarks(one: Candidate) -> str:
    """Return what moves a mirror besides its ring and its score."""
    told = [f"override {number}" for number in one.overrides]
    if one.rank and one.rank.surplus:
        told.append("the client is beyond its cap: the next ring comes first")
    if one.rank and one.rank.lacks_ipv6:
        told.append("lacks IPv6, by which the client comes: behind all that have it")
    return "; ".join(told)


def ring_name(one: RingBound) -> str:
    """Return which ring this is."""
    if one.backup:
        return f"Backup {one.number}"
    return "1, the near set" if one.number == 1 else str(one.number)


def _override(number: int, rule: Override) -> str:
    clients = f" of {rule.country}" if rule.country else ""
    system = f" in AS{rule.asn}" if rule.asn else ""
    does = (("prefer", rule.prefer), ("avoid", rule.avoid))
    told = (f"{verb} {', '.join(names)}" for verb, names in does if names)
    return f"override {number}: clients{clients}{system} {' and '.join(told)}"


def overrides(account: Account) -> list[str]:
    """Return what each override of the settings says."""
    policy = account.realm.sources.settings.selection
    return [_override(*one) for one in enumerate(policy.override, start=1)]


def rules(account: Account) -> Iterator[str]:
    """Yield how costs, rings and scores come about, with the numbers in force."""
    policy = account.realm.sources.settings.selection
    if cell_of(account.realm.index.geography.key(account.client)).nowhere:
        yield _nowhere(policy)
    else:
        yield _cost(policy)
        yield (
            f"A ring is a mirror with all up to {policy.near_factor:g} times its cost"
            f" plus {policy.near_km:g}: the mirrors of a ring are equals."
        )
    yield (
        f"The client's network hashes to the slot {account.selection.slot}; with the"
        " URL of a mirror that makes its score, and the highest of a ring is first."
        " A large ring is a tree, with a score for each fork on the way."
    )


def _cost(policy: Policy) -> str:
    return (
        "A cost is the distance in kilometres from the client's whole degrees,"
        f" plus {policy.country_penalty:g} in another country,"
        f" plus {policy.continent_penalty:g} on another continent"
        f"{', plus what overrides add' if policy.override else ''};"
        " what has no place counts as half-way round the earth."
    )


def _nowhere(policy: Policy) -> str:
    return (
        "The client's place is unknown, so that every cost is"
        f" {'what overrides add' if policy.override else '0'}; mirrors of one cost"
        " are equals."
    )


def _how(account: Account) -> str:
    how = account.selection.how
    return f"{how}: {_PROOF if account.proof else _HOW[how]}"


def _client(account: Account) -> str:
    client = account.client
    scheme = "https" if client.https else "http"
    family = 6 if client.ipv6 else 4
    network = client.network or "none"
    return (
        f"{account.question.address}, network {network}, by {scheme} over IPv{family}"
    )


def _place(account: Account) -> str:
    location = account.client.location
    country = account.realm.countries.get(location.country or "")
    found: list[str] = []
    if location.country:
        name = country.name if country else "a country of that code"
        found.append(f"{location.country} ({name})")
    if location.continent:
        found.append(location.continent)
    if place := location.coordinates:
        found.append(f"latitude {place.latitude:g}, longitude {place.longitude:g}")
    elif country and country.centre:
        found.append("taken to be at the country's centre")
    if location.asn:
        found.append(f"AS{location.asn}")
    return ", ".join(found) or "unknown"


def _snapshot(account: Account) -> str:
    snapshot = account.realm.sources.snapshot
    if snapshot is None:
        return "none; no mirror has been probed"
    vantage = f" by {snapshot.vantage}" if snapshot.vantage else ""
    return f"taken {age(snapshot.taken, account.now)} ago{vantage}"


def _age_of_stamp(health: Health, now: datetime) -> str:
    return f"{age(health.stamp, now)} old" if health.stamp else ""


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
