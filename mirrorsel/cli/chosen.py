"""The lines that a verb is to change."""

import click

from mirrorsel.cli.named import find_mirror
from mirrorsel.lists import Loaded
from mirrorsel.model import Mirror


def chosen(written: str, loaded: Loaded, *, backup: bool | None) -> tuple[Mirror, ...]:
    """Return what a list has of a mirror: one line, or two if it is a Backup too.

    Args:
        written: The mirror, as in `find_mirror`.
        loaded: The list.
        backup: Whether only its line as Backup is meant, or only the other one;
            None for all.

    Raises:
        click.UsageError: there is no such mirror or line, or it may be several.

    """
    mirrors = loaded.list.mirrors
    url = find_mirror(written, (one.url for one in mirrors))
    same = [one for one in mirrors if one.url == url]
    found = tuple(one for one in same if backup in (None, one.backup))
    if not found:
        listed = (
            "is listed, but not as Backup" if backup else "is listed as Backup only"
        )
        raise click.UsageError(f"{url} {listed}.")
    return found
