"""All that a request needs to know, as one value that is swapped whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import translate
from typing import TypeAlias

from mirrorsel.config import Settings
from mirrorsel.geo import Locator, client_network
from mirrorsel.health import HealthPolicy, is_stale
from mirrorsel.model import (
    Candidate,
    Client,
    Country,
    Health,
    How,
    MirrorList,
    Selection,
    Snapshot,
)
from mirrorsel.selection.absent import NOBODY, Absent
from mirrorsel.selection.bounded import Bounded
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Choice, Index
from mirrorsel.selection.rendezvous import slot
from mirrorsel.web.home import home
from mirrorsel.web.prepared import Prepared, prepare
from mirrorsel.web.published import is_published
from mirrorsel.web.shown import Shown
from mirrorsel.web.target import escaped, is_canonical, is_plain
from mirrorsel.web.tree import Tree
from mirrorsel.web.vouched import Vouched, vouch

Question: TypeAlias = tuple[str, bool, frozenset[str], int, int]
"""A client's address, whether it came by https, the prefixes above a file, and who
does not have it: plain values, which are looked up faster than `Absent`."""

_REMEMBERED = 8192
_LONG = 256
"""Longer names are not remembered: a client can make up as many as it likes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a target's name alone says, whoever asks for it."""

    plain: bool
    """Whether it is canonical, and the same when it is escaped."""
    only_origin: bool
    """Whether it must never come from a mirror."""
    below: frozenset[str]
    """Those prefixes of the list that it lies below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the files of one moment say."""

    settings: Settings
    mirrors: MirrorList
    snapshot: Snapshot | None
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Realm:
    """One generation of settings, list, snapshot and databases."""

    sources: Sources
    countries: Mapping[str, Country]
    index: Index
    always_origin: re.Pattern[str]
    """Matches the names of files that never come from a mirror."""
    ready: Bounded[Question, Prepared]
    """Redirects that were prepared for earlier requests."""
    tree: Tree | None = None
    """The published files; None where they are not indexed."""
    proven: Bounded[tuple[str, str, bool], Vouched | None] = field(
        default_factory=lambda: Bounded(_REMEMBERED)
    )
    """Headers that were made for earlier requests."""
    names: Bounded[str, Sought] = field(default_factory=lambda: Bounded(_REMEMBERED))
    """What the names of files say that were asked for earlier."""
    shown: Shown = field(init=False, default_factory=Shown)
    """Answers that were made for earlier requests; a copy of a realm begins anew."""

    @property
    def waiting(self) -> frozenset[str]:
        """The mirrors that must be scanned anew before they serve indexed files."""
        holders = self.tree.holders if self.tree else None
        return holders.waiting if holders else frozenset()

    @property
    def named(self) -> int:
        """How many mirrors a redirect names."""
        return 1 + self.sources.settings.web.links

    def client(self, address: str, *, https: bool) -> Client:
        """Return who asks, given the address that httpd has settled."""
        network = client_network(address)
        return Client(
            location=self.sources.locator.locate(address),
            network=network,
            https=https,
            ipv6=":" in network,
        )

    def redirect(self, address: str, target: str, *, https: bool) -> Prepared:
        """Return where a client is sent for a file."""
        sought = self.sought(target)
        if sought.only_origin:
            return prepare(self.from_origin(), self.client(address, https=https))
        absent = self.absent(target)
        question = (address, https, sought.below, absent.missing, absent.wrong)
        ready = self.ready.get(question)
        if ready is None:
            client = self.client(address, https=https)
            choice = self.index.choose(client, target, self.named, absent)
            ready = self.ready[question] = prepare(choice, client)
        return ready

    def select(self, client: Client, target: str) -> Selection:
        """Return all that is to be said of a client's mirrors for a file."""
        if not self.only_origin(target):
            return self.index.explain(client, target, self.absent(target))
        origin = self.index.geography.origin.mirror
        alone = Candidate(mirror=origin, health=Health(), cost=0.0, how=How.ORIGIN)
        return Selection(
            target=target,
            ranked=(alone,),
            rejections=(),
            how=How.ORIGIN,
            slot=slot(client.network),
        )

    def sought(self, target: str) -> Sought:
        """Return what the name of a target says."""
        known = self.names.get(target)
        if known is None:
            known = Sought(
                plain=target != "" and is_canonical(target) and is_plain(target),
                only_origin=self.only_origin(target),
                below=self.index.geography.covered(target),
            )
            if len(target) <= _LONG:
                self.names[target] = known
        return known

    def publishes(self, target: str) -> bool:
        """Return whether a target is in the published tree, as far as is known."""
        return is_published(self.sources.settings, self.tree, target)

    def lacks(self, target: str) -> bool:
        """Return whether a target is known not to be published.

        Only an index knows that: without one, mirrors may have what is not here.
        """
        return self.tree is not None and not self.publishes(target)

    def has(self, path: str) -> bool:
        """Return whether the index has a file of a path."""
        return self.tree is not None and self.tree.find(path) is not None

    def vouched(self, target: str, host: str, *, https: bool) -> Vouched | None:
        """Return the headers that vouch for a file; None if nobody can.

        Args:
            target: The file.
            host: The name by which the client knows us; it may be none.
            https: Whether it came by https.

        """
        if self.tree is None:
            return None
        key = (target, host, https)
        found = self.proven.get(key)
        if found is None and key not in self.proven:
            found = self._vouch(self.tree, target, home(host, https=https))
            # Of documents about a file it is remembered that they are none themselves.
            if len(host) <= _LONG and (found or len(target) <= _LONG):
                self.proven[key] = found
        return found

    def absent(self, target: str) -> Absent:
        """Return the mirrors of which is known that they do not have a file."""
        return self.tree.absent(target) if self.tree else NOBODY

    def _vouch(self, tree: Tree, target: str, base: str) -> Vouched | None:
        file = tree.find(target)
        if file is None:
            return None
        signature = ""
        if tree.has(f"{target}.asc"):
            origin = self.index.geography.origin.mirror.url
            signature = f"{origin}{escaped(target)}.asc"
        return vouch(file, base + escaped(target), signature)

    def from_origin(self) -> Choice:
        """Return the choice for files that never come from a mirror."""
        return Choice(how=How.ORIGIN, mirrors=(self.index.geography.origin.mirror,))

    def only_origin(self, target: str) -> bool:
        """Return whether a file must never come from a mirror, by its name.

        Neither case nor final slashes make it another file.
        """
        name = target.rstrip("/").rpartition("/")[2]
        return self.always_origin.match(name) is not None


