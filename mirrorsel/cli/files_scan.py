"""`mirrorsel files scan`: what mirrors have of the published files, now."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click
import msgspec

from mirrorsel.cli.account import become_owner
from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_known import Known, read_known
from mirrorsel.cli.files_scan_run import Outcome, scan_all
from mirrorsel.cli.layout import cell, make_console, print_rows
from mirrorsel.cli.named import find_mirror
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.model import Mirror
from mirrorsel.state import Lock
from mirrorsel.words import took

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
    It writes as the account that owns the state folder, also when root starts it.
    Exits with 1 when a mirror lacks files, has some in another size or could not be
    scanned, with 2 when none could be.
    """
    known = read_known(config)
    with ExitStack() as stack:
        if not dry_run:
            # What root made there, the checker could not write; and where it leads is
            # for that account to say.
            account = become_owner(known.folder.path)
            if account is not None:
                complain(f"going on as {account}, who owns {known.folder.path}")
            lock = stack.enter_context(Lock(known.folder.lock))
            if not lock.take():
                raise click.ClickException(_BUSY.format(known.folder.path))
        found = scan_all(known, _wanted(known, mirrors), write=not dry_run)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)))
    else:
        _show(found)
    sys.exit(_code(found))


def _wanted(known: Known, written: tuple[str, ...]) -> list[Mirror]:
    if written:
        urls = dict.fromkeys(find_mirror(one, known.mirrors) for one in written)
        return [known.mirrors[url] for url in urls]
    return [one for one in known.mirrors.values() if one.disabled is None]


def _code(found: list[Outcome]) -> int:
    if all(one.last.failures for one in found):
        return CANNOT_TELL
    bad = any(one.last.failures or one.last.missing or one.last.wrong for one in found)
    return FINDINGS if bad else GOOD


def _show(found: list[Outcome]) -> None:
    rows = [[cell(head, "bold") for head in _HEADS]]
    for one in sorted(found, key=lambda one: one.url):
        last = one.last
        if last.failures:
            why = "lists no files" if last.unscannable else "could not be scanned"
            numbers = ["-"] * 4
            notes = [cell(f"{why}: {last.detail}", "red")]
        else:
            numbers = [str(n) for n in (last.folders, last.held, last.missing)]
            numbers.append(str(last.wrong))
            more = f"{last.unlisted} folders could not be listed"
            notes = [cell(more, "yellow")] if last.unlisted else []
        cells = [cell(took(last.seconds)), *map(cell, numbers), cell(one.url)]
        rows.append([*cells, *notes])
    print_rows(make_console(), rows)
