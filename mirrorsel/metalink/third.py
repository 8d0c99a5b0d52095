"""Metalink 3, in files that end in ``.metalink``, which package managers read."""

from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement

from mirrorsel.metalink.description import (
    Description,
    Source,
    piece_hashes,
    pieces,
)
from mirrorsel.metalink.markup import child, document
from mirrorsel.model import Pieces

_NAMESPACE = "http://www.metalinker.org/"
_BEST = 100
"""The highest preference that there is; the lowest is 1."""


def metalink3(described: Description) -> bytes:
    """Return the document; all text in it is writable."""
    root = Element("metalink", _about(described))
    file = SubElement(SubElement(root, "files"), "file", {"name": described.file.name})
    if described.file.size is not None:
        child(file, "size", str(described.file.size))
    _put_verification(file, described)
    resources = SubElement(file, "resources")
    for rank, source in enumerate(described.sources):
        _put_source(resources, source, max(1, _BEST - rank))
    return document(root)


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


def _put_verification(file: Element, described: Description) -> None:
    element = SubElement(file, "verification")
    known = (("sha256", described.file.sha256), ("sha512", described.file.sha512))
    for kind, digest in known:
        if digest:
            child(element, "hash", digest.hex(), {"type": kind})
    told = pieces(described)
    if told:
        _put_pieces(element, told)
    if described.signature:
        name = f"{described.file.name}.asc"
        about = {"type": "pgp", "file": name}
        child(element, "signature", described.signature, about)


def _put_pieces(verification: Element, told: Pieces) -> None:
    about = {"length": str(told.length), "type": "sha256"}
    element = SubElement(verification, "pieces", about)
    for number, digest in enumerate(piece_hashes(told)):
        child(element, "hash", digest, {"piece": str(number)})


def _put_source(resources: Element, source: Source, preference: int) -> None:
    place = {"location": source.country} if source.country else {}
    scheme = source.url.partition(":")[0]
    about = {"type": scheme, **place, "preference": str(preference)}
    child(resources, "url", source.url, about)
