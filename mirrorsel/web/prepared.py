"""A redirect that is ready but for the name of the file."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from mirrorsel.model import Client, How, Mirror, iso_country
from mirrorsel.selection.index import Choice
from mirrorsel.web.counted import Selected
from mirrorsel.web.headers import PRIVATE, Headers, mark_headers
from mirrorsel.web.vouched import Vouched

_LONG = 200
_SHARED = 8192
_ROOM = 8192
"""Characters that names of files may take in all `Link` headers of an answer."""
_NEXT = ", <"
"""What stands between two links, and in no URL of a mirror."""


class Prepared(Struct, frozen=True, kw_only=True, gc=False):
    """What one client gets for any file below the same prefixes."""

    base: str
    headers: Headers
    """Those that are the same for every file."""
    selected: Selected
    """What is counted."""
    seams: tuple[str, ...]
    """What stands in `Link` before, between and after the names of the file."""

    def link(self, path: str) -> str:
        """Return the value of `Link` for a file (RFC 6249, section 2).

        For a very long name it holds fewer: httpd bounds the headers of an answer.
        """
        if len(path) <= _LONG:
            return path.join(self.seams)
        most = _ROOM // len(path)
        if most >= len(self.seams) - 1:
            return path.join(self.seams)
        return path.join(self.seams[: most + 1]).rpartition(_NEXT)[0]


def prepare(choice: Choice, client: Client) -> Prepared:
    """Make a redirect ready; the first mirror is the one of priority 1."""
    first, *others = choice.mirrors
    headers, selected = _said(
        first.url, first.host, choice.how, client.location.country
    )
    return Prepared(
        base=first.url,
        headers=headers,
        selected=selected,
        # Clients that read one link of a field take it for the best: wget2 would fetch
        # from the second mirror, or from both, were the first one not named first.
        seams=_seams(choice.mirrors if others else ()),
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
        link = ", ".join(filter(None, (vouched.link, link)))
    if link:
        headers.append(("Link", link))
    return headers


def _seams(mirrors: Sequence[Mirror]) -> tuple[str, ...]:
    if not mirrors:
        return ("",)
    seams = [f"<{mirrors[0].url}"]
    for rank, (one, following) in enumerate(pairwise(mirrors), start=1):
        seams.append(f"{_end(rank, one.country)}{_NEXT}{following.url}")
    return (*seams, _end(len(mirrors), mirrors[-1].country))


# Most clients are new, and have most of their text in common: what is made once for
# many of them stays in the caches of the processor.
@lru_cache(maxsize=_SHARED)
def _said(
    url: str, host: str, how: How, country: str | None
) -> tuple[Headers, Selected]:
    headers = (*PRIVATE, *mark_headers(f"{host}; how={how}", country))
    return headers, Selected(mirror=url, outcome=how.value, country=country)


@lru_cache(maxsize=_SHARED)
def _end(rank: int, country: str | None) -> str:
    return f">; rel=duplicate; pri={rank}{_geo(country)}"


def _geo(country: str | None) -> str:
    # RFC 6249, section 2.3: an ISO 3166-1 code.
    return f"; geo={iso_country(country)}" if country else ""
