"""Whether the folders that are written are good places to write."""

from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.doctor.finding import AS_ROOT, Finding, Group, Told

_told = Told(Group.STATE)

_MEBIBYTE = 2**20
_LITTLE = 512 * _MEBIBYTE
_NONE = 32 * _MEBIBYTE
_FEW = 1000
VOLATILE = frozenset({"tmpfs", "ramfs", "devtmpfs"})
"""Kinds of file systems that lose all at a restart of the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that an account writes."""

    path: str
    wanted: bool
    """Whether it is needed: without one of counters, processes count apart."""
    exists: bool | None
    """None where nobody can tell."""
    owner: str = ""
    writer: str = ""
    """The account that should own it; empty where nobody knows."""
    kind: str = ""
    """The kind of its file system; empty where nobody knows."""
    free: int = 0
    """Bytes that are left there."""
    files: int = _FEW
    """How many files can yet be made there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """What is to be seen of the folders that are written."""

    state: Folder
    counters: Folder | None
    """None where no requests are answered."""
    published: str
    """The list that httpd serves."""
    is_published: bool | None
    begun: bool
    """Whether a cycle was done, so that there should be one."""


def judge_state(seen: States) -> Iterator[Finding]:
    """Yield how the folders are."""
    for code, folder in (("state", seen.state), ("counters", seen.counters)):
        if folder is None:
            continue
        if folder.exists:
            yield from _present(code, folder)
        else:
            yield _absent(code, folder)
    yield from _published(seen)


def _absent(code: str, folder: Folder) -> Finding:
    if folder.exists is None:
        words = f"{folder.path} cannot be seen from here"
        return _told.unseen(code, words, AS_ROOT)
    owner = f"--owner={folder.writer} " if folder.writer else ""
    remedy = f"install --directory {owner}{folder.path}"
    words = f"there is no folder {folder.path}"
    if folder.wanted:
        return _told.fail(code, words, remedy)
    return _told.warn(code, f"{words}: each process counts for itself", remedy)


def _present(code: str, folder: Folder) -> Iterator[Finding]:
    if folder.writer and folder.owner != folder.writer:
        yield _told.warn(
            f"{code}-owner",
            f"{folder.path} belongs to {folder.owner}, and {folder.writer} should"
            " write it",
            f"chown -R {folder.writer} {folder.path}",
        )
    else:
        words = f"{folder.path} belongs to {folder.owner}"
        yield _told.ok(f"{code}-owner", words)
    if code == "state":
        yield _space(folder)
        yield _lasting(folder)


def _space(folder: Folder) -> Finding:
    room = folder.free // _MEBIBYTE
    left = f"{folder.path} has {room} MiB and {folder.files} files left"
    remedy = "make room on that file system, or name another in [state] of the settings"
    if folder.free < _NONE or not folder.files:
        return _told.fail("space", left, remedy)
    if folder.free < _LITTLE or folder.files < _FEW:
        return _told.warn("space", left, remedy)
    return _told.ok("space", left)


def _lasting(folder: Folder) -> Finding:
    if folder.kind in VOLATILE:
        return _told.warn(
            "volatile",
            f"{folder.path} is on {folder.kind}: what is known of mirrors is lost when"
            " the machine starts",
            "name a folder on a disk by `folder` in section [state] of the settings",
        )
    return _told.ok(
        "volatile", f"{folder.path} is on {folder.kind or 'some file system'}"
    )


def _published(seen: States) -> Iterator[Finding]:
    if seen.is_published:
        yield _told.ok("published", f"{seen.published} is there to be served")
    elif seen.begun and seen.is_published is False:
        yield _told.fail(
            "published",
            f"there is no {seen.published}, which the checker writes after each cycle",
            "look for the reason in the log of httpd, or of the checker's unit",
        )
