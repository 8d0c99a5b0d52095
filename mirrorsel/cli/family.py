"""A verb that has verbs of its own below it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

_LONGEST_SENTENCE = 200


class Family(click.Group):
    """Verbs that are loaded when they are asked for: a run imports none but its own.

    Args:
        arguments: As of `click.Group`.
        verbs: Each verb, with the module of `mirrorsel.cli` it lives in.
        more: As of `click.Group`.

    """

    def __init__(self, *arguments: Any, verbs: Mapping[str, str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        del ctx
        return list(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb by its name."""
        del ctx
        if cmd_name not in self._verbs:
            return None
        module = import_module(f"mirrorsel.cli.{self._verbs[cmd_name]}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the verbs, each with its whole first sentence."""
        found = [(name, self.get_command(ctx, name)) for name in self._verbs]
        rows = [
            (name, one.get_short_help_str(_LONGEST_SENTENCE))
            for name, one in found
            if one
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
