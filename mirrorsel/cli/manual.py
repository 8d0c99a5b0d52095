"""`mirrorsel manual`: the manual pages of all verbs."""

from collections.abc import Iterator
from pathlib import Path

import click

from mirrorsel.cli.epilog import examples
from mirrorsel.cli.output import write_output
from mirrorsel.cli.reference import Verb, describe
from mirrorsel.cli.roff import manual
from mirrorsel.version import own_version


@click.command(
    "manual",
    epilog=examples(
        (
            "mirrorsel manual /usr/local/share/man/man1",
            "make `man mirrorsel` and `man mirrorsel-check` work for everybody",
        ),
    ),
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Write the manual pages of the program and of each verb into FOLDER.

    The folder is made if it is missing; pages of an older version are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    program = describe()
    count = 0
    for verb, below in _with_group(program, ""):
        text = manual(verb, own_version(), below=below)
        write_output(folder / f"{verb.page}.1", text, force=True)
        count += 1
    click.echo(f"{count} manual pages are in {folder}")


def _with_group(verb: Verb, below: str) -> Iterator[tuple[Verb, str]]:
    yield verb, below
    for one in verb.verbs:
        yield from _with_group(one, verb.page)
