"""The lines that replace the CGI of a virtual host that only has mirror pages."""

from collections.abc import Iterable

from mirrorsel.audit.document import Document, Trait
from mirrorsel.audit.finding import Code, Finding, Severity
from mirrorsel.audit.page_rules import has_pages
from mirrorsel.audit.server import Server

# What a host has that needs no CGI but for the mirror pages.
_OURS = frozenset(
    {
        Code.EXEC_CGI,
        Code.HANDLER,
        Code.RUNS,
        Code.HTACCESS_RUNS,
        Code.HTACCESS_EXEC_CGI,
    }
)


def replacement(
    server: Server, findings: Iterable[Finding], files: Iterable[Document]
) -> tuple[str, ...]:
    """Return the lines to write in a server, or none.

    There are some when the server has wrappers and not mirrorsel yet, when no other
    script lies in its document root, and when nothing was found but what runs those
    wrappers.
    """
    if has_pages(server):
        return ()
    root = server.trees[0].folder
    own = [one for one in files if server.trees[0].holds(one.path)]
    scripts = [one for one in own if one.traits & {Trait.SCRIPT, Trait.WRAPPER}]
    wrappers = [one for one in scripts if Trait.WRAPPER in one.traits]
    bad = {one.code for one in findings if one.severity is Severity.FINDING}
    if not wrappers or len(wrappers) != len(scripts) or bad - _OURS:
        return ()
    quoted = f'"{root}"' if any(letter in root for letter in " \t'\"") else root
    return ("Use MirrorselVhost", f"Use MirrorselDocumentRoot {quoted}")
