"""A group of verbs, each loaded when it is first asked for."""

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

_LONGEST_SENTENCE = 200


class VerbGroup(click.Group):
    """Verbs in sections; a run imports no verb but its own.

    Args:
        sections: By heading, every verb with the module of `mirrorsel.cli` it lives in.
        attributes: What any group of click takes.

    """

    def __init__(
        self, *, sections: Mapping[str, Mapping[str, str]], **attributes: Any
    ) -> None:
        super().__init__(**attributes)
        self._sections = sections
        self._modules = {
            name: module
            for verbs in sections.values()
            for name, module in verbs.items()
        }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs, in the order of the sections."""
        return [*self._modules, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb by its name."""
        module = self._modules.get(cmd_name)
        if module is None:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(f"mirrorsel.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that is asked for.

        Raises:
            click.UsageError: there is none of that name; the nearest one is named.

        """
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not (name.startswith("-") or ctx.resilient_parsing):
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no verb {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the verbs section by section, each with its first sentence."""
        for section, verbs in self._sections.items():
            rows = [(name, self._short(ctx, name)) for name in verbs]
            with formatter.section(section):
                formatter.write_dl(rows)

    def _short(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(_LONGEST_SENTENCE) if command else ""
