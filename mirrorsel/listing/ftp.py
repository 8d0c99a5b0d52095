"""The lines by which FTP servers list a folder."""

import re
from datetime import datetime

from mirrorsel.listing.entry import Entry, Size
from mirrorsel.listing.moment import read_date_of_list, read_stamp
from mirrorsel.listing.name import plain_name

_FACT = re.compile(rb"([A-Za-z0-9._-]+)=([^;]*)")
_FACTS = re.compile(rb"(?:[A-Za-z0-9._-]+=[^;]*;)*")
_SIZE = re.compile(rb"[0-9]{1,18}")
_LINK = re.compile(rb"os\.unix=s(?:ym)?link(?::.*)?", re.DOTALL)
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_LISTED = re.compile(
    rb"(?P<kind>[-dlbcpsD])[-rwxsStTlL]{9}[.+@]? *[0-9]+ +(?:[^ ]+ +){0,6}?"
    rb"(?P<size>[0-9]{1,18}) +"
    rb"(?P<date>" + _MONTH + rb" +[0-9]{1,2} +(?:[0-9]{4}|[0-9]{1,2}:[0-9]{2}))"
    rb" (?P<name>.+)"
)
_NOTHING = re.compile(rb"total [0-9]+|\s*")
_ARROW = b" -> "


class NoListingError(ValueError):
    """A line is none of a list, so that the list cannot be trusted."""


def read_mlsd(line: bytes) -> Entry | None:
    """Return what a line of MLSD lists (RFC 3659, section 7.2).

    It is None for the folder itself, the one above, and what no tree publishes.

    Raises:
        NoListingError: it is no such line.

    """
    written, blank, raw = line.partition(b" ")
    if not blank or _FACTS.fullmatch(written) is None:
        raise NoListingError(line[:100])
    facts = {name.lower(): value for name, value in _FACT.findall(written)}
    kind = facts.get(b"type", b"file").lower()
    link = _LINK.fullmatch(kind) is not None
    name = plain_name(raw)
    if name is None or not (link or kind in {b"file", b"dir"}):
        return None
    return Entry(
        name=name,
        folder=kind == b"dir",
        link=link,
        size=_size(facts.get(b"size", b"")) if kind == b"file" else None,
        modified=read_stamp(facts.get(b"modify", b"").decode("latin-1")),
    )


def read_list(line: bytes, now: datetime) -> Entry | None:
    """Return what a line of LIST lists, which is a line of `ls -l`.

    It is None for what no tree publishes.

    Args:
        line: Without its end.
        now: The time, by which the year of a recent file is known.

    Raises:
        NoListingError: it is no such line.

    """
    parts = _LISTED.fullmatch(line)
    if parts is None:
        if _NOTHING.fullmatch(line):
            return None
        raise NoListingError(line[:100])
    kind, raw = parts["kind"], parts["name"]
    if kind == b"l":
        raw = raw.partition(_ARROW)[0]
    name = plain_name(raw)
    if name is None or kind not in b"-dl":
        return None
    return Entry(
        name=name,
        folder=kind == b"d",
        link=kind == b"l",
        size=_size(parts["size"]) if kind == b"-" else None,
        modified=read_date_of_list(parts["date"].decode("ascii"), now),
    )


def _size(digits: bytes) -> Size | None:
    return Size(int(digits)) if _SIZE.fullmatch(digits) else None
