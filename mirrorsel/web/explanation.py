"""A selection as JSON: what a client gets, and why it does not get the others."""

from typing import Any

from mirrorsel.metalink import changed
from mirrorsel.model import Candidate, Client, PublishedFile, Rejection
from mirrorsel.selection.cell import cell_of
from mirrorsel.web.realm import Realm
from mirrorsel.web.vouched import is_provable


def explanation(realm: Realm, client: Client, target: str) -> dict[str, Any]:
    """Return a selection in plain values.

    Keys: `target`, `how`, `client` (see below), `ranked` (a list of `url`, `how`,
    `country`, `cost` in kilometres with penalties, `state`, `stamp`), `rejected`
    (a list of `url`, `reason`). The client's keys are `country`,
    `continent`, `latitude` with `longitude` (the place that costs start from),
    `asn`, `network`, `https`, `ipv6`; what is unknown is null.
    Of an indexed file there is `file` besides: `size`, `modified`, `sha256`,
    `sha512`, and `disputed`, which says why no hash is vouched for, or is null.
    """
    selection = realm.select(client, target)
    file = realm.tree.find(target) if realm.tree else None
    return {
        **({"file": _file(file)} if file else {}),
        "target": target,
        "client": _client(realm, client),
        "how": selection.how,
        "ranked": [_ranked(one) for one in selection.ranked],
        "rejected": [_rejected(one) for one in selection.rejections],
    }


def _file(file: PublishedFile) -> dict[str, Any]:
    good = is_provable(file)
    when = changed(file)
    return {
        "size": file.size,
        "modified": when.isoformat() if when else None,
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


def _ranked(one: Candidate) -> dict[str, Any]:
    stamp = one.health.stamp
    return {
        "url": one.mirror.url,
        "how": one.how,
        "country": one.mirror.country,
        "cost": round(one.cost, 1),
        "state": one.health.state,
        "stamp": stamp.isoformat() if stamp else None,
    }


def _rejected(one: Rejection) -> dict[str, Any]:
    # The operator's note and the probe's words are for `mirrorsel explain` alone.
    return {"url": one.mirror.url, "reason": one.reason}
