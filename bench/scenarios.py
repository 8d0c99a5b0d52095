"""The scenarios: a base case, one axis varied at a time, and what the bars need."""

from bench.case import FILE, GET, REDIRECT, Ask, Case, Clients, Load, Site

JSON = Ask(name="closer JSON", path=f"/dyn/closer.cgi/{FILE}?as_json=1", status=200)
SMALL = Ask(name="page, small", path="/small.cgi", status=200)
LARGE = Ask(
    name="page, 417 kB", path="/large.cgi", status=200, against="/get/bytes/417000"
)
METALINK = Ask(name="metalink", path=f"{GET}.meta4", status=200)
STATUS = Ask(
    name="status page, 87 kB",
    path="/mirrors/",
    status=200,
    against="/get/bytes/87000",
)
MISSING = Ask(name="404", path="/get/httpd/./x", status=404)
REFUSED = Ask(name="405", path=GET, method="DELETE", status=405, against=GET)

PROBED = 500
"""How many mirrors the checker probes."""
REDIRECT_BAR, HARD_BAR, PAGE_BAR = 0.85, 0.80, 0.60
CALM_MILLISECONDS = 5.0
"""The bound of the 99th percentile at 16 connections."""

_EMBEDDED = Site(embedded=True)
_CITY = Site(city=True)
_RANDOM = Load(clients=Clients.RANDOM)

CASES = (
    Case(name="base case", bar=REDIRECT_BAR, calm=True),
    Case(name="embedded", site=_EMBEDDED, bar=REDIRECT_BAR, calm=True),
    Case(name=JSON.name, ask=JSON),
    Case(name=SMALL.name, ask=SMALL, bar=PAGE_BAR, calm=True),
    Case(name=LARGE.name, ask=LARGE),
    Case(name=METALINK.name, ask=METALINK, site=Site(index=True)),
    Case(name=STATUS.name, ask=STATUS),
    Case(name=MISSING.name, ask=MISSING),
    Case(name=REFUSED.name, ask=REFUSED),
    Case(name="1 connection", load=Load(connections=1)),
    Case(name="256 connections", load=Load(connections=256)),
    Case(name="no keep-alive", load=Load(keep_alive=False)),
    Case(name="10,000 networks", load=Load(clients=Clients.NETWORKS)),
    Case(name="random clients", load=_RANDOM, bar=REDIRECT_BAR),
    Case(name="10 mirrors", site=Site(mirrors=10)),
    Case(name="1,000 mirrors", site=Site(mirrors=1000)),
    Case(name="10,000 mirrors", site=Site(mirrors=10_000), bar=REDIRECT_BAR),
    Case(name="file index", site=Site(index=True), bar=REDIRECT_BAR),
    Case(name="City database", site=_CITY),
    Case(
        name="City database, 10,000 networks",
        site=_CITY,
        load=Load(clients=Clients.NETWORKS),
    ),
    Case(
        name="City database, random clients",
        site=_CITY,
        load=_RANDOM,
        bar=HARD_BAR,
        calm=True,
    ),
    Case(
        name="City database, random clients, 10,000 mirrors",
        site=Site(city=True, mirrors=10_000),
        load=_RANDOM,
        bar=HARD_BAR,
    ),
    Case(name="files replaced meanwhile", reloading=True),
    Case(
        name=f"checker on {PROBED} mirrors",
        site=Site(mirrors=PROBED, probing=True),
    ),
    Case(name="embedded, random clients", site=_EMBEDDED, load=_RANDOM),
    Case(
        name="embedded, City database, random clients",
        site=Site(embedded=True, city=True),
        load=_RANDOM,
        bar=REDIRECT_BAR,
    ),
    Case(name="embedded, page, small", ask=SMALL, site=_EMBEDDED, bar=PAGE_BAR),
    Case(name="embedded, 256 connections", site=_EMBEDDED, load=Load(connections=256)),
)
"""Neighbours with the same site share their servers."""

FEW, MANY = 10, 10_000
COST_BAR = 1.15
"""How much more an answer with many mirrors may cost than one with few."""


def with_mirrors(mirrors: int) -> tuple[Case, ...]:
    """Return the scenarios that are compared between a short and a long list.

    The status page lists all mirrors, and the closer's JSON all of a country: such
    answers themselves grow.
    """
    plain, city = Site(mirrors=mirrors), Site(mirrors=mirrors, city=True)
    indexed = Site(mirrors=mirrors, index=True)
    embedded = Site(mirrors=mirrors, embedded=True)
    return (
        Case(name="redirect", site=plain),
        Case(name="redirect, random clients", site=plain, load=_RANDOM),
        Case(name="page, small", ask=PREFERRED, site=plain),
        Case(name="404", ask=MISSING, site=plain),
        Case(name="City database", site=city),
        Case(
            name="City database, 10,000 networks",
            site=city,
            load=Load(clients=Clients.NETWORKS),
        ),
        Case(name="City database, random clients", site=city, load=_RANDOM),
        Case(name="file index", site=indexed),
        Case(name="metalink", ask=METALINK, site=indexed),
        Case(name="embedded", ask=REDIRECT, site=embedded),
        Case(name="embedded, random clients", site=embedded, load=_RANDOM),
    )


PREFERRED = Ask(name="page without lists", path="/plain.cgi", status=200)
