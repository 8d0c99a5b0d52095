"""`mirrorsel files verify`: whether a mirror's files are the published ones."""

import random
import sys
from pathlib import Path

import click
import msgspec
from rich.progress import track

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.scanning.verify import Verdict, Verified, drawn, verify
from mirrorsel.scanning.view import limits_of

_SAMPLE = 20
_BAD = frozenset({Verdict.DIFFERENT, Verdict.MISSING})
_STYLES = {
    Verdict.SAME: "green",
    Verdict.DIFFERENT: "red",
    Verdict.MISSING: "red",
    Verdict.UNKNOWN: "yellow",
}


@click.command(
    "verify",
    epilog=examples(
        ("mirrorsel files verify mirror.example.org", "twenty files by chance"),
        ("mirrorsel files verify mirror.example.org --sample 500", "many more"),
    ),
)
@click.argument("mirror")
@click.option(
    "--sample",
    type=click.IntRange(1, 100_000),
    default=_SAMPLE,
    show_default=True,
    metavar="N",
    help="How many files to compare.",
)
@config_option
@json_option
def command(config: Path, *, mirror: str, sample: int, as_json: bool) -> None:
    """Download files of a mirror that chance chooses, and compare their hashes.

    MIRROR is a URL, a host, or a part of only one URL.
    Files up to 16 MiB are compared as a whole, of larger ones a piece.
    Only files are chosen that the mirror is not known to lack.
    Exits with 1 when a file is another or is not there, with 2 when none could be
    compared.
    """
    known = read_known(config)
    found = known.mirrors[find_mirror(mirror, known.mirrors)]
    chance = random.SystemRandom()
    files = drawn(known.files, lambda one: _is_fit(known, found, one), sample, chance)
    if not files:
        complain("the index has no file with a hash that this mirror should have")
        sys.exit(CANNOT_TELL)
    console = make_console(stderr=True)
    limits = limits_of(known.settings)
    steps = track(
        files,
        description="Comparing",
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    results = [
        verify(found, one, known.files.pieces(one.number), limits, chance)
        for one in steps
    ]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(results)))
    else:
        _show(results)
    sys.exit(_code(results))


def _is_fit(known: Known, mirror: Mirror, file: PublishedFile) -> bool:
    if not (file.sha256 or file.sha512) or file.disputed:
        return False
    if mirror.prefixes and not file.path.startswith(mirror.prefixes):
        return False
    return known.holders.presence(mirror.url, file.number) in {None, Presence.HELD}


def _code(results: list[Verified]) -> int:
    if any(one.verdict in _BAD for one in results):
        return FINDINGS
    compared = any(one.verdict is Verdict.SAME for one in results)
    return GOOD if compared else CANNOT_TELL


def _show(results: list[Verified]) -> None:
    console = make_console()
    print_rows(
        console,
        [
            [cell(one.verdict, _STYLES[one.verdict]), cell(one.path), cell(one.detail)]
            for one in results
        ],
    )
    same = sum(one.verdict is Verdict.SAME for one in results)
    volume = sum(one.bytes for one in results)
    words = (
        f"{same} of {len(results)} files are the published ones, by {volume:,} bytes"
    )
    print_note(console, words)
