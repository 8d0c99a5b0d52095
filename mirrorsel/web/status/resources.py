"""What answers at each address of the status pages."""

from falcon import HTTPMovedPermanently, HTTPNotFound, Request, Response

from mirrorsel.geo import credits_of
from mirrorsel.status import MirrorStatus
from mirrorsel.web.json import JSON, json_text
from mirrorsel.web.lasting import leave
from mirrorsel.web.shown import Holds
from mirrorsel.web.status.answer import FORBIDS_ALL, Page, page, put_page, put_safety
from mirrorsel.web.status.badge import badge
from mirrorsel.web.status.document import document
from mirrorsel.web.status.index import credit_values, index_values
from mirrorsel.web.status.kept import Kept
from mirrorsel.web.status.mirror import mirror_values
from mirrorsel.web.status.source import MAX_AGE, Edition, Source
from mirrorsel.web.styled import HTML, StyledPage, text

_SCHEMA = "application/schema+json"
_SVG = "image/svg+xml"
_PAGES = 1000
"""How many pages of single mirrors a process keeps, at most 9 kB each: a list of
more is long, and asking for one page after the other must not cost a rendering each."""
_BADGE_MAX_AGE = 60


class Slash:
    """Leads to the same address with a slash at its end."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def on_get(self, request: Request, _response: Response, slug: str = "") -> None:
        """Redirect, unless there is nothing of that name."""
        edition = self._source.edition()
        if slug:
            find(edition, slug)
        raise HTTPMovedPermanently(f"{request.path}/")

    on_head = on_get


class Index:
    """The page of all mirrors."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._page = _scripted("index.html")
        self._kept = Kept(HTML)

    def on_get(self, request: Request, response: Response) -> None:
        """Answer with the page."""
        edition = self._source.edition()
        found = self._kept.get("", edition, lambda: self._render(edition))
        put_safety(response, self._page.policy)
        _put(request, response, found, self._source.holds(edition))

    on_head = on_get

    def _render(self, edition: Edition) -> bytes:
        values = index_values(edition.report, edition.rules)
        thanks = credit_values(credits_of(edition.sources.locator.databases.values()))
        return self._page.render(values | thanks)


class One:
    """The page of one mirror."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._page = _scripted("mirror.html")
        self._kept = Kept(HTML, _PAGES)

    def on_get(self, request: Request, response: Response, slug: str) -> None:
        """Answer with the page."""
        edition = self._source.edition()
        row = find(edition, slug)
        found = self._kept.get(slug, edition, lambda: self._render(edition, row))
        put_safety(response, self._page.policy)
        _put(request, response, found, self._source.holds(edition))

    on_head = on_get

    def _render(self, edition: Edition, row: MirrorStatus) -> bytes:
        past = self._source.past
        probes = past.probes(row.url) if past else ()
        return self._page.render(
            mirror_values(row, edition.report, edition.rules, probes)
        )


class Badge:
    """The state of one mirror as a picture."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def on_get(self, request: Request, response: Response, slug: str) -> None:
        """Answer with the picture."""
        edition = self._source.edition()
        body = badge(find(edition, slug).standing)
        put_safety(response, FORBIDS_ALL)
        found = page(body, _SVG, edition.report.now)
        holds = self._source.holds(edition)
        _put(request, response, found, holds, seconds=_BADGE_MAX_AGE)

    on_head = on_get


class Programs:
    """The report as JSON."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept = Kept(JSON)

    def on_get(self, request: Request, response: Response) -> None:
        """Answer with the report."""
        edition = self._source.edition()
        found = self._kept.get(
            "", edition, lambda: json_text(document(edition.report)).encode()
        )
        put_safety(response, FORBIDS_ALL)
        _put(request, response, found, self._source.holds(edition))

    on_head = on_get


class Schema:
    """What programs may count on in the report."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = text("status/schema.json").encode()

    def on_get(self, request: Request, response: Response) -> None:
        """Answer with the schema."""
        edition = self._source.edition()
        put_safety(response, FORBIDS_ALL)
        found = page(self._text, _SCHEMA, edition.report.now)
        _put(request, response, found, self._source.holds(edition))

    on_head = on_get


def _scripted(name: str) -> StyledPage:
    return StyledPage(f"status/{name}", script=text("status/script.js"))


def _put(
    request: Request,
    response: Response,
    found: Page,
    holds: Holds,
    *,
    seconds: int = MAX_AGE,
) -> None:
    """Answer with a page, to whoever asks while it is of the edition of the moment."""
    put_page(request, response, found, seconds=seconds)
    leave(request.env, holds, public=True)


def find(edition: Edition, slug: str) -> MirrorStatus:
    """Return the mirror of a name.

    Raises:
        HTTPNotFound: the list in force has none.

    """
    row = edition.rows.get(slug)
    if row is None:
        raise HTTPNotFound(title="No such mirror")
    return row
