"""An explanation is that of the live answer, whatever selection looks at."""

import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from mirrorsel.model import Country, Health, Reach, State
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.files import Files
from mirrorsel.web.realm import make_geography, make_realm
from tests.geodb import write_asn_database, write_city_database
from tests.web.asking import ask
from tests.web.sites import NOON, SETTINGS, lay_out

_COUNTRIES = ("de", "fr", "us", "jp", "br", "za")
_OPTIONS = (
    *("", "", "weight=7", "weight=900", "max_share=20%", "max_share=5%", "ipv6=no"),
    *("asn=64500", "only=country", "only=as asn=64501", "refuses=de,us"),
    *("prefix=httpd/", "lat=10 lon=20"),
)
_OVERRIDES = """
[[selection.override]]
country = "fr"
prefer = ["us"]
[[selection.override]]
asn = 64501
avoid = ["de", "https://m3.example/"]
"""
_STATES = (
    Health(state=State.UP, checked=NOON, stamp=NOON),
    Health(state=State.UP, checked=NOON, stamp=NOON, ipv6=Reach(up=False)),
    Health(state=State.DOWN, checked=NOON),
    Health(state=State.UP, checked=NOON, stale=True),
    Health(),
)


def world(
    folder: Path, countries: Mapping[str, Country], chance: random.Random
) -> Wsgi:
    """Return a site with all that selection looks at."""
    size = chance.choice((1, 3, 12, 60))
    listed = "".join(
        f"http {chance.choice(_COUNTRIES)} {chance.choice(('https', 'https', 'http'))}"
        f"://m{number}.example/ - {chance.choice(_OPTIONS)}\n"
        for number in range(size)
    )
    health = {f"m{number}.example": chance.choice(_STATES) for number in range(size)}
    settings = SETTINGS + _geoip(folder, chance) + chance.choice(("", _OVERRIDES))
    files = Files(lay_out(folder, listed=listed, settings=settings, health=health))
    assert files.problems() == ()
    sources = files.sources(countries)
    realm = make_realm(sources, make_geography(sources, countries), countries)
    return create_app(lambda: realm)


def _geoip(folder: Path, chance: random.Random) -> str:
    """Write databases of places and networks; return the settings that name them."""
    nets = {
        f"10.{number}.0.0/16": {
            "country": chance.choice(_COUNTRIES),
            "latitude": chance.uniform(-60, 60),
            "longitude": chance.uniform(-180, 180),
        }
        for number in range(8)
    } | {"2001:db8::/32": {"country": "jp"}}
    city = write_city_database(folder / "city.mmdb", nets)
    asn = write_asn_database(
        folder / "asn.mmdb", {"10.0.0.0/15": 64500, "10.4.0.0/15": 64501}
    )
    return f'[geoip]\ndatabase = "{city}"\nasn_database = "{asn}"\n'


def clients(chance: random.Random) -> Iterator[str]:
    """Yield clients of all kinds; nobody knows where the last ones are."""
    for number in range(8):
        for _ in range(5):
            yield f"10.{number}.{chance.randrange(256)}.{chance.randrange(256)}"
    for number in range(10):
        yield f"2001:db8:{number}::1"
        yield f"2001:db9:{number}::1"
        yield f"::ffff:10.1.{number}.1"
        yield f"192.0.2.{number}"


def same(site: Wsgi, address: str, path: str, *, https: bool) -> bool:
    """Return whether redirect, its links and both explanations tell the same."""
    environ = {"wsgi.url_scheme": "https" if https else "http"}
    live = f"/get/{quote(path)}"
    redirect = ask(site, live, address=address, environ=environ)
    public = ask(site, f"{live}?json", address=address, environ=environ).json
    question = {"client": address, "path": path, "https": int(https), "json": ""}
    told = ask(site, f"/mirrors/explain?{urlencode(question)}").json
    links = re.findall(r"<([^>]+)>", redirect.headers.get("link", ""))
    named = links or [redirect.location]
    ranked = [one["url"] + quote(path) for one in told["ranked"]]
    return (
        named == ranked[: len(named)]
        and told["answer"] == redirect.location
        and told["ranked"] == public["ranked"]
    )


@pytest.mark.parametrize("seed", range(12))
def test_it_explains_the_live_answer(
    tmp_path: Path, countries: Mapping[str, Country], seed: int
) -> None:
    """The first mirror is that of the redirect, with caps, weights, overrides, IPv6."""
    chance = random.Random(seed)
    site = world(tmp_path, countries, chance)

    for address in clients(chance):
        path = chance.choice(("httpd/x.tgz", "spark/y z", "httpd/x.tgz.asc"))
        assert same(site, address, path, https=chance.choice((True, False)))
