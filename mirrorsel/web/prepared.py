"""A redirect that is ready but for the name of the file."""

from dataclasses import dataclass

from mirrorsel.model import Client, Mirror, iso_country
from mirrorsel.selection.index import Choice
from mirrorsel.web.counted import Selected

_LONG = 200
_ROOM = 8192
"""Characters that names of files may take in all `Link` headers of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What one client gets for any file below the same prefixes."""

    base: str
    mark: str
    """The value of `X-Mirrorsel`: the host, and how it was chosen."""
    country: str | None
    """The client's."""
    selected: Selected
    """What is counted."""
    links: tuple[tuple[str, str], ...]
    """Of each `Link`, what stands before the name of the file and what after."""

    def link(self, path: str) -> str:
        """Return the value of `Link` for a file (RFC 6249, section 2).

        For a very long name it holds fewer: httpd bounds the headers of an answer.
        """
        links = self.links
        if len(path) > _LONG:
            links = links[: _ROOM // len(path)]
        return ", ".join([f"{before}{path}{after}" for before, after in links])


def prepare(choice: Choice, client: Client) -> Prepared:
    """Make a redirect ready; the first mirror is the one of priority 1."""
    first, *others = choice.mirrors
    country = client.location.country
    return Prepared(
        base=first.url,
        mark=f"{first.host}; how={choice.how}",
        country=country,
        selected=Selected.of(first, choice.how, country),
        # Clients that read one link of a field take it for the best: wget2 would fetch
        # from the second mirror, or from both, were the first one not named first.
        links=tuple(
            (f"<{one.url}", f">; rel=duplicate; pri={rank}{_geo(one)}")
            for rank, one in enumerate(choice.mirrors if others else (), start=1)
        ),
    )


def _geo(mirror: Mirror) -> str:
    # RFC 6249, section 2.3: an ISO 3166-1 code.
    return f"; geo={iso_country(mirror.country)}" if mirror.country else ""
