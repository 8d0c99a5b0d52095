"""What a preview says in words."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from mirrorsel.model import How
from mirrorsel.preview.effect import CountryEffect, Effect, Outlook, Verdict
from mirrorsel.preview.home import Home
from mirrorsel.preview.step import step
from mirrorsel.words import counted

_LITTLE = 0.0005
_ARROW = "->"

HOW: Mapping[How, str] = MappingProxyType(
    {
        How.NEAR: "healthy mirrors",
        How.ANYWHERE: "healthy mirrors anywhere",
        How.UNPROBED: "mirrors never probed",
        How.BACKUP: "a Backup",
        How.STALE: "stale mirrors",
        How.ORIGIN: "the origin",
    }
)

SIGNS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.WORSE: "falls back",
        Verdict.LOST: "loses its own",
        Verdict.CHANGED: "another first",
        Verdict.SHIFTED: "some move",
        Verdict.BETTER: "better",
        Verdict.GAINED: "gains its own",
        Verdict.SAME: "same",
    }
)


def percent(share: float) -> str:
    """Return a share as people read it."""
    if share <= 0:
        return "0 %"
    if share < _LITTLE:
        return "<0.1 %"
    return f"{100 * share:.1f} %" if share < 1 - _LITTLE else "100 %"


def kilometres(before: float | None, after: float | None) -> str:
    """Return two distances, or one if they look the same."""
    was, will_be = _km(before), _km(after)
    return was if was == will_be else f"{was} {_ARROW} {will_be}"


def firsts(one: CountryEffect) -> str:
    """Return the first mirror before and after, each with how many share with it."""
    before, after = one.before, one.after
    if before.first.url == after.first.url:
        return f"{before.first.host}{_crowding(before, after)}"
    named = before.first.host != after.first.host
    was, will_be = (
        f"{each.first.host if named else each.first.url} {_others(each)}".rstrip()
        for each in (before, after)
    )
    return f"{was} {_ARROW} {will_be}"


def headline(effect: Effect) -> str:
    """Return what was done to the list, and what comes of it, in a sentence or two."""
    edit = effect.edit
    counts = (
        (len(edit.added), "added"),
        (len(edit.removed), "removed"),
        (len(edit.changed), "changed"),
    )
    done = [(number, what) for number, what in counts if number]
    if not done:
        return "Nothing changes: both lists have the same mirrors."
    (first, what), *rest = done
    others = (f", {number:,} {what}" for number, what in rest)
    return f"{counted(first, 'mirror')} {what}{''.join(others)}: {_moved(effect)}."


def losers(effect: Effect) -> str:
    """Return how many countries lose, as the head of what they lose; or nothing."""
    number = len(effect.losses)
    return f"{counted(number, 'country loses', 'countries lose')}" if number else ""


def loss(one: CountryEffect) -> str:
    """Return what a country loses, as the end of a sentence about it."""
    before, after = one.before, one.after
    parts: list[str] = []
    if step(after.how) > step(before.how):
        parts.append(f"falls back to {HOW[after.how]}, where it had {HOW[before.how]}")
    if one.lost_home:
        parts.append(_LOST_HOMES[before.home, after.home])
    if one.verdict is Verdict.LOST and after.km is not None:
        parts.append(f"its clients go to {after.first.host}{_distance(one)}")
    return "; ".join(parts)


def assumption(effect: Effect) -> Iterator[str]:
    """Yield what is supposed of new mirrors, if there are any."""
    if up := len(effect.assumed):
        yield (
            f"{counted(up, 'new mirror is', 'new mirrors are')} taken to be up: nobody"
            " is sent there before the checker has found that out"
            " (preview --at-once shows the time until then)."
        )


def notes(effect: Effect) -> Iterator[str]:
    """Yield what one must know to read the numbers."""
    yield from assumption(effect)
    if any(len(one.after.equals) > 1 for one in effect.countries if one.moved):
        yield "+2 after a mirror: two others share the country's clients with it."
    yield f"Clients are counted by {effect.basis.weights}."
    if effect.basis.towns:
        yield "As the GeoIP database tells towns apart, they are in the largest ones."
    if effect.sample:
        yield (
            "Where a max_share turns clients away, the clients of"
            f" {effect.sample:,} networks were tried; all else is exact."
        )


_LOST_HOMES: Mapping[tuple[Home, Home], str] = MappingProxyType(
    {
        (Home.HEALTHY, Home.UNPROBED): "of its own mirrors none is known to be up",
        (Home.HEALTHY, Home.NONE): "loses its last healthy mirror",
        (Home.UNPROBED, Home.NONE): "loses its last mirror",
    }
)


def _km(far: float | None) -> str:
    return "-" if far is None else f"{far:,.0f}"


def _others(one: Outlook) -> str:
    more = len(one.equals) - 1
    return f"+{more}" if more else ""


def _crowding(before: Outlook, after: Outlook) -> str:
    """Return with how many others a first mirror that stays shares its clients."""
    others, then = len(before.equals) - 1, len(after.equals) - 1
    change = f" {_ARROW} +{then}" if others != then else ""
    crowd = f" +{others}{change}" if others or then else ""
    was, will_be = percent(before.share), percent(after.share)
    return f"{crowd}, {was} {_ARROW} {will_be}" if was != will_be else crowd


def _distance(one: CountryEffect) -> str:
    before, after = one.before.km, one.after.km
    if before is None or after is None:
        return ""
    others = " and others" if len(one.after.equals) > 1 else ""
    return f"{others}, {after:,.0f} km away instead of {before:,.0f}"


def _moved(effect: Effect) -> str:
    if not effect.moved:
        return "no client gets another mirror first"
    return f"{percent(effect.moved)} of all clients get another mirror first"
