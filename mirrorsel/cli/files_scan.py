"""`mirrorsel files scan`: what mirrors have of the published files, now."""

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from mirrorsel.cli.account import go_on_as_owner
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known, why_not_scanned
from mirrorsel.cli.files_scan_run import scan_all
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.model import LastScan, Mirror, moment_of
from mirrorsel.state import Lock
from mirrorsel.words import counted, took

_BUSY = (
    "the checker is at work in {} and scans mirrors itself; --dry-run compares a"
    " mirror and writes nothing"
)
_HEADS = ("took", "folders", "has", "lacks", "other size", "mirror")


@click.command(
    "scan",
    epilog=examples(
        ("mirrorsel files scan", "all mirrors of the list, where no checker runs"),
        (
            "mirrorsel files scan --dry-run mirror.example.org",
            "what one mirror has, beside a running checker",
        ),
    ),
)
@click.argument("mirrors", metavar="[MIRROR]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Compare and print, and write nothing.")
@config_option
@json_option
def command(
    config: Path, *, mirrors: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Scan mirrors now: list what they have, and hold it against the index.

    MIRROR is a URL, a host, or a part of only one URL; without one, all mirrors of
    the list are scanned that are in service.
    What is seen counts for clients from then on. A running checker keeps that to
    itself: beside it there is only --dry-run.
    It works as the account that owns the state folder, also when root starts it.
    Exits with 1 when a mirror lacks files, has some in another size or could not be
    scanned, with 2 when none could be.
    """
    known = read_known(config)
    with ExitStack() as stack:
        if not dry_run:
            go_on_as_owner(known.folder.path)
            lock = stack.enter_context(Lock(known.folder.lock))
            if not lock.take():
                raise click.ClickException(_BUSY.format(known.folder.path))
        found = scan_all(known, _wanted(known, mirrors), write=not dry_run)
    if as_json:
        print_json([_document(url, last) for url, last in found.items()])
    else:
        _show(found)
    sys.exit(_code(found))


def _wanted(known: Known, written: tuple[str, ...]) -> list[Mirror]:
    if written:
        urls = dict.fromkeys(find_mirror(one, known.mirrors) for one in written)
        return [known.mirrors[url] for url in urls]
    return [one for one in known.mirrors.values() if one.disabled is None]


def _code(found: Mapping[str, LastScan]) -> int:
    if all(one.failures for one in found.values()):
        return CANNOT_TELL
    return FINDINGS if any(map(_is_bad, found.values())) else GOOD


def _is_bad(last: LastScan) -> bool:
    whole = last.whole
    return bool(last.failures or (whole and (whole.missing or whole.wrong)))


def _document(url: str, last: LastScan) -> dict[str, Any]:
    """Return a scan for programs, with times as all other JSON has them."""
    told = asdict(last)
    told["ended"] = moment_of(last.ended)
    if last.whole:
        told["whole"]["at"] = moment_of(last.whole.at)
    return {"mirror": url, "failed": bool(told.pop("failures")), **told}


def _show(found: Mapping[str, LastScan]) -> None:
    rows = [[cell(head, "bold") for head in _HEADS]]
    for url, last in sorted(found.items()):
        whole = last.whole
        if last.failures or whole is None:
            numbers = ["-"] * 4
            notes = [cell(why_not_scanned(last), "red")]
        else:
            told = (whole.folders, whole.held, whole.missing, whole.wrong)
            numbers = [str(one) for one in told]
            more = f"{counted(whole.unlisted, 'folder')} could not be listed"
            notes = [cell(more, "yellow")] if whole.unlisted else []
        cells = [cell(took(last.seconds)), *map(cell, numbers), cell(url)]
        rows.append([*cells, *notes])
    print_rows(make_console(), rows)
