"""Values printed as JSON, for programs."""

import click
import msgspec


def echo_json(value: object) -> None:
    """Print a value with a line for each key, in the order of its fields."""
    click.echo(msgspec.json.format(msgspec.json.encode(value)))
