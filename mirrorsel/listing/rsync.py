"""The lines by which the rsync client lists what a daemon has."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from mirrorsel.listing.entry import Entry, Size
from mirrorsel.listing.name import plain_name

_LINE = re.compile(
    rb"(?P<kind>[-dlbcpsD])\S{9}\S? +(?P<size>[0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3})+) "
    rb"(?P<date>[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}) (?P<path>.+)"
)
_MOST_DIGITS = 18
# How it writes what is no printable ASCII.
_ESCAPE = re.compile(rb"\\#([0-3][0-7]{2})")
# Two paths of 4 KiB and some words.
_LONGEST = 16384
# The name of a module is short: without a bound, a daemon that puts quotes and brackets
# into its words could have each of them looked for behind each other, for hours.
_MODULE = rb"(?: \(in [^\n]{0,255}?\))?"
_FAILED = re.compile(
    rb"rsync: (?:\[\w+\] )?(?P<what>opendir|readdir|change_dir|link_stat|"
    rb"readlink_stat|file has vanished:?) ?\(?\"(?P<path>[^\n]*?)\"\)?"
    + _MODULE
    + rb"(?: failed)?(?:: [^\n]*)?"
)
_VANISHED = re.compile(rb"file has vanished: \"(?P<path>[^\n]*?)\"" + _MODULE)
_OF_FOLDER = frozenset({b"opendir", b"readdir", b"change_dir"})
# What the client adds when something was told before, or the daemon left first.
_KNOWN = re.compile(
    rb"rsync error: [^\n]*\(code (?:23|24)\)[^\n]*|rsync warning: [^\n]*\(code 24\)"
    rb"[^\n]*|rsync: \[\w+\] read error: Connection reset by peer \(104\)|\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list: a path with what is said of it."""

    folder: str
    """Where it lies below the folder that is listed; empty for that itself."""
    entry: Entry


def read_line(line: bytes) -> Line | None:
    """Return what one line lists; None for one that lists nothing.

    Nothing is also what no published tree has: names that are no UTF-8, devices.

    Args:
        line: Without its end; of a client whose time zone is UTC.

    """
    parts = _LINE.fullmatch(line)
    if parts is None or parts["kind"] not in b"-dl":
        return None
    path = read_path(parts["path"])
    if path is None or path == "":
        return None
    folder, _, name = path.rpartition("/")
    is_file = parts["kind"] == b"-"
    return Line(
        folder=folder,
        entry=Entry(
            name=name,
            folder=parts["kind"] == b"d",
            link=parts["kind"] == b"l",
            size=_size(parts["size"]) if is_file else None,
            modified=_moment(parts["date"].decode()),
        ),
    )


def is_line(line: bytes) -> bool:
    """Return whether a line has the form of those that list something."""
    return _LINE.fullmatch(line) is not None


def read_path(written: bytes) -> str | None:
    """Return a path below a folder, empty for that itself; None for none."""
    raw = _ESCAPE.sub(lambda found: bytes([int(found[1], 8)]), written)
    if raw == b".":
        return ""
    names = [plain_name(one) for one in raw.split(b"/")]
    return None if None in names else raw.decode()


def unreadable(errors: bytes, root: bytes) -> tuple[str, ...] | None:
    """Return the folders below a root of which a run has told only a part.

    Args:
        errors: All that the client wrote of errors.
        root: The folder that was listed, as a path of the module.

    Returns:
        The folders; None where something was told that is not understood, so that
        all of the list may lack something.

    """
    found: list[str] = []
    for line in errors.splitlines():
        if _KNOWN.fullmatch(line):
            continue
        if len(line) > _LONGEST:
            return None
        parts = _FAILED.fullmatch(line) or _VANISHED.fullmatch(line)
        folder = _below(parts, root.strip(b"/")) if parts else None
        if folder is None:
            return None
        found.append(folder)
    return tuple(found)


def _below(parts: re.Match[bytes], root: bytes) -> str | None:
    path = parts["path"].strip(b"/")
    if root:
        inner = path.removeprefix(root)
        if inner == path or inner[:1] not in {b"", b"/"}:
            return None
        path = inner.lstrip(b"/")
    of_folder = parts.groupdict().get("what") in _OF_FOLDER
    folder = path if of_folder else path.rpartition(b"/")[0]
    return read_path(folder or b".")


def _size(written: bytes) -> Size | None:
    digits = written.replace(b",", b"")
    return Size(int(digits)) if len(digits) <= _MOST_DIGITS else None


def _moment(date: str) -> int | None:
    try:
        read = datetime.strptime(date, "%Y/%m/%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(read.timestamp())
