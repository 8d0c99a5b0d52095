"""`mirrorsel import`: another program's mirrors as a list."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.output import write_output
from mirrorsel.errors import ListError, Problem
from mirrorsel.geo import load_countries
from mirrorsel.lists.foreign import sources_of
from mirrorsel.lists.forms.asf import PUBLISHED, SOURCE
from mirrorsel.lists.forms.form import Listing, Taken
from mirrorsel.lists.forms.losses import Lost, lost_by, sentence
from mirrorsel.lists.forms.mirmon_forms import MIRMON_STATE
from mirrorsel.lists.forms.table import FORMS

_WRITTEN = {one.name: one for one in (SOURCE, PUBLISHED)}


@click.command(
    "import",
    epilog=examples(
        ("mirrorsel import --from csv mirrors.csv -o mirrors.list", "a spreadsheet"),
        (
            "mirrorsel import --from mirmon mirmon.state --list mirrors.txt",
            "the mirrors of mirmon, with their places",
        ),
        (
            "mirrorsel import --from mirrorbits FOLDER",
            "a folder with what `mirrorbits show` prints of each mirror",
        ),
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "name",
    type=click.Choice(list(FORMS)),
    required=True,
    help="The form that FILE has.",
)
@click.option(
    "--list",
    "listed",
    metavar="LIST",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With `--from mirmon`, mirmon's list of mirrors, in either style."
    "  [default: none, and countries are guessed from the hosts' names]",
)
@click.option(
    "--form",
    type=click.Choice([PUBLISHED.name, SOURCE.name]),
    default=SOURCE.name,
    show_default=True,
    help="`source` keeps all but what mirmon saw, `published` keeps its time stamps.",
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
    name: str,
    *,
    listed: Path | None,
    form: str,
    output: Path | None,
    force: bool,
) -> None:
    """Print the mirrors of FILE, which has another form, as a list of ours.

    With `--from mirrorbits` and `--from mirrorbrain`, FILE is a folder with a file
    for each mirror, or one of these files. Nothing is asked of the network.
    What was skipped, guessed or cannot be held is said on standard error;
    docs/import-export.md has each form, and what it holds.

    Exits with 1 when a mirror was skipped, with 2 when there is nothing to be read or
    the list cannot be written.
    """
    if listed is not None and name != MIRMON_STATE.name:
        message = "--list goes with --from mirmon."
        raise click.UsageError(message)
    taken = FORMS[name].read(sources_of(FORMS[name], file, listed), load_countries())
    for one in taken.skipped:
        complain(f"skipped: {one}")
    if not taken.mirrors.mirrors:
        raise ListError(listed or file, Problem(message="there is no mirror in it"))
    listing = Listing(mirrors=taken.mirrors, snapshot=taken.snapshot)
    pages = _WRITTEN[form].written(listing)
    text = pages[0].content.decode()
    lost = lost_by(_WRITTEN[form], listing, pages)
    _write(text, output, force=force)
    _tell(taken, lost, form)
    sys.exit(FINDINGS if taken.skipped or lost.mirrors else GOOD)


def _tell(taken: Taken, lost: Lost, form: str) -> None:
    about = _WRITTEN[form].about
    for one in lost.mirrors:
        complain(f"skipped: {sentence(about, one)}")
    stamps = taken.snapshot is not None and form == SOURCE.name
    for words in (
        *taken.warnings,
        *(sentence("a list", one) for one in taken.losses),
        *lost.fields,
        *([f"{about} does not hold the time stamps of mirmon"] if stamps else []),
    ):
        complain(f"warning: {words}")


def _write(text: str, output: Path | None, *, force: bool) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        write_output(output, text, force=force)
