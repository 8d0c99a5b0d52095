"""`mirrorsel diff`: two lists compared, in words."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.diff_words import ChangedWords, Told, place, told
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell, make_console, print_note, print_rows
from mirrorsel.cli.list_bytes import STDIN, read_bytes, shown_path
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.config import read_settings
from mirrorsel.geo import load_countries
from mirrorsel.kept import kept_beside
from mirrorsel.lists import Loaded, parse
from mirrorsel.lists.compare import compare
from mirrorsel.lists.file import decode
from mirrorsel.model import Country, Mirror


@click.command(
    "diff",
    epilog=examples(
        ("mirrorsel diff", "what the last edit changed"),
        ("mirrorsel diff mirrors.list.monday", "what changed since then"),
        (
            "git show HEAD:mirrors.list | mirrorsel diff -",
            "what is not committed yet",
        ),
    ),
)
@click.argument("old", required=False, type=click.Path(path_type=Path))
@click.argument("new", required=False, type=click.Path(path_type=Path))
@config_option
@json_option
def command(old: Path | None, new: Path | None, config: Path, *, as_json: bool) -> None:
    """Say what list NEW says differently from list OLD.

    NEW is by default the list of the settings, and OLD its version before the last
    edit by mirrorsel, which is kept beside it with a `~` at the end. One of the two
    may be `-` for standard input.
    A mirror is found again by its URL, else by host and path whatever the scheme,
    else by its host.

    Exits with 0 when the lists are the same, with 1 when they differ, were it by a
    blank, and with 2 when one cannot be read, or has lines that cannot be compared.
    """
    listed = read_settings(config).list_file if old is None or new is None else None
    if listed is not None:
        old, new = old or kept_beside(listed.resolve()), new or listed
    if old is None or new is None or old == new == STDIN:
        raise click.UsageError("Only one of the lists can be standard input.")
    lists = _read(old), _read(new)
    found = told(str(old), str(new), compare(*lists))
    if as_json:
        print_json(found)
    else:
        _show(make_console(), found, load_countries())
    if not all(one.ok for one in lists):
        sys.exit(CANNOT_TELL)
    sys.exit(GOOD if found.same else FINDINGS)


def _read(path: Path) -> Loaded:
    """Read a list; its date is that of its header alone, for files are copied."""
    name = shown_path(path)
    loaded = parse(decode(name, read_bytes(path)), None)
    for problem in loaded.errors:
        complain(problem.at(name))
    return loaded


def _show(console: Console, found: Told, countries: Mapping[str, Country]) -> None:
    if found.same:
        console.print(cell("no difference"))
        return
    rows = [_row("added", "green", one, place(one, countries)) for one in found.added]
    rows += [
        _row("removed", "red", one, place(one, countries)) for one in found.removed
    ]
    for one in found.changed:
        rows += [_row("changed", "yellow", one, words) for words in one.words]
    print_rows(console, rows)
    for words in found.besides:
        print_note(console, words)


def _row(
    head: str, style: str, mirror: Mirror | ChangedWords, words: str
) -> list[Text]:
    return [cell(head, style), cell(mirror.url), cell(words)]
