"""The names that mirrors have in addresses of our own."""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from mirrorsel.model import Kind, Mirror

_OTHER = re.compile(r"[^a-z0-9.]+")
_LONGEST = 100


def slugs(mirrors: Iterable[Mirror]) -> dict[str, Mirror]:
    """Return mirrors by their names, which are made of host and path.

    A name depends on nothing but the URL, unless several would have the same: then
    each of them gets a part of its hash, so that an old link never shows another
    mirror than the one that it was made for.
    """
    unique = {one.url: one for one in reversed(tuple(mirrors))}
    bases = {url: _base(one) for url, one in unique.items()}
    taken = Counter(bases.values())
    return {
        base if taken[base] == 1 else f"{base}~{_hash(url)}": unique[url]
        for url, base in reversed(bases.items())
    }


def _base(mirror: Mirror) -> str:
    _, _, rest = mirror.url.partition("://")
    name = _OTHER.sub("-", rest.lower()).strip("-.") or "mirror"
    return name[:_LONGEST] + ("" if mirror.kind is Kind.HTTP else f"~{mirror.kind}")


def _hash(url: str) -> str:
    return sha256(url.encode()).hexdigest()[:8]
