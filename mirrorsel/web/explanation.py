"""A selection as JSON: what a client gets, and why it does not get the others."""

from typing import Any

from mirrorsel.model import Candidate, Client, How, Location, Rejection
from mirrorsel.web.realm import Realm


def explanation(
    realm: Realm, client: Client, target: str, *, only_origin: bool
) -> dict[str, Any]:
    """Return a selection in plain values.

    Keys: `target`, `how`, `client` (see below), `ranked` (a list of `url`, `how`,
    `country`, `cost` in kilometres with penalties, `state`, `stamp`), `rejected`
    (a list of `url`, `reason`, `detail`). The client's keys are `country`,
    `continent`, `latitude`, `longitude`, `asn`, `network`, `https`, `ipv6`; what
    is unknown is null.
    """
    common = {"target": target, "client": _client(client)}
    if only_origin:
        origin = realm.index.geography.origin.mirror.url
        alone = {"url": origin, "how": How.ORIGIN}
        return {**common, "how": How.ORIGIN, "ranked": [alone], "rejected": []}
    selection = realm.index.explain(client, target)
    return {
        **common,
        "how": selection.how,
        "ranked": [_ranked(one) for one in selection.ranked],
        "rejected": [_rejected(one) for one in selection.rejections],
    }


def _client(client: Client) -> dict[str, Any]:
    location: Location = client.location
    place = location.coordinates
    return {
        "country": location.country,
        "continent": location.continent,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "asn": location.asn,
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
    return {
        "url": one.mirror.url,
        "reason": one.reason,
        "detail": one.mirror.disabled or one.health.detail,
    }
