"""Configurations as values, from their text."""

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.server import Server, servers_of
from mirrorsel.audit.source import parse_source

UNKNOWN = Facts(root="/srv", modules=None)


def directives(text: str) -> tuple[Directive, ...]:
    """Return the directives of a text."""
    return parse_source(text, "httpd.conf")


def only(text: str) -> Server:
    """Return the first server of a text."""
    return servers_of(directives(text), UNKNOWN)[0]
