"""Whether the files that people write and copy are right."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.doctor.finding import AS_ROOT, Finding, Group, Told

_told = Told(Group.FILES)

_MOST_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What came of reading the list."""

    path: str
    errors: tuple[str, ...]
    """With file, line and column."""
    warnings: int
    mirrors: int
    instead: str
    """What stands in for a list with errors; empty where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file that came with mirrorsel and was copied to the instance."""

    path: str
    shipped: str
    """Where the one lies that came with it."""
    state: str
    """ "same", "other" or "missing"; else why it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What is to be seen of an instance's files."""

    settings: str
    """The path of the settings."""
    refused: tuple[str, ...]
    """What is wrong with them, with file, line and column."""
    listed: Listed
    copies: tuple[Copy, ...]


def judge_files(seen: Files) -> Iterator[Finding]:
    """Yield how the files are."""
    if seen.refused:
        words = f"the settings are refused: {_first(seen.refused)}"
        remedy = "mend them; until then running processes keep those from before"
        yield _told.fail("settings", words, remedy)
    else:
        yield _told.ok("settings", f"the settings of {seen.settings} are good")
    yield _list(seen.listed, seen.settings)
    for one in seen.copies:
        yield _copy(one)


def _list(seen: Listed, settings: str) -> Finding:
    if seen.errors:
        return _told.fail(
            "list",
            f"the list cannot be used: {_first(seen.errors)}; instead of it"
            f" {seen.instead} counts",
            "mend these lines; the new list counts within five seconds",
        )
    words = f"{seen.path} is good; mirrors: {seen.mirrors}"
    if seen.warnings:
        words += f", warnings: {seen.warnings}"
        remedy = f"`mirrorsel lint --config {shlex.quote(settings)}` shows them"
        return _told.warn("list", words, remedy)
    return _told.ok("list", words)


def _copy(seen: Copy) -> Finding:
    name = seen.path.rpartition("/")[2]
    if seen.state == "same":
        return _told.ok("copy", f"{seen.path} is as it came with mirrorsel")
    if seen.state == "missing":
        words = f"{seen.path} is missing"
        return _told.fail(
            "copy", words, f"install -D --mode=644 {seen.shipped} {seen.path}"
        )
    if seen.state == "other":
        return _told.warn(
            "copy",
            f"{seen.path} is not the {name} that came with this mirrorsel: it is of"
            " another version, or was changed",
            f"diff {seen.path} {seen.shipped}; keep your own lines elsewhere, then"
            f" cp {seen.shipped} {seen.path}",
        )
    words = f"{seen.path} cannot be read: {seen.state}"
    return _told.unseen("copy", words, AS_ROOT)


def _first(lines: tuple[str, ...]) -> str:
    more = len(lines) - _MOST_LINES
    return "; ".join(lines[:_MOST_LINES]) + (f"; and {more} more" if more > 0 else "")
