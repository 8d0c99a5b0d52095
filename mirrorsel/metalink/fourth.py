"""Metalink 4 (RFC 5854), in files that end in ``.meta4``."""

from collections.abc import Iterator

from mirrorsel.metalink.description import Description, Source, pieces
from mirrorsel.metalink.markup import block, document, element

_NAMESPACE = "urn:ietf:params:xml:ns:metalink"


def metalink4(described: Description) -> bytes:
    """Return the document; all text in it is writable."""
    return document(block("metalink", _parts(described), {"xmlns": _NAMESPACE}))


def _parts(described: Description) -> Iterator[str]:
    file = described.file
    yield element("generator", described.generator)
    if described.address:
        yield element("origin", described.address, {"dynamic": "true"})
    if file.changed:
        # Section 4.2.16 leaves to us what counts as a change: what is said of the
        # file, and not the order of the mirrors.
        written = file.changed.strftime("%Y-%m-%dT%H:%M:%SZ")
        yield element("published", written)
        yield element("updated", written)
    yield block("file", _about(described), {"name": file.name}, depth=1)


def _about(described: Description) -> Iterator[str]:
    file = described.file
    if file.size is not None:
        yield element("size", str(file.size))
    # The IANA registry of hash function textual names has them so.
    for kind, digest in (("sha-256", file.sha256), ("sha-512", file.sha512)):
        if digest:
            yield element("hash", digest.hex(), {"type": kind})
    told = pieces(described)
    if told:
        length = {"length": str(told.length), "type": "sha-256"}
        hashes = (f"<hash>{one}</hash>" for one in told.digests)
        yield block("pieces", hashes, length, depth=2)
    if described.signature:
        kind = "application/pgp-signature"
        yield element("signature", described.signature, {"mediatype": kind})
    for priority, source in enumerate(described.sources, start=1):
        yield _source(source, priority)


def _source(source: Source, priority: int) -> str:
    place = {"location": source.country} if source.country else {}
    return element("url", source.url, {**place, "priority": str(priority)})
