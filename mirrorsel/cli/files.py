"""`mirrorsel files`: the published files, and who holds them."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from mirrorsel.cli.epilog import examples

_VERBS: Mapping[str, str] = MappingProxyType(
    {
        "index": "files_index",
        "scan": "files_scan",
        "where": "files_where",
        "missing": "files_missing",
        "verify": "files_verify",
    }
)
"""Each verb below this one, with the module of `mirrorsel.cli` it lives in."""

_LONGEST_SENTENCE = 200


class _Verbs(click.Group):
    """The verbs below this one; a run imports none but its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        del ctx
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a verb by its name."""
        del ctx
        if cmd_name not in _VERBS:
            return None
        module = import_module(f"mirrorsel.cli.{_VERBS[cmd_name]}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the verbs, each with its whole first sentence."""
        found = [(name, self.get_command(ctx, name)) for name in _VERBS]
        rows = [
            (name, one.get_short_help_str(_LONGEST_SENTENCE))
            for name, one in found
            if one
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(
    "files",
    cls=_Verbs,
    epilog=examples(
        ("mirrorsel files index --status", "how the index of published files stands"),
        ("mirrorsel files where httpd/httpd-2.4.66.tar.gz", "who has a file"),
        ("mirrorsel files missing mirror.example.org", "what a mirror lacks"),
    ),
)
def command() -> None:
    """Know the published files, and which mirror holds which."""
