"""`mirrorsel files verify`: whether a mirror's files are the published ones."""

import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.progress import followed
from mirrorsel.model import Mirror, Presence, PublishedFile
from mirrorsel.scanning.verify import Verdict, Verified, drawn, verify
from mirrorsel.scanning.view import limits_of
from mirrorsel.words import counted

_SAMPLE = 20
_BAD = frozenset({Verdict.DIFFERENT, Verdict.MISSING})
# What matters most stands last, above the prompt.
_STYLES = {
    Verdict.SAME: "green",
    Verdict.UNKNOWN: "yellow",
    Verdict.FAILED: "yellow",
    Verdict.MISSING: "red",
    Verdict.DIFFERENT: "red",
}
_ORDER = tuple(_STYLES)
# A mirror that hangs would cost minutes for each file.
_PATIENCE = 3


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
    It is given up when the mirror does not send three files in a row.
    Exits with 1 when a file is another or is not there, with 2 when none could be
    compared or it was given up.
    """
    known = read_known(config)
    found = known.mirrors[find_mirror(mirror, known.mirrors)]
    chance = random.SystemRandom()
    files = drawn(known.files, lambda one: _is_fit(known, found, one), sample, chance)
    if not files:
        complain("the index has no file with a hash that this mirror should have")
        sys.exit(CANNOT_TELL)
    compared = _compared(known, found, files, chance)
    results = _until_given_up(followed(compared, len(files), "Comparing"))
    if as_json:
        print_json(results)
    else:
        _show(results)
    left = len(files) - len(results)
    if left:
        complain(
            f"given up: {found.url} did not send {_PATIENCE} files in a row;"
            f" {left} more were not asked for"
        )
    sys.exit(_code(results, given_up=bool(left)))


def _compared(
    known: Known, mirror: Mirror, files: Iterable[PublishedFile], chance: random.Random
) -> Iterator[Verified]:
    """Yield what comes of each comparison, which is made when it is asked for."""
    limits = limits_of(known.settings)
    for one in files:
        pieces = known.files.pieces(one.number)
        yield verify(mirror, one, pieces, limits, chance)


def _until_given_up(comparisons: Iterable[Verified]) -> list[Verified]:
    """Return what came of the comparisons, as far as the mirror sends anything."""
    results: list[Verified] = []
    for one in comparisons:
        results.append(one)
        last = [each.verdict for each in results[-_PATIENCE:]]
        if last == [Verdict.FAILED] * _PATIENCE:
            break
    return results


def _is_fit(known: Known, mirror: Mirror, file: PublishedFile) -> bool:
    if not (file.sha256 or file.sha512) or file.disputed:
        return False
    if not mirror.carries(file.path):
        return False
    return known.holders.presence(mirror.url, file.number) in {None, Presence.HELD}


def _code(results: list[Verified], *, given_up: bool) -> int:
    if any(one.verdict in _BAD for one in results):
        return FINDINGS
    compared = any(one.verdict is Verdict.SAME for one in results)
    return GOOD if compared and not given_up else CANNOT_TELL


def _show(results: list[Verified]) -> None:
    console = make_console()
    print_rows(
        console,
        [
            [cell(one.verdict, _STYLES[one.verdict]), cell(one.path), cell(one.detail)]
            for one in sorted(results, key=lambda one: _ORDER.index(one.verdict))
        ],
    )
    same = sum(one.verdict is Verdict.SAME for one in results)
    volume = sum(one.bytes for one in results)
    words = f"{same} of {counted(len(results), 'file')} are the published ones"
    print_note(console, f"{words}; {counted(volume, 'byte')} compared")
