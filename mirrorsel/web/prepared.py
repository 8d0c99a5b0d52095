"""A redirect that is ready but for the name of the file."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from mirrorsel.model import Client, Mirror, iso_country
from mirrorsel.selection.index import Choice
from mirrorsel.web.counted import Selected
from mirrorsel.web.headers import PRIVATE, Headers, mark_headers
from mirrorsel.web.vouched import Vouched

_LONG = 200
_ROOM = 8192
"""Characters that names of files may take in all `Link` headers of an answer."""
_ENDS = 2048
"""So many countries in so many ranks: a few for each country of the world."""
_FILE = "\n"
"""What stands for the name of the file; it stands in no header."""
_NEXT = ", "
"""What stands between two links, and in no URL of a mirror."""


class Prepared(Struct, frozen=True, kw_only=True, gc=False):
    """What one client gets for any file below the same prefixes."""

    base: str
    headers: Headers
    """Those that are the same for every file."""
    selected: Selected
    """What is counted."""
    links: str
    """The value of `Link`, with `_FILE` for each name of the file."""

    def link(self, path: str) -> str:
        """Return the value of `Link` for a file (RFC 6249, section 2).

        For a very long name it holds fewer: httpd bounds the headers of an answer.
        """
        links = self.links
        if len(path) > _LONG:
            links = _NEXT.join(links.split(_NEXT)[: _ROOM // len(path)])
        return links.replace(_FILE, path)


def prepare(choice: Choice, client: Client) -> Prepared:
    """Make a redirect ready; the first mirror is the one of priority 1."""
    first, country = choice.mirrors[0], client.location.country
    outcome = f"{choice.how}"  # Twice as quick as its value.
    return Prepared(
        base=first.url,
        headers=(*PRIVATE, *mark_headers(f"{first.host}; how={outcome}", country)),
        selected=Selected(first.url, outcome, country),
        links=_links(choice.mirrors) if len(choice.mirrors) > 1 else "",
    )


def redirect_headers(
    ready: Prepared, path: str, vouched: Vouched | None
) -> list[tuple[str, str]]:
    """Return what a redirect to a file says, whose name is escaped."""
    link = ready.link(path)
    headers = [("Location", ready.base + path), *ready.headers]
    if vouched is not None:
        headers += vouched.headers
        # wget2 reads the first link alone, and the document has all mirrors too.
        link = _NEXT.join(filter(None, (vouched.link, link)))
    if link:
        headers.append(("Link", link))
    return headers


def _links(mirrors: Iterable[Mirror]) -> str:
    # Clients that read one link of a field take it for the best: wget2 would fetch
    # from the second mirror, or from both, were the first one not named first.
    return _NEXT.join(
        [
            f"<{one.url}{_FILE}{_end(rank, one.country)}"
            for rank, one in enumerate(mirrors, start=1)
        ]
    )


@lru_cache(maxsize=_ENDS)
def _end(rank: int, country: str | None) -> str:
    return f">; rel=duplicate; pri={rank}{_geo(country)}"


def _geo(country: str | None) -> str:
    # RFC 6249, section 2.3: an ISO 3166-1 code.
    return f"; geo={iso_country(country)}" if country else ""
