"""The verbs of the program, each loaded when it is first asked for."""

import difflib
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Set up": {
            "init": "init",
            "doctor": "doctor",
        },
        "Serve": {
            "serve": "serve",
            "checker": "checker",
            "notify": "notify",
            "geoip": "geoip",
            "files": "files",
        },
        "The list of mirrors": {
            "edit": "edit",
            "list": "list",
            "show": "show",
            "add": "add",
            "set": "set",
            "disable": "disable",
            "enable": "enable",
            "remove": "remove",
            "diff": "diff",
            "lint": "lint",
            "check": "check",
            "preview": "preview",
            "import": "import_list",
            "export": "export_list",
        },
        "Look": {
            "status": "status",
            "log": "log",
            "explain": "explain",
        },
        "Pages and security": {
            "lint-pages": "lint_pages",
            "audit": "audit",
        },
        "Help": {
            "manual": "manual",
            "completion": "completion",
        },
    }
)
"""By section of the help: every verb with the module of `mirrorsel.cli` it lives in."""

_LONGEST_SENTENCE = 200
_MODULES = {
    name: module for verbs in SECTIONS.values() for name, module in verbs.items()
}


class Verbs(click.Group):
    """The group of all verbs; a run imports no verb but its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs, in the order of the sections."""
        return [*_MODULES, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb by its name."""
        module = _MODULES.get(cmd_name)
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
        near = difflib.get_close_matches(args[0], _MODULES, n=1)
        if near and args[0] not in _MODULES and not args[0].startswith("-"):
            message = f"There is no verb {args[0]!r}. Did you mean {near[0]!r}?"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the verbs section by section, each with its first sentence."""
        for section, verbs in SECTIONS.items():
            rows = [(name, self._short(ctx, name)) for name in verbs]
            with formatter.section(section):
                formatter.write_dl(rows)

    def _short(self, ctx: click.Context, name: str) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(_LONGEST_SENTENCE) if command else ""