def make_geography(sources: Sources, countries: Mapping[str, Country]) -> Geography:
    """Prepare what changes with list and settings, and not with the snapshot."""
    settings = sources.settings
    return Geography(
        sources.mirrors.mirrors, countries, settings.selection, settings.list.origin
    )


def make_realm(
    sources: Sources,
    geography: Geography,
    countries: Mapping[str, Country],
    tree: Tree | None = None,
) -> Realm:
    """Prepare one generation; `geography` and `tree` are of the same list."""
    settings = sources.settings
    health = known_health(sources.mirrors, sources.snapshot, settings.health)
    return Realm(
        sources=sources,
        countries=countries,
        index=Index(geography, health),
        always_origin=re.compile(
            "|".join(map(translate, settings.list.always_origin)) or r"(?!)",
            re.IGNORECASE,
        ),
        ready=Bounded(_REMEMBERED),
        tree=tree,
    )


def known_health(
    mirrors: MirrorList, snapshot: Snapshot | None, policy: HealthPolicy
) -> Mapping[str, Health]:
    """Return the health of mirrors by URL, from the snapshot or else the list.

    A mirror that was never probed is as fresh as the list's stamps say, held
    against the list's own date: both were taken by the same clock.
    """
    probed = snapshot.health if snapshot else {}
    listed = {
        one.url: Health(
            stamp=one.stamp,
            stale=is_stale(one.stamp, mirrors.dated, policy, was_stale=False),
        )
        for one in mirrors.mirrors
        if one.stamp
    }
    return listed | {
        url: health for url, health in probed.items() if health.checked is not None
    }
