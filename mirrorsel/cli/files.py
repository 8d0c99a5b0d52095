"""`mirrorsel files`: the published files, and which mirror has them."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from mirrorsel.cli.epilog import examples

_VERBS: Mapping[str, str] = MappingProxyType(
    {
        "scan": "files_scan",
        "where": "files_where",
        "missing": "files_missing",
        "verify": "files_verify",
    }
)
"""Every verb with the module of `mirrorsel.cli` it lives in."""


class _Verbs(click.Group):
    """The verbs about files; a run imports no verb but its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        del ctx
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb by its name."""
        del ctx
        module = _VERBS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"mirrorsel.cli.{module}").command
        return command


@click.group(
    "files",
    cls=_Verbs,
    epilog=examples(
        ("mirrorsel files where httpd/httpd-2.4.66.tar.gz", "who has a file"),
        ("mirrorsel files scan mirror.example.org", "what a mirror has, now"),
    ),
)
def command() -> None:
    """Show the index of published files, and which mirror has which of them."""
