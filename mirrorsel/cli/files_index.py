"""`mirrorsel files index`: the index of published files, made or shown."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.account import go_on_as_owner
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import CANNOT_TELL, FINDINGS, GOOD
from mirrorsel.cli.files_index_run import index_now
from mirrorsel.cli.files_index_shown import show_standing
from mirrorsel.cli.files_known import SWITCH_ON, tell_if_off, why_none
from mirrorsel.cli.json_shown import print_json
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.state import state_folder
from mirrorsel.config import Settings, read_settings
from mirrorsel.errors import Problem, StateError
from mirrorsel.indexing import IndexStanding, has_findings, read_standing
from mirrorsel.net import quiet_library
from mirrorsel.state import StateFolder


@click.command(
    "index",
    epilog=examples(
        ("mirrorsel files index --status", "how the index of the checker stands"),
        ("mirrorsel files index", "make it, or bring it up to date, now"),
        (
            "mirrorsel files index --accept-loss",
            "the same, where most files are gone and that was meant",
        ),
    ),
)
@click.option(
    "--status", is_flag=True, help="Only say how the index stands; change nothing."
)
@click.option(
    "--accept-loss",
    is_flag=True,
    help="Let go of files that are not there any more, even if that is most of them.",
)
@config_option
@json_option
def command(config: Path, *, status: bool, accept_loss: bool, as_json: bool) -> None:
    """Bring the index of published files up to date now, and say how it stands.

    The checker keeps the index by itself: this is for making it before the checker
    first runs, or where `enabled` of `[checker]` is false. It refuses while a checker
    runs; with --status it says how that one's index stands.
    It works as the account that owns the state folder, also when root starts it.
    What was done when it is interrupted is kept, and the next run goes on there.

    Exits with 1 when hash files contradict files, when files cannot be read, or when
    most of them are gone; with 2 when there is no index or it cannot be made.
    """
    settings = read_settings(config)
    state = state_folder(settings, config)
    if status:
        standing = _standing(settings, state)
    else:
        standing = _index(settings, state, accept=accept_loss)
    if as_json:
        print_json(standing)
    else:
        show_standing(standing)
    sys.exit(_exit_code(standing))


def _standing(settings: Settings, state: StateFolder) -> IndexStanding:
    if not state.indexed.exists():
        raise StateError(state.indexed, Problem(message=why_none(settings)))
    tell_if_off(settings)
    return read_standing(state.indexed)


def _index(settings: Settings, state: StateFolder, *, accept: bool) -> IndexStanding:
    if settings.tree.index == "off":
        raise click.UsageError(f"The settings want no index: {SWITCH_ON}.")
    quiet_library()
    go_on_as_owner(state.path)
    return index_now(settings, state, accept=accept)


def _exit_code(standing: IndexStanding) -> int:
    if standing.problem or standing.ended is None:
        return CANNOT_TELL
    return FINDINGS if has_findings(standing) else GOOD
