"""`mirrorsel preview`: what an edit of the list changes for the world."""

import sys
from pathlib import Path

import click

from mirrorsel.cli.complaint import complain
from mirrorsel.cli.epilog import examples
from mirrorsel.cli.exits import FINDINGS, GOOD
from mirrorsel.cli.layout import make_console
from mirrorsel.cli.options import config_option, json_option
from mirrorsel.cli.preview_document import document
from mirrorsel.cli.preview_dots import show_dots
from mirrorsel.cli.preview_lists import in_force, wanted
from mirrorsel.cli.preview_map import write_map
from mirrorsel.cli.preview_run import Question, effect_of
from mirrorsel.cli.preview_shown import show_head, show_tables
from mirrorsel.config import read_settings
from mirrorsel.preview import Effect, View
from mirrorsel.web.target import is_canonical

_LIST = click.Path(path_type=Path, dir_okay=False, allow_dash=True)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "preview",
    epilog=examples(
        ("mirrorsel preview new.list", "what new.list would change"),
        (
            "git show HEAD:mirrors.list | mirrorsel preview mirrors.list --against -",
            "what the edit since the last commit has changed",
        ),
        ("mirrorsel preview new.list --map new.svg", "the same as a map of the world"),
    ),
)
@click.argument("new", type=_LIST)
@click.option(
    "--against",
    "old",
    metavar="OLD",
    type=_LIST,
    help="The list to compare with.  [default: the one in force]",
)
@click.option("--https", is_flag=True, help="The clients come by https.")
@click.option("--ipv6", is_flag=True, help="The clients come by IPv6.")
@click.option(
    "--path",
    metavar="PATH",
    default="",
    help="They ask for this file.  [default: for what only whole mirrors have]",
)
@click.option(
    "--weights",
    metavar="FILE",
    type=_FILE,
    help="A CSV file with the columns country and clients.  [default: as many as the"
    " country has IPv4 addresses]",
)
@click.option(
    "--at-once",
    is_flag=True,
    help="The time right after the edit, when no new mirror was probed yet; else they"
    " are taken to be up.",
)
@click.option(
    "--all", "every", is_flag=True, help="Show all rows, also of what stays the same."
)
@click.option(
    "--dots/--no-dots",
    default=None,
    help="Show a map of dots.  [default: on a large terminal]",
)
@click.option(
    "--map",
    "picture",
    metavar="FILE",
    type=_FILE,
    help="Write a map of the world as an SVG picture.",
)
@click.option("--force", is_flag=True, help="Let that file be replaced.")
@json_option
@config_option
def command(  # noqa: PLR0913 - one argument for each option
    new: Path,
    config: Path,
    *,
    old: Path | None,
    https: bool,
    ipv6: bool,
    path: str,
    weights: Path | None,
    at_once: bool,
    every: bool,
    dots: bool | None,
    picture: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Print what changes for the world when the list NEW takes the place of another.

    Each country asks both lists, by the code that answers requests, with the
    settings and the snapshot as they are. NEW and OLD may be `-` for standard
    input. Nothing is changed, and nothing is asked of the network.

    Exits with 1 when a country loses its last healthy mirror or falls back to
    something worse, with 2 when a list has errors or cannot be read.
    """
    if path and not is_canonical(path):
        message = f"{path!r} is not the canonical name of a file below a mirror."
        raise click.BadParameter(message, param_hint="--path")
    settings = read_settings(config)
    question = Question(
        view=View(https=https, ipv6=ipv6, path=path),
        weights=weights,
        at_once=at_once,
    )
    effect = effect_of(
        settings,
        config,
        wanted(old) if old else in_force(settings, config),
        wanted(new),
        question,
    )
    if old is None and _is_same(new, settings.list_file):
        complain(f"{new} is the list in force; --against names another to compare it")
    if picture:
        write_map(picture, effect, force=force)
    _print(effect, every=every, dots=dots, as_json=as_json)
    sys.exit(FINDINGS if effect.losses else GOOD)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _print(effect: Effect, *, every: bool, dots: bool | None, as_json: bool) -> None:
    if as_json:
        click.echo(document(effect))
        return
    console = make_console()
    show_head(console, effect, every=every)
    show_dots(console, effect, wanted=dots)
    show_tables(console, effect, every=every)
