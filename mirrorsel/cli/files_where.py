"""`mirrorsel files where`: which mirrors have a file."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.model import Mirror, Presence, PublishedFile, moment_of
from mirrorsel.words import age_or_dash

_SEEN = {
    Presence.HELD: "held",
    Presence.MISSING: "missing",
    Presence.WRONG_SIZE: "wrong_size",
}
_WORDS = {
    "held": ("has it", "green"),
    "missing": ("lacks it", "red"),
    "wrong_size": ("other size", "red"),
    "waiting": ("waits for a scan", "yellow"),
    "not_scanned": ("not scanned", "dim"),
    "not_carried": ("not carried", "dim"),
    "disabled": ("disabled", "dim"),
}
_COUNTS = frozenset({"held", "not_scanned"})
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mirror, and what is known of the file there."""

    mirror: str
    presence: str
    """ "held", "missing", "wrong_size", "waiting" for a scan, "not_scanned",
    "not_carried" or "disabled"."""
    scanned: datetime | None
    """When the last whole scan began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A file, and where it is."""

    path: str
    size: int | None
    modified: datetime | None
    sha256: str
    sha512: str
    disputed: str
    mirrors: tuple[Place, ...]


@click.command(
    "where",
    epilog=examples(
        ("mirrorsel files where httpd/httpd-2.4.66.tar.gz", "who has it"),
        (
            "mirrorsel files where --json KEYS | jq -r .sha256",
            "what the index knows of a file, for a program",
        ),
    ),
)
@click.argument("path")
@config_option
@json_option
@click.pass_obj
def command(
    clock: Callable[[], datetime] | None, config: Path, *, path: str, as_json: bool
) -> None:
    """Show which mirrors have a published file, and its size and hashes.

    PATH is that of the file below the root of the published tree.
    A mirror that was not scanned, or that lists no files, counts as having it.
    Exits with 1 when no mirror is known to have it, and with 2 when there is no such
    file in the index.
    """
    known = read_known(config)
    file = known.files.find(path.lstrip("/"))
    if file is None:
        complain(_not_there(known, path))
        sys.exit(CANNOT_TELL)
    where = _where(known, file)
    if as_json:
        print_json(where)
    else:
        _show(where, clock() if clock else datetime.now(UTC))
    found = any(one.presence in _COUNTS for one in where.mirrors)
    sys.exit(GOOD if found else FINDINGS)


def _not_there(known: Known, path: str) -> str:
    """Return that a path is no published file, and which may have been meant."""
    if known.files.is_folder(path.strip("/")):
        return f"{path!r} is a folder: name one file of it"
    words = f"{path!r} is not in the index of the published files"
    near = known.files.named(path.rpartition("/")[2], _MOST_NAMED)
    if near:
        return f"{words}; did you mean {' or '.join(near)}?"
    return f"{words}; `mirrorsel files index --status` tells what is left out of it"


def _where(known: Known, file: PublishedFile) -> Where:
    return Where(
        path=file.path,
        size=file.size,
        modified=file.changed,
        sha256=file.sha256.hex(),
        sha512=file.sha512.hex(),
        disputed=file.disputed,
        mirrors=tuple(_place(known, one, file) for one in known.mirrors.values()),
    )


def _place(known: Known, mirror: Mirror, file: PublishedFile) -> Place:
    return Place(
        mirror=mirror.url,
        presence=_presence(known, mirror, file),
        scanned=moment_of(known.holders.scanned.get(mirror.url, 0)),
    )


def _presence(known: Known, mirror: Mirror, file: PublishedFile) -> str:
    if mirror.disabled is not None:
        return "disabled"
    if not mirror.carries(file.path):
        return "not_carried"
    if mirror.url in known.holders.waiting:
        return "waiting"
    presence = known.holders.presence(mirror.url, file.number)
    return "not_scanned" if presence is None else _SEEN[presence]


def _show(where: Where, now: datetime) -> None:
    console = make_console()
    size = "of unknown size" if where.size is None else f"{where.size:,} bytes"
    print_rows(console, [[cell(where.path, "bold")], [cell(size)]])
    known = {"sha256": where.sha256, "sha512": where.sha512, "!": where.disputed}
    facts = [[cell(name), cell(one)] for name, one in known.items() if one]
    print_rows(console, facts)
    rows = [[cell(head, "bold") for head in ("", "scanned", "mirror")]]
    rows += [
        [
            cell(*_WORDS[one.presence]),
            cell(age_or_dash(one.scanned, now)),
            cell(one.mirror),
        ]
        for one in where.mirrors
    ]
    print_rows(console, rows)
