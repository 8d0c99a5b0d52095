"""Metalink 4 (RFC 5854), in files that end in ``.meta4``."""

from xml.etree.ElementTree import Element, SubElement

from mirrorsel.metalink.description import (
    Description,
    Source,
    piece_hashes,
    pieces,
)
from mirrorsel.metalink.markup import child, document
from mirrorsel.model import Pieces

_NAMESPACE = "urn:ietf:params:xml:ns:metalink"


def metalink4(described: Description) -> bytes:
    """Return the document; all text in it is writable."""
    root = Element("metalink", {"xmlns": _NAMESPACE})
    child(root, "generator", described.generator)
    if described.address:
        child(root, "origin", described.address, {"dynamic": "true"})
    moment = described.file.changed
    if moment:
        # Section 4.2.16 leaves to us what counts as a change: what is said of the
        # file, and not the order of the mirrors.
        written = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        child(root, "published", written)
        child(root, "updated", written)
    _put_file(root, described)
    return document(root)


def _put_file(root: Element, described: Description) -> None:
    file = described.file
    element = SubElement(root, "file", {"name": file.name})
    if file.size is not None:
        child(element, "size", str(file.size))
    # The IANA registry of hash function textual names has them so.
    for kind, digest in (("sha-256", file.sha256), ("sha-512", file.sha512)):
        if digest:
            child(element, "hash", digest.hex(), {"type": kind})
    told = pieces(described)
    if told:
        _put_pieces(element, told)
    if described.signature:
        kind = "application/pgp-signature"
        child(element, "signature", described.signature, {"mediatype": kind})
    for priority, source in enumerate(described.sources, start=1):
        _put_source(element, source, priority)


def _put_pieces(file: Element, told: Pieces) -> None:
    length = str(told.length)
    element = SubElement(file, "pieces", {"length": length, "type": "sha-256"})
    for digest in piece_hashes(told):
        child(element, "hash", digest)


def _put_source(file: Element, source: Source, priority: int) -> None:
    place = {"location": source.country} if source.country else {}
    child(file, "url", source.url, {**place, "priority": str(priority)})
