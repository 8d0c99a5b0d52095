"""`mirrorsel lint-pages`: what is wrong with the templates of document roots."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.layout import cell
from mirrorsel.cli.options import json_option
from mirrorsel.cli.page_tree import PageTree, page_tree, pages_of
from mirrorsel.config import read_settings
from mirrorsel.pages import Finding, cannot_be_read, report, trial
from mirrorsel.words import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One problem of one file."""

    file: str
    line: int
    """Counted from 1; 0 when the whole file is meant."""
    column: int
    """In characters, counted from 1; 0 when the whole line is meant."""
    warning: bool
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """The output of `mirrorsel lint-pages --json`."""

    pages: int
    errors: int
    warnings: int
    unread: tuple[str, ...]
    """Folders and pages that cannot be read, or lead out of their root."""
    problems: tuple[Place, ...]


@click.command(
    "lint-pages",
    epilog=examples(
        ("mirrorsel lint-pages /srv/www/*", "all document roots of a server"),
        (
            "mirrorsel lint-pages --config /etc/mirrorsel/mirrorsel.toml",
            "the pages that the settings name",
        ),
    ),
)
@click.argument(
    "docroots",
    metavar="DOCROOT...",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Look at the default page and the archive page of this settings file too.",
)
@json_option
def command(
    docroots: Sequence[Path], config: Path | None, *, strict: bool, as_json: bool
) -> None:
    """Report mistakes in the download pages below document roots.

    A download page is an .html or .ezt file with a .cgi of the same name beside it,
    or one that uses [preferred], or tests or repeats http, ftp, backup or logo. A
    single file may be named too; its folder is then the root. With --config, DOCROOT
    may be left out.

    Exits with 1 when there are errors, with 2 when something cannot be read or no
    page was found.
    """
    if not docroots and config is None:
        raise click.UsageError("Missing argument 'DOCROOT...', or --config.")
    own = pages_of(read_settings(config)) if config else []
    linted = _lint([*(page_tree(path) for path in docroots), *own])
    if as_json:
        print_json(linted)
    else:
        _show(linted)
    sys.exit(_exit_code(linted, strict=strict))


def _lint(trees: Iterable[PageTree]) -> Linted:
    places: dict[Place, None] = {}
    unread: list[str] = []
    pages = 0
    for tree in trees:
        for page in tree.pages:
            pages += 1
            found = [*report(page, tree.files)]
            found += trial(page, tree.files, tree.files.vocabulary)
            places.update((_place(one, tree.folder), None) for one in found)
        unread += (_printable(path) for path in tree.unread)
    levels = Counter(one.warning for one in places)
    return Linted(
        pages=pages,
        errors=levels[False],
        warnings=levels[True],
        unread=tuple(unread),
        problems=tuple(places),
    )


def _place(finding: Finding, folder: Path) -> Place:
    problem = finding.problem
    return Place(
        file=_printable(folder / finding.name),
        line=problem.line,
        column=problem.column,
        warning=problem.warning,
        message=problem.message,
    )


def _printable(path: Path) -> str:
    """Return a path in UTF-8, even if its name is not."""
    return bytes(path).decode("utf-8", "replace")


def _show(linted: Linted) -> None:
    first: dict[tuple[str, str], Place] = {}
    for one in linted.problems:
        first.setdefault((one.file, one.message), one)
    counts = Counter((one.file, one.message) for one in linted.problems)
    for key, one in first.items():
        click.echo(_line(one, counts[key] - 1))
    for path in linted.unread:
        click.echo(cell(f"mirrorsel: {_unread(path)}").plain, err=True)
    if not linted.pages:
        click.echo("mirrorsel: there is no download page here", err=True)
    click.echo(
        f"{counted(linted.pages, 'page')}, {counted(linted.errors, 'error')},"
        f" {counted(linted.warnings, 'warning')}"
    )


def _unread(path: str) -> str:
    if Path(path).is_dir():
        return f"cannot read {path}: a folder that is closed, or named as a page"
    return f"{path}: {cannot_be_read()}"


def _line(place: Place, more: int) -> str:
    level = "warning: " if place.warning else ""
    again = f" (and {more} more in this file)" if more else ""
    numbers = (number for number in (place.line, place.column) if number)
    where = ":".join([place.file, *map(str, numbers)])
    return cell(f"{where}: {level}{place.message}{again}").plain


def _exit_code(linted: Linted, *, strict: bool) -> int:
    if linted.unread or not linted.pages:
        return CANNOT_TELL
    bad = linted.errors or (strict and linted.warnings)
    return FINDINGS if bad else GOOD
