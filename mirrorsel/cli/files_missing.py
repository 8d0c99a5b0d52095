"""`mirrorsel files missing`: what a mirror lacks of the published files."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known
from mirrorsel.cli.json_shown import shown
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option
from mirrorsel.model import Mirror, Presence
from mirrorsel.words import age_or_dash

_WORDS = {Presence.MISSING: "missing", Presence.WRONG_SIZE: "wrong_size"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A published file that a mirror does not have as it should."""

    path: str
    presence: str
    """`missing` or `wrong_size`."""


@click.command(
    "missing",
    epilog=examples(
        ("mirrorsel files missing mirror.example.org", "the folders with gaps"),
        ("mirrorsel files missing mirror.example.org --files", "each file"),
    ),
)
@click.argument("mirror")
@click.option("--files", "each", is_flag=True, help="Print each file, a line for each.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@config_option
@click.pass_obj
def command(
    clock: Callable[[], datetime] | None,
    config: Path,
    *,
    mirror: str,
    each: bool,
    as_json: bool,
) -> None:
    """Show what a mirror lacks of the published files, or has in another size.

    MIRROR is a URL, a host, or a part of only one URL.
    It is what the last scan saw, and what has arrived since; `files scan --dry-run`
    looks now.
    Exits with 1 when there is such a file, with 2 when the mirror was not scanned.
    """
    known = read_known(config)
    found = known.mirrors[find_mirror(mirror, known.mirrors)]
    if found.url not in known.holders.mirrors:
        complain(_why_not(known, found))
        sys.exit(CANNOT_TELL)
    lacks = _lacks(known, found)
    if as_json or each:
        any_lack = _print_each(lacks, as_json=as_json)
    else:
        at = datetime.fromtimestamp(known.holders.scanned[found.url], UTC)
        now = clock() if clock else datetime.now(UTC)
        any_lack = _print_folders(known, found, lacks, age_or_dash(at, now))
    sys.exit(FINDINGS if any_lack else GOOD)


def _why_not(known: Known, mirror: Mirror) -> str:
    if mirror.disabled is not None:
        return f"{mirror.url} is out of service, and was not scanned"
    last = known.scans.get(mirror.url)
    if last is None:
        return (
            f"{mirror.url} was not scanned yet, and counts as having everything; it is"
            " scanned when it is up, and `mirrorsel files scan --dry-run` does so now"
        )
    why = "lists no files" if last.unscannable else "could not be scanned"
    return f"{mirror.url} {why}, and counts as having everything: {last.detail}"


def _lacks(known: Known, mirror: Mirror) -> list[Lack]:
    """Return what it lacks, in the order of the paths."""
    return sorted(_found_lacks(known, mirror), key=lambda one: one.path)


def _found_lacks(known: Known, mirror: Mirror) -> Iterator[Lack]:
    seen = known.holders.seen(mirror.url)
    for file in known.files.files():
        if not mirror.carries(file.path):
            continue
        number = file.number
        presence = Presence(seen[number]) if number < len(seen) else Presence.MISSING
        if presence in _WORDS:
            yield Lack(path=file.path, presence=_WORDS[presence])


def _print_each(lacks: Sequence[Lack], *, as_json: bool) -> bool:
    for one in lacks:
        if as_json:
            click.echo(shown(msgspec.json.encode(one).decode()))
        else:
            click.echo(f"{one.presence}\t{cell(one.path).plain}")
    return bool(lacks)


def _print_folders(
    known: Known, mirror: Mirror, lacks: Sequence[Lack], age: str
) -> bool:
    console = make_console()
    counts = Counter(
        (one.path.rpartition("/")[0] or ".", one.presence) for one in lacks
    )
    folders = sorted({folder for folder, _ in counts})
    if folders:
        rows = [[cell(head, "bold") for head in ("missing", "other size", "folder")]]
        rows += [
            [
                *(cell(counts[folder, one] or "-") for one in _WORDS.values()),
                cell(folder),
            ]
            for folder in folders
        ]
        print_rows(console, rows)
    total = {
        one: sum(n for (_, kind), n in counts.items() if kind == one)
        for one in _WORDS.values()
    }
    words = (
        f"{mirror.url} lacks {total['missing']} of {known.files.count()} files and has"
        f" {total['wrong_size']} in another size; scanned {age} ago"
    )
    print_note(console, words)
    if mirror.url in known.holders.waiting:
        print_note(console, "it was out, and serves none before it is scanned anew")
    return bool(counts)
