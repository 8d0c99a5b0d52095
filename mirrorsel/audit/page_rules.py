"""Which virtual hosts have the pages of mirrorsel, and what does not go with them."""

import re
from collections.abc import Iterator

from mirrorsel.audit.directive import Directive, everywhere, flat
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.execution import rewrite_flags
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.pattern import Pattern, matches_url
from mirrorsel.audit.server import Server

_HANDLER = "mirrorsel-page"
_PAGE = "/index.html"
_CGI = re.compile(r"\.cgi(?:[?/]|$)", re.IGNORECASE)
_AGAIN = frozenset({"pt", "passthrough"})


def has_pages(server: Server) -> bool:
    """Return whether mirrorsel answers for pages of a server."""
    return any(
        one.name == "sethandler" and one.first == _HANDLER
        for layer in server.layers
        for one in everywhere(layer)
    )


def rewritten_page(server: Server, _facts: Facts) -> Iterator[Finding]:
    """Report rewriting from `.html` to `.cgi` that leads httpd in circles.

    Before mirrorsel answers for a `.cgi`, httpd asks itself for the `.html` of that
    name; with the flag PT the rule makes a `.cgi` of that too, and so on.
    """
    if has_pages(server):
        for one in flat(server.own):
            if one.name == "rewriterule" and _leads_back(one):
                detail = f"`{one}` makes mirrorsel answer 403"
                yield finding(Code.REWRITTEN_PAGE, one, "", detail)


def _leads_back(rule: Directive) -> bool:
    target = "".join(rule.arguments[1:2])
    pattern = Pattern(text=rule.first, regex=True)
    return (
        bool(_CGI.search(target))
        and bool(_AGAIN & {one for one, _ in rewrite_flags(rule)})
        and ("html" in rule.first.lower() or matches_url(pattern, _PAGE))
    )
