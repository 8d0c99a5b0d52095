"""A redirect that is ready but for the name of the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from mirrorsel.model import Client, Mirror, iso_country
from mirrorsel.selection.index import Choice
from mirrorsel.web.counted import Selected
from mirrorsel.web.headers import PRIVATE, Headers, mark_headers
from mirrorsel.web.vouched import Vouched

_LONG = 200
_ROOM = 8192
"""Characters that names of files may take in all `Link` headers of an answer."""
_NEXT = ", <"
"""What stands between two links, and in no URL of a mirror."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
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
    country = client.location.country
    mark = f"{first.host}; how={choice.how}"
    return Prepared(
        base=first.url,
        headers=(*PRIVATE, *mark_headers(mark, country)),
        selected=Selected.of(first, choice.how, country),
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
    seams, end = [], "<"
    for rank, one in enumerate(mirrors, start=1):
        seams.append(f"{end}{one.url}")
        end = f">; rel=duplicate; pri={rank}{_geo(one)}{_NEXT}"
    return (*seams, end.removesuffix(_NEXT))


def _geo(mirror: Mirror) -> str:
    # RFC 6249, section 2.3: an ISO 3166-1 code.
    return f"; geo={iso_country(mirror.country)}" if mirror.country else ""
