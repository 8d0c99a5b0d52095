"""`mirrorsel files missing`: what a mirror lacks of the published files."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from rich.text import Text

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known, why_not_scanned
from mirrorsel.cli.json_shown import shown
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option
from mirrorsel.model import Mirror, Presence, moment_of
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
    seen = known.holders.seen(found.url)
    if seen is None:
        complain(_why_not(known, found))
        sys.exit(CANNOT_TELL)
    lacks = sorted(_lacks(known, found, seen), key=lambda one: one.path)
    if as_json or each:
        _print_each(lacks, as_json=as_json)
    else:
        _print_folders(known, found, lacks, clock() if clock else datetime.now(UTC))
    sys.exit(FINDINGS if lacks else GOOD)


def _why_not(known: Known, mirror: Mirror) -> str:
    if mirror.disabled is not None:
        return f"{mirror.url} is out of service, and was not scanned"
    last = known.scans.get(mirror.url)
    if last is None:
        return (
            f"{mirror.url} was not scanned yet, and counts as having everything; it is"
            " scanned when it is up, and `mirrorsel files scan --dry-run` does so now"
        )
    return f"{mirror.url} counts as having everything: it {why_not_scanned(last)}"


def _lacks(known: Known, mirror: Mirror, seen: bytes) -> Iterator[Lack]:
    for file in known.files.files():
        if not mirror.carries(file.path):
            continue
        number = file.number
        presence = Presence(seen[number]) if number < len(seen) else Presence.MISSING
        if presence in _WORDS:
            yield Lack(path=file.path, presence=_WORDS[presence])


def _print_each(lacks: Sequence[Lack], *, as_json: bool) -> None:
    for one in lacks:
        if as_json:
            click.echo(shown(msgspec.json.encode(one).decode()))
        else:
            click.echo(f"{one.presence}\t{cell(one.path).plain}")


def _print_folders(
    known: Known, mirror: Mirror, lacks: Sequence[Lack], now: datetime
) -> None:
    console = make_console()
    if lacks:
        print_rows(console, _by_folder(lacks))
    counts = Counter(one.presence for one in lacks)
    scanned = moment_of(known.holders.scanned[mirror.url])
    words = (
        f"{mirror.url} lacks {counts['missing']} of {known.files.count()} files and has"
        f" {counts['wrong_size']} in another size; scanned"
        f" {age_or_dash(scanned, now)} ago"
    )
    print_note(console, words)
    if mirror.url in known.holders.waiting:
        print_note(console, "it was out, and serves none before it is scanned anew")


def _by_folder(lacks: Sequence[Lack]) -> list[list[Text]]:
    counts = Counter(
        (one.path.rpartition("/")[0] or ".", one.presence) for one in lacks
    )
    rows = [[cell(head, "bold") for head in ("missing", "other size", "folder")]]
    for folder in sorted({folder for folder, _ in counts}):
        numbers = [cell(counts[folder, one] or "-") for one in _WORDS.values()]
        rows.append([*numbers, cell(folder)])
    return rows
