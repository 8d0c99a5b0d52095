"""`mirrorsel geoip`: the databases that place clients."""

from collections.abc import Mapping
from types import MappingProxyType

import click

from mirrorsel.cli.epilog import examples
from mirrorsel.cli.verb_group import VerbGroup

_SECTIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Commands": {
            "update": "geoip_update",
            "show": "geoip_show",
            "lookup": "geoip_lookup",
        }
    }
)


@click.group(
    "geoip",
    cls=VerbGroup,
    sections=_SECTIONS,
    epilog=examples(
        ("mirrorsel geoip update --source dbip", "a City database, without an account"),
        ("mirrorsel geoip show", "which databases are in use, and how old they are"),
        ("mirrorsel geoip lookup 91.198.174.192", "what they say of an address"),
    ),
)
def command() -> None:
    """Get, show and try the GeoIP databases that place clients."""
