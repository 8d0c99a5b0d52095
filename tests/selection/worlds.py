"""Lists, clients and health that the tests of selection are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from hypothesis import strategies as st

from mirrorsel.model import (
    Client,
    Coordinates,
    Country,
    Health,
    Kind,
    Location,
    Mirror,
    Reach,
    Scope,
    State,
)
from mirrorsel.selection.geography import Geography
from mirrorsel.selection.index import Index
from mirrorsel.selection.policy import Override, Policy

ORIGIN = "https://origin.example/"

PLACES: Mapping[str, Country] = MappingProxyType(
    {
        code: Country(
            code=code,
            name=code.upper(),
            continent=continent,
            centre=Coordinates(latitude=latitude, longitude=longitude),
        )
        for code, continent, latitude, longitude in (
            ("de", "EU", 51.0, 10.0),
            ("fr", "EU", 47.0, 2.0),
            ("uk", "EU", 53.0, -2.0),
            ("us", "NA", 38.0, -97.0),
            ("jp", "AS", 36.0, 138.0),
            ("fj", "OC", -18.0, 178.0),
            ("ws", "OC", -14.0, -172.0),
            ("gh", "AF", 0.0, 0.0),
        )
    }
)

UP = Health(state=State.UP)
DOWN = Health(state=State.DOWN)
STALE = Health(state=State.UP, stale=True)
UNKNOWN = Health()


def mirror(name: str, country: str | None = "de", **more: object) -> Mirror:
    """Return an https mirror called `name`."""
    values: dict[str, object] = {"url": f"https://{name}.example/", **more}
    return Mirror(country=country, **values)  # type: ignore[arg-type] # any field


def client(country: str | None = "de", network: str = "", **more: object) -> Client:
    """Return a client of a country, at its centre."""
    place = PLACES.get(country or "")
    location = Location(
        country=country,
        continent=place.continent if place else None,
        coordinates=place.centre if place else None,
    )
    values: dict[str, object] = {"location": location, "network": network, **more}
    return Client(**values)  # type: ignore[arg-type] # any field


def index(
    mirrors: Sequence[Mirror],
    health: Mapping[str, Health] | Health = UP,
    policy: Policy | None = None,
) -> Index:
    """Return an index in which all mirrors have one health, or each its own."""
    known = (
        {one.url: health for one in mirrors} if isinstance(health, Health) else health
    )
    return Index(Geography(mirrors, PLACES, policy or Policy(), ORIGIN), known)


def chosen(
    index: Index, client: Client, target: str = "x", count: int = 1
) -> list[str]:
    """Return the names of the first mirrors that a client gets."""
    return [
        one.host.split(".")[0] for one in index.choose(client, target, count).mirrors
    ]


_COUNTRIES = st.sampled_from([*PLACES, "xx"])
_PREFIXES = st.sampled_from(["httpd/", "httpd/docs/", "spark/"])

MIRRORS = st.builds(
    lambda number, **fields: Mirror(
        url=f"{fields.pop('scheme')}://m{number}.example/", **fields
    ),
    number=st.integers(0, 10_000),
    scheme=st.sampled_from(["https", "https", "http"]),
    kind=st.sampled_from([Kind.HTTP, Kind.HTTP, Kind.HTTP, Kind.FTP, Kind.RSYNC]),
    country=_COUNTRIES | st.none(),
    backup=st.sampled_from([False, False, False, True]),
    coordinates=st.none()
    | st.builds(
        Coordinates,
        latitude=st.floats(-90, 90),
        longitude=st.floats(-180, 180),
    ),
    asn=st.none() | st.integers(1, 3),
    prefixes=st.just(()) | st.lists(_PREFIXES, max_size=2).map(tuple),
    weight=st.integers(1, 1000),
    only=st.just(frozenset()) | st.frozensets(st.sampled_from(Scope), max_size=2),
    refuses=st.just(frozenset()) | st.frozensets(_COUNTRIES, max_size=2),
    max_share=st.none() | st.floats(0.05, 1),
    ipv6=st.booleans(),
    disabled=st.sampled_from([None, None, None, "disk full"]),
)

LISTS = st.lists(MIRRORS, max_size=40, unique_by=lambda one: one.url)

HEALTH = st.builds(
    Health,
    state=st.sampled_from(State),
    stale=st.booleans(),
    ipv6=st.builds(Reach, up=st.none() | st.booleans()),
)

LOCATIONS = st.builds(
    Location,
    country=st.none() | _COUNTRIES,
    continent=st.none() | st.sampled_from(["EU", "AS", "NA", "OC"]),
    coordinates=st.none()
    | st.builds(
        Coordinates,
        latitude=st.floats(-90, 90),
        longitude=st.floats(-180, 180),
    ),
    asn=st.none() | st.integers(1, 4),
)

CLIENTS = st.builds(
    Client,
    location=LOCATIONS,
    network=st.integers(0, 5000).map("net{}".format),
    https=st.booleans(),
    ipv6=st.booleans(),
)

TARGETS = st.sampled_from(["", "httpd", "httpd/x.tgz", "httpd/docs/a", "spark/y"])

POLICIES = st.builds(
    Policy,
    country_penalty=st.floats(0, 5000),
    continent_penalty=st.floats(0, 5000),
    near_factor=st.floats(1, 3),
    near_km=st.floats(0, 3000),
    allow_http=st.booleans(),
    override=st.lists(
        st.builds(
            Override,
            country=st.sampled_from(["", "de", "us"]),
            asn=st.sampled_from([0, 1]),
            prefer=st.lists(_COUNTRIES, max_size=2).map(tuple),
            avoid=st.lists(_COUNTRIES, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)


@st.composite
def questions(draw: st.DrawFn, *, caps: bool = True) -> tuple[Index, Client, str]:
    """Return any index with any client and any target."""
    listed = draw(LISTS)
    if not caps:
        listed = [replace(one, max_share=None) for one in listed]
    health = {one.url: draw(HEALTH) for one in listed if draw(st.booleans())}
    geography = Geography(listed, PLACES, draw(POLICIES), ORIGIN)
    return Index(geography, health), draw(CLIENTS), draw(TARGETS)


def world(*listed: Mirror, **health: Health) -> Index:
    """Return an index in which all are up but those whose health is given."""
    known = {one.url: health.get(one.host.split(".")[0], UP) for one in listed}
    return index(listed, known)
