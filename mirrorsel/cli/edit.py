"""`mirrorsel edit`: the list in an editor, checked before it counts."""

import os
import sys
from pathlib import Path

import click

from mirrorsel.cli.edit_begin import begin
from mirrorsel.cli.edit_desk import Desk
from mirrorsel.cli.edit_dialogue import Dialogue, who_answers
from mirrorsel.cli.edit_editor import find_editor
from mirrorsel.cli.edit_findings import Examiner
from mirrorsel.cli.edit_preview import preview_of
from mirrorsel.cli.edit_session import Session
from mirrorsel.cli.edit_signals import ended_by_signals
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.lint_facts import facts_of
from mirrorsel.cli.options import config_option
from mirrorsel.cli.sample import advise_own_files
from mirrorsel.config import read_settings
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
    "-y",
    "--yes",
    "sure",
    is_flag=True,
    help="Install what has no error without a question.",
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
    if file is None:
        advise_own_files(config)
    settings = read_settings(config)
    editor = find_editor(os.environ)
    dialogue = Dialogue(make_console(), who_answers())
    path = file or settings.list_file
    countries = load_countries()
    desk = Desk(
        editor=editor,
        dialogue=dialogue,
        examiner=Examiner(
            path=path,
            countries=countries,
            facts=lambda loaded: facts_of([loaded], countries, config, settings),
        ),
        preview=None if plain else preview_of(path, settings, config, dialogue),
        sure=sure,
        counts=path.resolve() == settings.list_file.resolve(),
    )
    sys.exit(edit(path, desk))


def edit(path: Path, desk: Desk) -> int:
    """Edit a list; return the exit code.

    Raises:
        MirrorselError: it cannot be edited.

    """
    try:
        with ended_by_signals(), Held(path) as held:
            copy = begin(held, desk.dialogue)
            return FINDINGS if copy is None else Session(held, desk, copy).run()
    except (EOFError, KeyboardInterrupt):
        return FINDINGS
