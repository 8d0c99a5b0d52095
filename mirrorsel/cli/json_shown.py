"""JSON for programs, which a terminal can be shown as well."""

import json

import click
import msgspec


def print_json(value: object) -> None:
    """Print a value as JSON on several lines."""
    click.echo(shown(msgspec.json.format(msgspec.json.encode(value)).decode()))


def shown(text: str) -> str:
    """Return JSON in which no character stands that a terminal obeys.

    Of those, JSON itself escapes but the first thirty-two (RFC 8259, section 7); such
    characters stand in strings alone, but for the ends of lines.
    """
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1]
        for one in text
    )
