"""The rules about what a server maps to programs, each a small function."""

from collections.abc import Callable, Iterator

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.program import before_variable, programs
from mirrorsel.audit.rules import is_gateway
from mirrorsel.audit.server import Server
from mirrorsel.audit.tree import absolute

ServerRule = Callable[[Server, Facts], Iterator[Finding]]

_FCGI_PASSES = frozenset({"proxypass", "proxypassmatch", "balancermember"})
_ALIASES = frozenset(
    {"scriptalias", "scriptaliasmatch", "virtualscriptalias", "virtualscriptaliasip"}
)


def script_alias(server: Server, facts: Facts) -> Iterator[Finding]:
    """Report a ScriptAlias into or around a tree, and note one elsewhere."""
    for one in _written(server):
        if one.name not in _ALIASES or not one.arguments:
            continue
        target = absolute(before_variable(one.arguments[-1]), facts.root)
        tree = server.tree_below(target)
        if tree is None:
            detail = f"everything in {target} is run"
            yield finding(Code.SCRIPT_ALIAS_OUTSIDE, one, "", detail)
        else:
            detail = f"everything in {target} is run; {tree.folder} is published"
            yield finding(Code.SCRIPT_ALIAS, one, tree.folder, detail, tree.source)


def program(server: Server, facts: Facts) -> Iterator[Finding]:
    """Report directives that run or load a file of a tree."""
    for one in _written(server):
        for path in programs(one, facts.root):
            tree = server.tree_at(path)
            if tree is not None:
                detail = f"{one.name} uses {path}"
                yield finding(Code.PROGRAM, one, tree.folder, detail, tree.source)


def filters(server: Server, facts: Facts) -> Iterator[Finding]:
    """Report filters that are programs: a shell runs what it is given to filter."""
    loaded = facts.modules is None or "ext_filter_module" in facts.modules
    for one in _written(server):
        if loaded and one.name == "extfilterdefine":
            yield finding(Code.FILTER, one, "", f"the filter {one.first} is a program")


def fastcgi(server: Server, _facts: Facts) -> Iterator[Finding]:
    """Report a ProxyPass to a process that may run files of a tree."""
    for one in _written(server):
        if one.name in _FCGI_PASSES:
            targets = (word for word in one.arguments if is_gateway(word))
            for target in targets:
                detail = f"requests are handed to {target}"
                yield finding(Code.FASTCGI, one, "", detail)


def script_method(server: Server, facts: Facts) -> Iterator[Finding]:
    """Report a Script directive for a method that writes."""
    loaded = facts.modules is None or "actions_module" in facts.modules
    for one in _written(server):
        if loaded and one.name == "script":
            detail = f"{one.first} is handed to {' '.join(one.arguments[1:])}"
            yield finding(Code.SCRIPT_METHOD, one, "", detail)


def userdir(server: Server, _facts: Facts) -> Iterator[Finding]:
    """Note that users publish folders of their own."""
    for tree in server.trees:
        if tree.source is not None and tree.source.name == "userdir":
            detail = f"folders like {tree.folder} are published"
            yield finding(Code.USERDIR, tree.source, tree.folder, detail)


def suexec(server: Server, _facts: Facts) -> Iterator[Finding]:
    """Note an account that exists for CGI programs."""
    for one in _written(server):
        if one.name == "suexecusergroup":
            yield finding(Code.SUEXEC, one, "", f"it is {' '.join(one.arguments)}")


SERVER_RULES: tuple[ServerRule, ...] = (
    script_alias,
    program,
    filters,
    fastcgi,
    script_method,
    userdir,
    suexec,
)
"""Every rule about a server as a whole."""


def _written(server: Server) -> Iterator[Directive]:
    """Return all directives that count for a server, at whatever level."""
    for layer in server.layers:
        yield from everywhere(layer)
