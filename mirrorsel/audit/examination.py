"""A configuration and the folders it publishes, read and audited."""

import posixpath
from collections.abc import Iterable

from mirrorsel.audit.accounts import accounts_of
from mirrorsel.audit.audit import Verdict, audit
from mirrorsel.audit.budget import Budget
from mirrorsel.audit.directive import everywhere
from mirrorsel.audit.reading import Configuration
from mirrorsel.audit.scan import scan
from mirrorsel.audit.server import Server, servers_of

_USUAL = ".htaccess"
_LIST = "/mirrors/mirrors.list"


def examine(read: Configuration, roots: Iterable[str] = ()) -> list[Verdict]:
    """Audit every server of a configuration.

    Args:
        read: the configuration.
        roots: folders to look at besides those it publishes.

    """
    servers = servers_of(read.directives, read.facts, roots)
    documents = scan(
        _folders(servers),
        _access_names(servers),
        accounts_of(read.directives, read.facts),
        made=_made(servers),
    )
    budget = Budget()
    return [audit(one, documents, read.facts, budget) for one in servers]


def _folders(servers: Iterable[Server]) -> list[str]:
    """Return the folders that are published; a folder for all users is none."""
    found = {
        tree.folder
        for one in servers
        for tree in one.trees
        if tree.source is None or tree.source.name != "userdir"
    }
    return sorted(found)


def _made(servers: Iterable[Server]) -> frozenset[str]:
    """Return the list that the checker publishes, with its folder."""
    trees = [tree for one in servers for tree in one.trees]
    lists = {tree.folder for tree in trees if tree.url == _LIST}
    others = {tree.folder for tree in trees if tree.url != _LIST}
    return frozenset({*lists, *map(posixpath.dirname, lists)} - others)


def _access_names(servers: Iterable[Server]) -> frozenset[str]:
    """Return what `.htaccess` files are called."""
    named = {
        word
        for server in servers
        for layer in server.layers
        for one in everywhere(layer)
        if one.name == "accessfilename"
        for word in one.arguments
    }
    return frozenset(named or {_USUAL})
