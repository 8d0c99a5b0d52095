"""The rules about what does not go together with the pages of mirrorsel."""

import re
from collections.abc import Iterator

from mirrorsel.audit.directive import Directive, everywhere, flat
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.execution import rewrite_flags
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.pattern import Pattern, matches_url
from mirrorsel.audit.sample import samples
from mirrorsel.audit.server import Server
from mirrorsel.audit.walk import URLS, Section, sections_of

_HANDLER = "mirrorsel-page"
_PAGE = "/index.html"
_CGI = re.compile(r"\.cgi(?:[?/]|$)", re.IGNORECASE)
_ACCESS = frozenset({"require", "requireall", "requireany", "requirenone", "deny"})


def rewritten_page(server: Server, _facts: Facts) -> Iterator[Finding]:
    """Report rewriting from `.html` to `.cgi` beside mirrorsel.

    Before it answers for a `.cgi`, httpd asks itself for the `.html` of that name; the
    rule makes a `.cgi` of that too, which nobody may have then.
    """
    if _has_pages(server):
        for one in flat(server.own):
            if one.name == "rewriterule" and _from_page(one):
                detail = f"`{one}` makes mirrorsel answer 403"
                yield finding(Code.REWRITTEN_PAGE, one, "", detail)


def page_access(server: Server, _facts: Facts) -> Iterator[Finding]:
    """Report access rules by the URL of an index page alone.

    The page that mirrorsel makes of it has another URL, and the same file.
    """
    if not _has_pages(server):
        return
    for section in sections_of(server, URLS):
        url = _kept(section)
        if url is not None:
            page = f"{url.removesuffix('.html')}.cgi"
            detail = f"it keeps {url} from clients, but not {page}"
            yield finding(Code.PAGE_ACCESS, section.directive, "", detail)


def _has_pages(server: Server) -> bool:
    return any(
        one.name == "sethandler" and one.first == _HANDLER
        for layer in server.layers
        for one in everywhere(layer)
    )


def _from_page(rule: Directive) -> bool:
    target = "".join(rule.arguments[1:2])
    pattern = Pattern(text=rule.first, regex=True)
    gone = {"f", "forbidden", "g", "gone"} & {one for one, _ in rewrite_flags(rule)}
    return (
        bool(_CGI.search(target))
        and not gone
        and ("html" in rule.first.lower() or matches_url(pattern, _PAGE))
    )


def _kept(section: Section) -> str | None:
    """Return the URL of an index page that a section is for, and not its `.cgi`."""
    written = everywhere(section.directive.children)
    if not any(one.name in _ACCESS and not _grants(one) for one in written):
        return None
    pattern = section.pattern
    known = (*samples(pattern), pattern.text.replace("*", "index"), _PAGE)
    pages = (
        one if one.endswith(_PAGE) else f"{one.rstrip('/')}{_PAGE}" for one in known
    )
    return next(
        (
            one
            for one in pages
            if matches_url(pattern, one)
            and not matches_url(pattern, f"{one.removesuffix('.html')}.cgi")
        ),
        None,
    )


def _grants(one: Directive) -> bool:
    return tuple(word.lower() for word in one.arguments) == ("all", "granted")
