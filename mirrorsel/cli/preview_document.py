"""A preview for programs; `docs/preview.schema.json` describes it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from mirrorsel.model import Mirror
from mirrorsel.preview import CountryEffect, Effect, MirrorEffect, Outlook

_Object: TypeAlias = Mapping[str, Any]

_DIGITS = 6


def document(effect: Effect) -> str:
    """Return a preview as JSON, without a final newline."""
    return json.dumps(_effect(effect), indent=2)


def _effect(effect: Effect) -> _Object:
    view, basis, edit = effect.view, effect.basis, effect.edit
    return {
        "harm": bool(effect.losses),
        "moved": _share(effect.moved),
        "clients": {
            "https": view.https,
            "ipv6": view.ipv6,
            "path": view.path,
            "weights": basis.weights,
        },
        "snapshot": msgspec.to_builtins(basis.taken),
        "assumed_up": list(effect.assumed),
        "sample": effect.sample,
        "edit": {
            "added": _urls(edit.added),
            "removed": _urls(edit.removed),
            "changed": _urls(now for _, now in edit.changed),
        },
        "countries": [_country(one) for one in effect.countries],
        "mirrors": [_mirror(one) for one in effect.mirrors],
    }


def _country(one: CountryEffect) -> _Object:
    before, after = _urls(one.before.equals), _urls(one.after.equals)
    return {
        "code": one.code,
        "name": one.name,
        "verdict": one.verdict,
        "clients": _share(one.share),
        "moved": _share(one.moved),
        "exact": not one.sampled,
        "before": _outlook(one.before),
        "after": _outlook(one.after),
        "joined": [url for url in after if url not in before],
        "left": [url for url in before if url not in after],
    }


def _outlook(one: Outlook) -> _Object:
    return {
        "how": one.how,
        "mirror": one.first.url,
        "share": _share(one.share),
        "equals": len(one.equals),
        "own": one.home,
        "km": None if one.km is None else round(one.km, 1),
    }


def _mirror(one: MirrorEffect) -> _Object:
    return {
        "url": one.url,
        "country": one.mirror.country,
        "fate": one.fate,
        "before": _share(one.before),
        "after": _share(one.after),
    }


def _urls(mirrors: Iterable[Mirror]) -> list[str]:
    # What stands twice, for its country and as Backup, has one URL.
    return list(dict.fromkeys(one.url for one in mirrors))


def _share(share: float) -> float:
    return round(share, _DIGITS)
