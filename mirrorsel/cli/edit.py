"""`mirrorsel edit`: the list in an editor, checked before it counts."""

import os
import sys
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.edit_begin import begin
from mirrorsel.cli.edit_desk import Desk, Preview
from mirrorsel.cli.edit_dialogue import Dialogue, somebody_is_there
from mirrorsel.cli.edit_editor import find_editor
from mirrorsel.cli.edit_findings import Examiner
from mirrorsel.cli.edit_session import Session
from mirrorsel.cli.edit_signals import ended_by_signals
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.lint_facts import facts_of
from mirrorsel.cli.options import config_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import SettingsError
from mirrorsel.geo import load_countries
from mirrorsel.lists.install import Held


@click.command(
    "edit",
    epilog=examples(
        ("mirrorsel edit", "the list of the settings"),
        ("EDITOR='nano --linenumbers' mirrorsel edit", "with another editor"),
        ("EDITOR='sed -i s/a.example/b.example/' mirrorsel edit --yes", "by a script"),
    ),
)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--no-preview", "plain", is_flag=True, help="Do not show the effect beforehand."
)
@click.option(
    "--yes", "sure", is_flag=True, help="Install what has no error without a question."
)
@config_option
def command(file: Path | None, config: Path, *, plain: bool, sure: bool) -> None:
    """Edit FILE, by default the list of the settings, so that no mistake counts.

    A private copy goes to the editor of VISUAL, else of EDITOR, else a usual one.
    What is saved is checked, and its effect is shown; then it takes the place of the
    list in one step, with owner, mode and all else as they were, and the version
    before is kept beside it with a ~ behind its name.
    With errors, which would keep it from ever counting, it cannot be installed.
    Nobody else edits the list by this program meanwhile.
    What is neither installed nor dropped is kept, and offered the next time.

    Without a terminal nothing is asked: what has no error is installed.

    Exits with 0 when it was installed or nothing was changed, with 1 when it was not
    installed, and with 2 on other trouble.
    """
    settings = _settings(config, file)
    path = file or settings.list_file  # TODO
    editor = find_editor(os.environ)
    sys.exit(0)
