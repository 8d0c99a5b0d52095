"""Lists of folders in JSON, as nginx and Caddy make them."""

import msgspec

from mirrorsel.listing.entry import Entry, Size
from mirrorsel.listing.moment import read_date
from mirrorsel.listing.name import plain_name

_LARGEST = 10**18
# What stands for bytes that are no UTF-8.
_LOST = "\ufffd"


class _One(msgspec.Struct, gc=False):
    """What either of them says of one entry."""

    name: str
    type: str | None = None
    is_dir: bool = False
    size: int | None = None
    mtime: str = ""
    mod_time: str = ""


def read_json(body: bytes, most: int) -> tuple[Entry, ...] | None:
    """Return the entries of a folder; None for what is no such list.

    Args:
        body: The list.
        most: How many entries it may have.

    """
    # Names of nginx are as they stand on its disk.
    text = body.decode(errors="replace")
    try:
        found = msgspec.json.decode(text, type=list[_One] | None)
    except (msgspec.DecodeError, RecursionError):
        return None
    # Caddy writes null for an empty folder.
    if found is None:
        return ()
    if len(found) > most or not all(map(_is_entry, found)):
        return None
    entries = {entry.name: entry for one in found if (entry := _read(one))}
    return tuple(entries.values())


def _is_entry(one: _One) -> bool:
    return one.type is not None or bool(one.mod_time)


def _read(one: _One) -> Entry | None:
    folder = one.is_dir or one.type == "directory"
    written = one.name.removesuffix("/") if folder else one.name
    # A lone half of a pair of UTF-16 is none, too.
    name = plain_name(written.encode(errors="replace"))
    if name is None or _LOST in name:
        return None
    size = one.size if one.size is not None and 0 <= one.size < _LARGEST else None
    return Entry(
        name=name,
        folder=folder,
        size=None if folder or size is None else Size(size),
        modified=read_date(one.mod_time or one.mtime),
    )
