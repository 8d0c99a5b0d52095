"""Metalink 3, in files that end in ``.metalink``, which package managers read."""

from collections.abc import Iterator
from email.utils import format_datetime

from mirrorsel.metalink.description import Description, Source, pieces
from mirrorsel.metalink.markup import block, document, element

_NAMESPACE = "http://www.metalinker.org/"
_BEST = 100
"""The highest preference that there is; the lowest is 1."""


def metalink3(described: Description) -> bytes:
    """Return the document; all text in it is writable."""
    named = {"name": described.file.name}
    file = block("file", _file(described), named, depth=2)
    files = block("files", [file], depth=1)
    return document(block("metalink", [files], _about(described)))


def _about(described: Description) -> dict[str, str]:
    about = {
        "version": "3.0",
        "xmlns": _NAMESPACE,
        "type": "dynamic",
        "generator": described.generator,
    }
    if described.address:
        about["origin"] = described.address
    moment = described.file.changed
    if moment:
        about["pubdate"] = format_datetime(moment, usegmt=True)
    return about


def _file(described: Description) -> Iterator[str]:
    if described.file.size is not None:
        yield element("size", str(described.file.size))
    yield block("verification", _verification(described), depth=3)
    urls = (
        _source(source, max(1, _BEST - rank))
        for rank, source in enumerate(described.sources)
    )
    yield block("resources", urls, depth=3)


def _verification(described: Description) -> Iterator[str]:
    file = described.file
    for kind, digest in (("sha256", file.sha256), ("sha512", file.sha512)):
        if digest:
            yield element("hash", digest.hex(), {"type": kind})
    told = pieces(described)
    if told:
        length = {"length": str(told.length), "type": "sha256"}
        hashes = (
            f'<hash piece="{number}">{digest}</hash>'
            for number, digest in enumerate(told.digests)
        )
        yield block("pieces", hashes, length, depth=4)
    if described.signature:
        about = {"type": "pgp", "file": f"{file.name}.asc"}
        yield element("signature", described.signature, about)


def _source(source: Source, preference: int) -> str:
    place = {"location": source.country} if source.country else {}
    scheme = source.url.partition(":")[0]
    about = {"type": scheme, **place, "preference": str(preference)}
    return element("url", source.url, about)
