"""Which share of all clients each mirror gets."""

from collections.abc import Iterable, Mapping

from mirrorsel.model import Mirror
from mirrorsel.preview.effect import Fate, MirrorEffect
from mirrorsel.preview.plan import Edit
from mirrorsel.selection.entry import Entry
from mirrorsel.selection.odds import Shares


class Ledger:
    """Adds up the clients of one list, country by country."""

    def __init__(self) -> None:
        self.shares: dict[str, float] = {}
        self.mirrors: dict[str, Mirror] = {}

    def add(self, entries: Mapping[str, Entry], shares: Shares, weight: float) -> None:
        """Count clients, whose share of all clients is the weight."""
        for url, share in shares.items():
            self.shares[url] = self.shares.get(url, 0.0) + weight * share
            self.mirrors[url] = entries[url].mirror


def mirror_effects(
    edit: Edit, before: Ledger, after: Ledger
) -> tuple[MirrorEffect, ...]:
    """Return the mirrors that get clients or were edited, the most changed first."""
    mirrors = {one.url: one for one in _edited(edit)}
    mirrors |= before.mirrors | after.mirrors
    fates = _fates(edit)
    effects = (
        MirrorEffect(
            url=url,
            mirror=mirror,
            fate=fates.get(url, Fate.KEPT),
            before=before.shares.get(url, 0.0),
            after=after.shares.get(url, 0.0),
        )
        for url, mirror in mirrors.items()
    )
    return tuple(sorted(effects, key=_most_changed_first))


def _edited(edit: Edit) -> Iterable[Mirror]:
    return (*edit.removed, *(now for _, now in edit.changed), *edit.added)


def _fates(edit: Edit) -> dict[str, Fate]:
    added = {one.url for one in edit.added}
    removed = {one.url for one in edit.removed}
    changed = {one.url for _, one in edit.changed}
    # What stands twice, for its country and as Backup, may have lost one line only.
    return {
        **dict.fromkeys(added, Fate.ADDED),
        **dict.fromkeys(removed, Fate.REMOVED),
        **dict.fromkeys(changed | (added & removed), Fate.CHANGED),
    }


def _most_changed_first(one: MirrorEffect) -> tuple[float, float, str]:
    return -abs(one.after - one.before), -one.before, one.url
