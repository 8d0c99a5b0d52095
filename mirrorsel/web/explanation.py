"""A selection as JSON: what a client gets, and why it does not get the others."""

from typing import Any

from mirrorsel.model import (
    Candidate,
    Client,
    PublishedFile,
    Rank,
    Rejection,
    RingBound,
    Selection,
)
from mirrorsel.selection.cell import cell_of
from mirrorsel.web.json import json_time
from mirrorsel.web.realm import Realm
from mirrorsel.web.vouched import is_provable


def explanation(realm: Realm, client: Client, selection: Selection) -> dict[str, Any]:
    """Return a selection in plain values, without what is for the operator alone.

    Keys: `target`, `how`, `client`, `ranked`, `rejected`, `rings`.
    Of the client there are `country`, `continent`, `latitude` with `longitude` (the
    place that costs start from), `asn`, `network` with its hash `slot`, `https`,
    `ipv6`; what is unknown is null. Of each mirror in `ranked` there are `url`,
    `how`, `country`, `cost` in kilometres with penalties, the numbers of the
    `overrides` that add to it, `state`, `stamp`, and the fields of a
    `mirrorsel.model.Rank`, which are null for the origin. Of each in `rejected` there
    are `url`, `reason`, `cost`, `ring`; of each ring the fields of a `RingBound`.
    Of an indexed file there is `file` besides: `size`, `modified`, `sha256`,
    `sha512`, and `disputed`, which says why no hash is vouched for, or is null.
    """
    file = realm.tree.find(selection.target) if realm.tree else None
    return {
        **({"file": _file(file)} if file else {}),
        "target": selection.target,
        "client": {**_client(realm, client), "slot": selection.slot},
        "how": selection.how,
        "rings": [_ring(one) for one in selection.rings],
        "ranked": [_ranked(one) for one in selection.ranked],
        "rejected": [_rejected(one) for one in selection.rejections],
    }


def _file(file: PublishedFile) -> dict[str, Any]:
    good = is_provable(file)
    return {
        "size": file.size,
        "modified": json_time(file.changed),
        "sha256": file.sha256.hex() if good and file.sha256 else None,
        "sha512": file.sha512.hex() if good and file.sha512 else None,
        "disputed": file.disputed or None,
    }


def _client(realm: Realm, client: Client) -> dict[str, Any]:
    place = cell_of(realm.index.geography.key(client)).coordinates
    return {
        "country": client.location.country,
        "continent": client.location.continent,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "asn": client.location.asn,
        "network": client.network or None,
        "https": client.https,
        "ipv6": client.ipv6,
    }


def _ring(one: RingBound) -> dict[str, Any]:
    return {
        "number": one.number,
        "backup": one.backup,
        "anchor": round(one.anchor, 1),
        "limit": round(one.limit, 1),
        "mirrors": one.mirrors,
    }


def _ranked(one: Candidate) -> dict[str, Any]:
    return {
        "url": one.mirror.url,
        "how": one.how,
        "country": one.mirror.country,
        "cost": round(one.cost, 1),
        "overrides": list(one.overrides),
        "state": one.health.state,
        "stamp": json_time(one.health.stamp),
        **_rank(one.rank),
    }


def _rank(rank: Rank | None) -> dict[str, Any]:
    return {
        "ring": rank and rank.ring,
        "turn": rank and rank.turn,
        "score": rank and list(rank.score),
        "share": rank and round(rank.share, 6),
        "surplus": rank and rank.surplus,
        "lacks_ipv6": rank and rank.lacks_ipv6,
    }


def _rejected(one: Rejection) -> dict[str, Any]:
    # The operator's note and the probe's words are for the operator alone, see
    # `mirrorsel.web.explain`.
    return {
        "url": one.mirror.url,
        "reason": one.reason,
        "cost": round(one.cost, 1),
        "ring": one.ring,
    }
