"""`mirrorsel import`: another program's mirrors as a list."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.output import write_output
from mirrorsel.geo import load_countries
from mirrorsel.lists import render
from mirrorsel.lists.foreign import FORMATS, Foreign, Sources
from mirrorsel.lists.source import holds_contact, render_source

_PUBLISHED, _SOURCE = "published", "source"


@click.command(
    "import",
    epilog=examples(
        (
            "mirrorsel import --from mirmon mirmon.state --list mirrors.txt",
            "the mirrors of mirmon, with their places",
        ),
        (
            "mirrorsel import --from mirmon mirmon.state -o mirrors.list",
            "the same into a new file, places guessed",
        ),
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--from",
    "program",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="The program whose file it is.",
)
@click.option(
    "--list",
    "listed",
    metavar="LIST",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Its list of mirrors; for mirmon in the style `apache`."
    "  [default: none, and countries are guessed from the hosts' names]",
)
@click.option(
    "--form",
    type=click.Choice([_PUBLISHED, _SOURCE]),
    default=_PUBLISHED,
    show_default=True,
    help="`published` keeps the time stamps, `source` the contacts.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the list to a new file.  [default: standard output]",
)
@click.option("--force", is_flag=True, help="Let that file be replaced.")
def command(  # noqa: PLR0913 - one argument for each option
    file: Path,
    program: str,
    *,
    listed: Path | None,
    form: str,
    output: Path | None,
    force: bool,
) -> None:
    """Print the mirrors of FILE, another program's, as a list of ours.

    FILE is the state file of mirmon 2.11. Nothing is asked of the network.
    What was skipped, guessed or cannot be held is said on standard error.

    Exits with 1 when a line was skipped, with 2 when there is nothing to be read or
    the list cannot be written.
    """
    read = FORMATS[program]
    found = read(Sources(file=file, list=listed), load_countries())
    _write(_text(found, form), output, force=force)
    for one in found.skipped:
        complain(f"skipped: {one}")
    for one in (*found.warnings, *_losses(found, form)):
        complain(f"warning: {one}")
    sys.exit(FINDINGS if found.skipped else GOOD)


def _text(found: Foreign, form: str) -> str:
    if form == _SOURCE:
        return render_source(found.mirrors)
    return render(found.mirrors, found.snapshot)


def _losses(found: Foreign, form: str) -> Iterator[str]:
    """Yield what a list of that form cannot hold, in words."""
    yield f"a list does not hold {found.lost}"
    mirrors = found.mirrors.mirrors
    contacts = [one for one in mirrors if one.contact]
    if form == _PUBLISHED:
        if contacts:
            yield f"the published form does not hold contacts: {len(contacts)} left out"
        return
    yield "the source form does not hold time stamps"
    for one in contacts:
        if not holds_contact(one):
            yield f"a list cannot hold the contact {one.contact!r} of {one.url}"


def _write(text: str, output: Path | None, *, force: bool) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        write_output(output, text, force=force)
