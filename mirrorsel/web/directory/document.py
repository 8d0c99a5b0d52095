"""A folder for programs."""

from typing import Any
from urllib.parse import quote

from mirrorsel.model import Listing, PublishedFile
from mirrorsel.web.json import json_time

FORMAT = 1
"""Counts up when a program that knows an older form would misread a newer one."""


def document(path: str, listing: Listing) -> dict[str, Any]:
    """Return a folder in plain values.

    Keys: `format`, `path` (with a slash at its end, empty for the root), `folders`
    (a list of names) and `files` (a list of `name`, `size` in bytes, `modified` in
    RFC 3339, `sha256` and `sha512` in hexadecimal digits). What is not known is null.
    Where that is not all, `next` leads to more, and each of these to the next.
    """
    more = f"index.json?after={quote(listing.next, safe='/')}"
    return {
        "format": FORMAT,
        "path": path,
        "folders": list(listing.folders),
        "files": [_file(one) for one in listing.files],
        **({"next": more} if listing.next else {}),
    }


def _file(one: PublishedFile) -> dict[str, Any]:
    trusted = not one.disputed
    return {
        "name": one.name,
        "size": one.size,
        "modified": json_time(one.changed),
        "sha256": one.sha256.hex() or None if trusted else None,
        "sha512": one.sha512.hex() or None if trusted else None,
    }
