"""The servers of a configuration: the virtual hosts and the main server."""

import os.path
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mirrorsel.audit.directive import Directive, flat
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.tree import Tree, inside, trees_of

_HOST = "virtualhost"
MAIN = "main server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server with all that is said for it."""

    name: str
    """ServerName and address, or `MAIN`."""
    section: Directive | None
    """The `VirtualHost` section; None for the main server."""
    layers: tuple[tuple[Directive, ...], ...]
    """The directives of the main server, then those of the host."""
    trees: tuple[Tree, ...]

    @property
    def own(self) -> tuple[Directive, ...]:
        """The directives that are written for this server itself."""
        return self.layers[-1]

    def tree_at(self, path: str) -> Tree | None:
        """Return the smallest tree that a path lies in, by name or through links."""
        holding = (
            one
            for one in self.trees
            if one.holds(path) or inside(_real(path), _real(one.folder))
        )
        return max(holding, key=lambda one: len(one.folder), default=None)

    def tree_below(self, path: str) -> Tree | None:
        """Return a tree that lies in a folder, or that the folder lies in."""
        known = (
            one
            for one in self.trees
            if inside(one.folder, path) or inside(_real(one.folder), _real(path))
        )
        return self.tree_at(path) or next(known, None)


def servers_of(
    directives: Iterable[Directive], facts: Facts, roots: Iterable[str] = ()
) -> tuple[Server, ...]:
    """Return the servers that can be asked.

    Args:
        directives: the whole configuration.
        facts: what else is known of it.
        roots: folders to look at besides those the configuration names.

    """
    top = tuple(flat(directives))
    main = tuple(one for one in top if one.name != _HOST)
    hosts = tuple(one for one in top if one.name == _HOST)
    found = tuple(_host(one, main, facts) for one in hosts)
    if not _hidden(main, hosts):
        trees = trees_of((main,), facts.root)
        found = (Server(name=MAIN, section=None, layers=(main,), trees=trees), *found)
    return _with_roots(found, tuple(roots))


def _host(section: Directive, main: tuple[Directive, ...], facts: Facts) -> Server:
    layers = (main, section.children)
    named = (one.first for one in flat(section.children) if one.name == "servername")
    name = next(named, "")
    return Server(
        name=f"{name} ({section.text})" if name else section.text,
        section=section,
        layers=layers,
        trees=trees_of(layers, facts.root),
    )


def _hidden(main: Iterable[Directive], hosts: Iterable[Directive]) -> bool:
    """Whether virtual hosts answer everything, so that nobody reaches `main`."""
    ports = {
        one.first.rpartition(":")[2]
        for one in flat(main)
        if one.name == "listen" and one.arguments
    }
    covered = {_port(word) for one in hosts for word in one.arguments}
    return bool(ports) and ("*" in covered or ports <= covered)


def _port(address: str) -> str:
    """Return the port of an address that stands for all addresses, or nothing."""
    host, _, port = address.rpartition(":")
    if not host:
        return "*" if address in ("*", "_default_") else ""
    return port if host in ("*", "_default_") else ""


def _real(path: str) -> str:
    """Return a path without the links in it; what does not exist stays."""
    return os.path.realpath(path)


def _with_roots(
    servers: tuple[Server, ...], roots: tuple[str, ...]
) -> tuple[Server, ...]:
    """Add the folders that no server serves to the first one."""
    extra = tuple(
        Tree(folder=folder, url="")
        for folder in roots
        if not any(server.tree_at(folder) for server in servers)
    )
    if not extra or not servers:
        return servers
    first, *rest = servers
    return (replace(first, trees=first.trees + extra), *rest)
