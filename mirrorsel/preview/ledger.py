"""Which share of all clients each mirror gets."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from mirrorsel.model import Mirror
from mirrorsel.preview.country import Change, before_and_after
from mirrorsel.preview.crowd import Crowd
from mirrorsel.preview.effect import Fate, MirrorEffect
from mirrorsel.preview.outlook import Part, merged
from mirrorsel.preview.plan import Edit, Plan, edit_of
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.odds import Odds

Told: TypeAlias = tuple[Crowd, Sequence[Change], Sequence[Odds]]
"""A country with what each of its places sees, and what becomes of it there."""


def mirror_effects(
    old: Plan, new: Plan, told: Sequence[Told]
) -> tuple[MirrorEffect, ...]:
    """Return all mirrors of both lists, the most changed first."""
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for crowd, seen, odds in told:
        for total, parts in zip(
            (before, after), before_and_after(seen, odds), strict=True
        ):
            _add(total, parts, crowd.share)
    fates = _fates(edit_of(old.mirrors, new.mirrors))
    effects = (
        MirrorEffect(
            url=url,
            mirror=one.mirror,
            place=one.coordinates,
            fate=fates.get(url, Fate.KEPT),
            before=before.get(url, 0.0),
            after=after.get(url, 0.0),
        )
        for url, one in {**dict(_entries(old)), **dict(_entries(new))}.items()
    )
    return tuple(sorted(effects, key=_most_changed_first))


def _add(total: dict[str, float], parts: Sequence[Part], weight: float) -> None:
    for url, share in merged(parts).items():
        total[url] = total.get(url, 0.0) + weight * share


def _entries(plan: Plan) -> Iterator[tuple[str, Entry]]:
    """Yield the mirrors by URL: of two lines, that of a country counts."""
    geography = plan.index.geography
    yield geography.origin.mirror.url, geography.origin
    for url, lines in geography.by_url.items():
        yield url, min(lines, key=lambda one: one.mirror.backup)


def _fates(edit: Edit) -> dict[str, Fate]:
    added = _urls(edit.added)
    removed = _urls(edit.removed)
    changed = _urls(now for _, now in edit.changed)
    # What stands twice, for its country and as Backup, may have lost one line only.
    return {
        **dict.fromkeys(added, Fate.ADDED),
        **dict.fromkeys(removed, Fate.REMOVED),
        **dict.fromkeys(changed | (added & removed), Fate.CHANGED),
    }


def _urls(mirrors: Iterable[Mirror]) -> frozenset[str]:
    return frozenset(one.url for one in mirrors)


def _most_changed_first(one: MirrorEffect) -> tuple[float, float, str]:
    return -abs(one.after - one.before), -one.before, one.url
