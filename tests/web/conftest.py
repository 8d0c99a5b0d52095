"""Sites to ask, over real files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mirrorsel.geo import load_countries
from mirrorsel.model import Country
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.files import Files
from mirrorsel.web.realm import make_geography, make_realm
from tests.geodb import write_city_database
from tests.tree.published import Known, publish
from tests.web.asking import BRITON, FRENCH, GERMAN
from tests.web.sites import SETTINGS, MakeSite, indexed, lay_out


@pytest.fixture(scope="session")
def countries() -> Mapping[str, Country]:
    """Return the facts of countries, which take long to load."""
    return load_countries()


@pytest.fixture(scope="session")
def geoip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which loopback addresses lie in countries."""
    return write_city_database(
        tmp_path_factory.mktemp("geoip") / "city.mmdb",
        {
            f"{GERMAN}/32": {"country": "de", "latitude": 52.5, "longitude": 13.4},
            f"{FRENCH}/32": {"country": "fr"},
            f"{BRITON}/32": {"country": "gb"},
        },
    )


@pytest.fixture(scope="session")
def make_site(
    tmp_path_factory: pytest.TempPathFactory,
    countries: Mapping[str, Country],
    geoip: Path,
) -> MakeSite:
    """Return what makes the application of a site of its own."""

    def make(
        settings: str = SETTINGS,
        published: Mapping[str, bytes | Known] | None = None,
        held: Mapping[str, set[str]] | None = None,
        **more: Any,
    ) -> Wsgi:
        folder = tmp_path_factory.mktemp("site")
        if published is not None:
            publish(folder / "state", published, held)
            settings = indexed(settings)
        text = f'{settings}\n[geoip]\ndatabase = "{geoip}"\n'
        files = Files(lay_out(folder, settings=text, **more))
        assert files.problems() == ()
        sources = files.sources(countries)
        geography = make_geography(sources, countries)
        realm = make_realm(sources, geography, countries, files.tree(geography))
        return create_app(lambda: realm)

    return make


@pytest.fixture(scope="session")
def app(make_site: MakeSite) -> Wsgi:
    """Return the application of a site where all is well."""
    return make_site()
