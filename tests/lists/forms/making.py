"""Lists as the reader of mirrors.list could have made them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mirrorsel.lists.forms.form import Listing, Page
from mirrorsel.model import Coordinates, Kind, Mirror, MirrorList, Scope

SCHEMES = ("https", "http", "ftp", "rsync")
COUNTRIES = ("de", "uk", "jp", "us")
TIMES = st.integers(1, 2**31).map(lambda one: datetime.fromtimestamp(one, UTC))
PRINTABLE = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
"""What may stand in a list."""


def texts(most: int = 20) -> st.SearchStrategy[str]:
    """Make text that people write, hostile text among it, without blanks around it."""
    starts = st.sampled_from(["", "=", "+", "-", "@", "'", "''=", '"', "#", "\\", "x="])
    rest = st.text(PRINTABLE, min_size=1, max_size=most)
    return st.tuples(starts, rest).map("".join).map(str.strip).filter(bool)


def degrees(limit: int) -> st.SearchStrategy[float]:
    """Make a number of degrees with as many decimals as a list takes."""
    steps = st.integers(-limit * 10**6, limit * 10**6)
    return steps.map(lambda one: one / 10**6)


@st.composite
def mirrors(draw: st.DrawFn) -> Mirror:
    """Make a mirror with anything that a line can say."""
    scheme = draw(st.sampled_from(SCHEMES))
    country = draw(st.sampled_from((*COUNTRIES, None)))
    asn = draw(st.none() | st.integers(1, 2**32 - 1))
    scopes = {Scope.COUNTRY, Scope.CONTINENT} if country else set()
    ipv4 = draw(st.booleans())
    return Mirror(
        url=f"{scheme}://m{draw(st.integers(0, 9))}.example/{draw(PATHS)}",
        kind=Kind.HTTP if scheme.startswith("http") else Kind(scheme),
        country=country,
        backup=country is None,
        coordinates=draw(st.none() | PLACES),
        asn=asn,
        prefixes=draw(st.lists(PREFIXES, max_size=2).map(tuple)),
        weight=draw(st.integers(1, 10_000)),
        only=draw(
            st.frozensets(
                st.sampled_from(sorted(scopes | ({Scope.AS} if asn else set())))
            )
            if scopes or asn
            else st.just(frozenset())
        ),
        refuses=draw(st.frozensets(st.sampled_from(COUNTRIES), max_size=2)),
        max_share=draw(st.none() | SHARES),
        ipv4=ipv4,
        ipv6=draw(st.booleans()) if ipv4 else True,
        disabled=draw(st.none() | texts()),
        **draw(FOURTH),
    )


PATHS = st.sampled_from(["", "apache/", "pub/a~b/"])
PREFIXES = st.sampled_from(["httpd/", "tomcat/tomcat-11/", "=x/", "-a b/"])
SHARES = st.integers(10**6, 10**8).map(lambda one: one / 10**6 / 100)
PLACES = st.builds(Coordinates, latitude=degrees(90), longitude=degrees(180))
FOURTH: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"contact": texts().filter(lambda one: one != "-")}),
    st.fixed_dictionaries(
        {}, optional={"stamp": TIMES, "logo": texts(), "link": texts()}
    ),
)

LISTS = st.builds(
    MirrorList,
    mirrors=st.lists(
        mirrors(), min_size=1, max_size=6, unique_by=lambda one: (one.url, one.backup)
    ).map(tuple),
    dated=st.none() | TIMES,
)


def ordinary(mirrors: MirrorList) -> MirrorList:
    """Return a list without what no two forms write alike: odd texts and places."""
    found = tuple(map(_ordinary, distinct(mirrors).mirrors))
    return MirrorList(mirrors=found, dated=mirrors.dated)


def distinct(mirrors: MirrorList) -> MirrorList:
    """Return a list in which no URL stands twice."""
    found = {one.url: one for one in mirrors.mirrors}
    return MirrorList(mirrors=tuple(found.values()), dated=mirrors.dated)


def _ordinary(mirror: Mirror) -> Mirror:
    place = mirror.coordinates
    nowhere = place and not (place.latitude or place.longitude)
    return replace(
        mirror,
        contact=mirror.contact and "Anna Muster <anna@example.org>",
        logo=mirror.logo and "https://example.org/?a=b",
        link=mirror.link and "https://example.org/",
        disabled=mirror.disabled and 'disk "full"',
        coordinates=None if nowhere else place,
    )


def unnumbered(mirror: Mirror) -> Mirror:
    """Return a mirror without the line that it stands in."""
    return replace(mirror, line=0)


def listing(*listed: Mirror) -> Listing:
    """Return a list of mirrors of which nothing has been seen."""
    return Listing(mirrors=MirrorList(mirrors=listed))


def page(content: str | bytes, name: str = "file") -> Page:
    """Return a file."""
    raw = content.encode() if isinstance(content, str) else content
    return Page(path=Path(name), content=raw)
