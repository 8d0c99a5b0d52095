"""The published list, kept up with the list in force and with the snapshot."""

from dataclasses import replace
from operator import is_

from mirrorsel.checker.records import Records
from mirrorsel.lists import render
from mirrorsel.model import Mirror, MirrorList, Snapshot


class Publisher:
    """Publishes a list again when something that it is made of is new.

    Args:
        records: Where it is kept.

    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._made_of: tuple[object, ...] | None = None

    def publish(
        self, mirrors: MirrorList, snapshot: Snapshot | None, origin: str
    ) -> None:
        """Publish a list, with the origin as the Backup of one that has none.

        Args:
            mirrors: The list in force.
            snapshot: What is known of its mirrors, None if nothing is.
            origin: The base URL of the tree that they copy.

        """
        made_of = (mirrors, snapshot, origin)
        # The same objects: comparing long lists each second would cost too much.
        if self._made_of is None or not all(map(is_, made_of, self._made_of)):
            self._made_of = made_of
            self._records.keep_published(render(_backed(mirrors, origin), snapshot))


def _backed(mirrors: MirrorList, origin: str) -> MirrorList:
    if any(one.backup for one in mirrors.mirrors):
        return mirrors
    last_resort = Mirror(url=origin, backup=True)
    return replace(mirrors, mirrors=(*mirrors.mirrors, last_resort))
