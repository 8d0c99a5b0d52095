"""What people write on the command line for the words of a mirror's line."""

from collections.abc import Sequence

import click

from mirrorsel.errors import hint
from mirrorsel.lists import parse
from mirrorsel.lists.line import BACKUP, NONE, render_line
from mirrorsel.lists.options import OPTIONS, read_country
from mirrorsel.lists.same_tree import usual_url
from mirrorsel.model import Mirror

_FIELDS = ("contact", "country")
"""What is no option in a line, and has one on the command line."""


def read_options(
    _context: click.Context, _parameter: click.Parameter, written: Sequence[str]
) -> dict[str, str | None]:
    """Return the values of options by their names, None for an empty one.

    Raises:
        click.BadParameter: one is not `name=value`, unknown, given twice or wrong.

    """
    values: dict[str, str | None] = {}
    for one in written:
        name, equals, value = one.partition("=")
        if not equals:
            meant = hint(one.lower(), OPTIONS, "=") or "."
            message = f"{one!r} is not written name=value{meant}"
            raise click.BadParameter(message)
        if read_name(name) in values:
            raise click.BadParameter(f"{name!r} is given twice.")
        values[name] = read_value(name, value) if value else None
    return values


def read_name(name: str) -> str:
    """Return the name of an option.

    Raises:
        click.BadParameter: there is none of that name.

    """
    if name in _FIELDS:
        raise click.BadParameter(f"{name!r} is no option of a line: use --{name}.")
    if name not in OPTIONS:
        meant = hint(name.lower(), OPTIONS) or "."
        raise click.BadParameter(f"there is no option {name!r}{meant}")
    return name


def read_value(name: str, value: str) -> str:
    """Return the value of an option as it was written.

    Raises:
        click.BadParameter: the option cannot have it.

    """
    option = OPTIONS[name]
    try:
        option.read(value)
    except ValueError as error:
        message = f"`{name}` must be {option.syntax}, as in `{option.example}`."
        raise click.BadParameter(message) from error
    return _on_one_line(value)


def read_reason(
    _context: click.Context, _parameter: click.Parameter, written: str
) -> str:
    """Return why a mirror is taken out of service.

    Raises:
        click.BadParameter: it is empty, or cannot stand in a line.

    """
    if not written.strip():
        raise click.BadParameter("it must say why, for those who read the list.")
    return _on_one_line(written.strip())


def read_place(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> str | None:
    """Return a country as a list writes it, or `Backup`; see `country_or_backup`."""
    return None if written is None else country_or_backup(written)


def country_or_backup(written: str) -> str:
    """Return a country as a list writes it, or `Backup`.

    Raises:
        click.BadParameter: it is neither.

    """
    if written.capitalize() == BACKUP:
        return BACKUP
    try:
        return read_country(written)
    except ValueError as error:
        message = f"{written!r} is no country code of two letters, and not Backup."
        raise click.BadParameter(message) from error


def read_contact(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> str | None:
    """Return a contact that a line can hold, `-` for none.

    Raises:
        click.BadParameter: a line would say something else with it.

    """
    text = None if written is None else written.strip() or NONE
    if text is not None and text != NONE and not _is_held(text):
        message = f"{written!r} would be read as something else than a contact."
        raise click.BadParameter(message)
    return text


def read_url(
    _context: click.Context, _parameter: click.Parameter, written: str | None
) -> str | None:
    """Return a base URL in its usual form.

    Raises:
        click.BadParameter: it cannot be one.

    """
    try:
        return None if written is None else usual_url(written)
    except ValueError as error:
        message = f"{error}; it should look like https://mirror.example.org/apache/"
        raise click.BadParameter(message) from error


def _on_one_line(text: str) -> str:
    if not text.isprintable():
        message = f"{text!r} has a character that cannot stand in a list."
        raise click.BadParameter(message)
    return text


def _is_held(contact: str) -> bool:
    """Return whether a line gives a contact back as it was."""
    mirror = Mirror(url="http://mirror.example/", country="de", contact=contact)
    read = parse(f"{render_line(mirror)}\n", None).list.mirrors
    return [one.contact for one in read] == [contact]
