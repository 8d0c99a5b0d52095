"""`mirrorsel export`: the list in another form."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.options import config_option
from mirrorsel.cli.output import write_output
from mirrorsel.cli.output_folder import write_folder
from mirrorsel.cli.state import state_folder
from mirrorsel.cli.warnings import print_warnings
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import StateError
from mirrorsel.geo import load_countries
from mirrorsel.lists import Loaded, require_loaded
from mirrorsel.lists.forms.comments import comments_in
from mirrorsel.lists.forms.fields import Field
from mirrorsel.lists.forms.form import Form, Listing, Page
from mirrorsel.lists.forms.json_form import json_schema
from mirrorsel.lists.forms.losses import Lost, lost_by, sentence
from mirrorsel.lists.forms.table import FORMS
from mirrorsel.model import Snapshot
from mirrorsel.state import read_snapshot


def _print_schema(
    context: click.Context,
    _option: click.Parameter,
    wanted: bool,  # noqa: FBT001 - click's signature
) -> None:
    if wanted:
        print_json(json_schema())
        context.exit(GOOD)


@click.command(
    "export",
    epilog=examples(
        ("mirrorsel export --to csv -o mirrors.csv", "the list as a spreadsheet"),
        ("mirrorsel export --to json | jq '.[].url'", "for programs"),
        ("mirrorsel export --to mirrorbits -o FOLDER", "a file for each mirror"),
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option(
    "--to",
    "name",
    type=click.Choice(list(FORMS)),
    required=True,
    help="The form to write.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to a new file; with `--to mirrorbits` and `--to mirrorbrain` to a new"
    " folder, which must be given.  [default: standard output]",
)
@click.option(
    "--force",
    is_flag=True,
    help="Let that file be replaced, or files of that folder.",
)
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of `--to json`, and do nothing else.",
)
@config_option
def command(
    file: Path | None,
    name: str,
    *,
    output: Path | None,
    force: bool,
    config: Path,
) -> None:
    """Print the list of the settings, or FILE, in another form.

    The forms `published` and `mirmon` hold what the checker saw, and take it from its
    snapshot. Nothing is asked of the network. What the form cannot hold is said on
    standard error; docs/import-export.md has each form, and what it holds.

    Exits with 1 when a mirror was left out, with 2 when the list has an error or
    cannot be read, or when nothing can be written.
    """
    form = FORMS[name]
    if form.folder and output is None:
        message = f"--to {name} writes a folder; name it with -o."
        raise click.UsageError(message)
    settings = read_settings(config)
    path = file or settings.list_file
    countries = load_countries()
    loaded = require_loaded(path, countries=countries)
    print_warnings(loaded, path)
    seen = _snapshot(settings, config) if Field.STATE in form.holds else None
    continents = {code: one.continent for code, one in countries.items()}
    listing = Listing(mirrors=loaded.list, snapshot=seen, continents=continents)
    pages = form.written(listing)
    lost = lost_by(form, listing, pages)
    _write(form, pages, output, force=force)
    _tell(form, loaded, lost)
    sys.exit(FINDINGS if lost.mirrors else GOOD)


def _snapshot(settings: Settings, config: Path) -> Snapshot | None:
    try:
        return read_snapshot(state_folder(settings, config).snapshot)
    except StateError as error:
        complain(f"warning: nothing is known of the mirrors' states: {error}")
        return None


def _write(
    form: Form, pages: tuple[Page, ...], output: Path | None, *, force: bool
) -> None:
    texts = {str(page.path): page.content.decode() for page in pages}
    if output is None:
        click.echo("".join(texts.values()), nl=False)
    elif not form.folder:
        write_output(output, "".join(texts.values()), force=force)
    else:
        for one in write_folder(output, texts, force=force):
            complain(f"warning: {output / one}: was there before, and is left")


def _tell(form: Form, loaded: Loaded, lost: Lost) -> None:
    for one in lost.mirrors:
        complain(f"skipped: {sentence(form.about, one)}")
    for words in lost.fields:
        complain(f"warning: {words}")
    comments = comments_in(loaded.text)
    if comments:
        complain(f"warning: {form.about} does not hold comments: {comments} left out")
