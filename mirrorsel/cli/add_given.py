"""A new mirror as it is given, and whether a list has it already."""

from collections.abc import Mapping
from dataclasses import replace

import click

from mirrorsel.lists import Loaded, parse
from mirrorsel.lists.line import BACKUP, NONE, option_word, quoted
from mirrorsel.lists.same_tree import same_tree
from mirrorsel.lists.urls import KINDS
from mirrorsel.model import Mirror

_SOMEWHERE = "zz"


def given_mirror(
    url: str,
    place: str | None,
    contact: str | None,
    options: Mapping[str, str | None],
) -> Mirror:
    """Return the mirror that a new line is to hold, as far as it is given.

    Args:
        url: Its base URL in the usual form.
        place: A country, `Backup`, or None if that is to be found.
        contact: Whom to write to.
        options: Values by name.

    Raises:
        click.UsageError: options do not fit each other.

    """
    kind = KINDS[url.partition(":")[0]]
    written = [option_word(name, value) for name, value in options.items() if value]
    fields = [kind.value, place or _SOMEWHERE, url, quoted(contact or NONE), *written]
    loaded = parse(" ".join(fields) + "\n", None)
    for problem in loaded.errors:
        raise click.UsageError(f"{problem.message}.")
    (mirror,) = loaded.list.mirrors
    return mirror if place else replace(mirror, country=None)


def refuse_known(mirror: Mirror, loaded: Loaded, *, force: bool) -> None:
    """Refuse a mirror that a list has already; as Backup it may be there once more.

    Args:
        mirror: The new one.
        loaded: The list.
        force: Whether another spelling of a listed URL is taken for another mirror.

    Raises:
        click.ClickException: it is listed; its line is named.

    """
    same = [one for one in loaded.list.mirrors if one.backup == mirror.backup]
    known = next((one for one in same if one.url == mirror.url), None)
    if known is not None:
        message = (
            f"{mirror.url} is listed already, in line {known.line};"
            " `mirrorsel set` changes what is said of it."
        )
        raise click.ClickException(message)
    twin = None if force else same_tree(mirror.url, same)
    if twin is not None:
        message = (
            f"{mirror.url} leads to the same tree as {twin.url} in line {twin.line};"
            f" `mirrorsel set {twin.url} --url {mirror.url}` changes that one,"
            " --force adds this one beside it."
        )
        raise click.ClickException(message)


def place_given(place: str | None, *, backup: bool) -> str | None:
    """Return the second field as it is given, None if it is not.

    Raises:
        click.UsageError: both a country and Backup are given.

    """
    if backup and place not in (None, BACKUP):
        message = "A Backup has no country: give --country or --backup, not both."
        raise click.UsageError(message)
    return BACKUP if backup else place
