"""`mirrorsel files`: the published files, and who holds them."""

from collections.abc import Mapping
from types import MappingProxyType

import click

from mirrorsel.cli.epilog import examples
from mirrorsel.cli.verb_group import VerbGroup

_SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Commands": {
            "index": "files_index",
            "scan": "files_scan",
            "where": "files_where",
            "missing": "files_missing",
            "verify": "files_verify",
        }
    }
)


@click.group(
    "files",
    cls=VerbGroup,
    sections=_SECTIONS,
    epilog=examples(
        ("mirrorsel files index --status", "how the index of published files stands"),
        ("mirrorsel files where httpd/httpd-2.4.66.tar.gz", "who has a file"),
        ("mirrorsel files missing mirror.example.org", "what a mirror lacks"),
    ),
)
def command() -> None:
    """Know the published files, and which mirror holds which."""
