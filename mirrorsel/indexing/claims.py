"""What a hash file of the tree says of other files."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mirrorsel.indexing.sums import Sum, read_sums

_BESIDE = re.compile(
    r"(?P<name>.+)\.(?:sha-?(?P<bits>256|512)(?:sums?)?|asc)(?:\.txt)?", re.IGNORECASE
)
_LIST = re.compile(
    r"sha-?(?:256|512)(?:\.txt)?|"
    r"(?:.*[-_.])?(?:sha-?(?:256|512)sums?|checksums?)(?:\.txt)?(?:\.asc)?",
    re.IGNORECASE,
)
_BESIDE_LARGEST = 2**16
LIST_LARGEST = 2**24
"""Bytes of a hash file at most."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A hash that a file of the tree has, as another file of it says."""

    path: str
    digest: bytes
    """32 bytes of a SHA-256, or 64 of a SHA-512."""


def may_claim(path: str, size: int) -> bool:
    """Return whether a file may hold hashes of others, by its name and size."""
    name = posixpath.basename(path)
    if _LIST.fullmatch(name):
        return size <= LIST_LARGEST
    return _BESIDE.fullmatch(name) is not None and size <= _BESIDE_LARGEST


def read_claims(path: str, content: bytes) -> tuple[Claim, ...]:
    """Return what a hash file says.

    A file such as `a.zip.sha512` tells of `a.zip` beside it, whatever name stands in
    it. One such as `SHA512SUMS` tells of the files that it names, from its own folder
    down. Some names, such as `a.sha512sum`, may be of either kind.
    """
    folder, name = posixpath.split(path)
    sums = read_sums(content)
    claims: list[Claim] = []
    if _LIST.fullmatch(name):
        claims += _listed(folder, sums)
    if (beside := _BESIDE.fullmatch(name)) is not None:
        claims += _beside(folder, beside, sums)
    return tuple(dict.fromkeys(one for one in claims if one.path != path))


def _listed(folder: str, sums: Sequence[Sum]) -> Iterator[Claim]:
    for one in sums:
        path = posixpath.normpath(posixpath.join(folder, one.name)) if one.name else ""
        if _is_below(folder, path) and one.name.isprintable():
            yield Claim(path, one.digest)


def _is_below(folder: str, path: str) -> bool:
    """Return whether a file lies in a folder or below it.

    Whoever may write in one folder must not cast doubt on the files of another.
    """
    if folder:
        return path.startswith(f"{folder}/")
    return bool(path) and not path.startswith(("/", ".."))


def _beside(folder: str, beside: re.Match[str], sums: Sequence[Sum]) -> Iterator[Claim]:
    name, bits = beside["name"], beside["bits"]
    right = [one for one in sums if not bits or len(one.digest) * 8 == int(bits)]
    # A name may be of another place or another machine.
    own = [one for one in right if re.split(r"[/\\]", one.name)[-1] in {"", name}]
    if not own and len({one.digest for one in right}) == 1:
        # Named before a release was renamed, as `a-1.0-rc1.zip`.
        own = right
    for one in own:
        yield Claim(posixpath.join(folder, name), one.digest)
