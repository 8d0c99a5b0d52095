"""``/mirrors/metrics``, read as Prometheus does."""

import pytest
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from mirrorsel.web.app import Wsgi
from tests.web.asking import FRENCH, GERMAN, NOBODY, ask
from tests.web.scraped import METRICS, Samples, samples
from tests.web.sites import ORIGIN, MakeSite


def _selections(app: Wsgi) -> Samples:
    found = samples(ask(app, METRICS).text)
    kinds = ("mirrorsel_selections_total", "mirrorsel_selections_by_country_total")
    return {key[1:]: value for key, value in found.items() if key[0] in kinds}


@pytest.mark.parametrize(
    ("target", "method", "counted"),
    [
        pytest.param("/get/a/b.tar.gz", "GET", 1, id="redirect"),
        pytest.param("/get/a/b.tar.gz", "HEAD", 0, id="HEAD of a redirect"),
        pytest.param("/get/a/b.tar.gz?json", "GET", 0, id="explanation"),
        pytest.param("/get/a//b", "GET", 0, id="refused"),
        pytest.param("/dyn/closer.lua/a/b", "GET", 1, id="page"),
        pytest.param("/dyn/closer.lua/a/b", "HEAD", 0, id="HEAD of a page"),
        pytest.param(
            "/dyn/closer.lua?action=download&filename=a/b", "GET", 1, id="download"
        ),
        pytest.param("/dyn/closer.cgi?preferred=true", "GET", 1, id="mirror alone"),
        pytest.param("/dyn/closer.lua/a?as_json=1", "GET", 1, id="JSON"),
        pytest.param("/dyn/closer.lua?action=info", "GET", 0, id="about"),
        pytest.param("/dyn/closer.lua?action=nonsense", "GET", 0, id="an error"),
        pytest.param("/download.cgi", "GET", 1, id="download page"),
        pytest.param("/nothing", "GET", 0, id="not found"),
        pytest.param("/get/a/b.tar.gz", "POST", 0, id="refused method"),
    ],
)
def test_who_is_given_a_mirror_counts(
    make_site: MakeSite, target: str, method: str, counted: int
) -> None:
    """An answer to GET that hands out a mirror counts once, and no other does."""
    app = make_site()
    ask(app, target, method=method, address=FRENCH)
    url, country = ("https://fr.example/", "near"), ("fr", "near")

    assert ({url: 1, country: 1} if counted else {}) == _selections(app)


def test_how_a_mirror_was_reached_is_a_label(make_site: MakeSite) -> None:
    """Signatures are the origin's; strangers are of an unknown country."""
    app = make_site()
    ask(app, "/get/a.asc", address=GERMAN)
    ask(app, "/get/a", address=NOBODY)
    found = _selections(app)

    assert found[ORIGIN, "origin"] == found["de", "origin"] == 1
    assert found["unknown", "anywhere"] == 1


def test_no_client_makes_labels(make_site: MakeSite) -> None:
    """Neither made-up countries nor made-up mirrors and paths become any."""
    app = make_site()
    for one in ("qq", "zz", "%3C%3E", "xx"):
        ask(app, f"/dyn/closer.lua?cca2={one}&preferred=https://{one}.example/")
        ask(app, f"/{one}.cgi")
        ask(app, f"/mirrors/{one}")
    text = ask(app, METRICS).text

    assert {"unknown", "de"} == {
        key[1]
        for key in samples(text)
        if key[0] == "mirrorsel_selections_by_country_total"
    }
    assert all(f'"{one}"' not in text for one in ("qq", "zz", "xx"))
    assert "zz.example" not in text


def test_requests_are_timed_by_endpoint(make_site: MakeSite) -> None:
    """All four are there from the start; HEAD is a request too."""
    app = make_site()
    for target in ("/get/a", "/dyn/closer.lua", "/x.cgi", METRICS):
        ask(app, target)
    ask(app, "/get/a", method="HEAD")
    found = samples(ask(app, METRICS).text)
    name = "mirrorsel_request_seconds"
    counts = [
        found[f"{name}_count", one] for one in ("get", "closer", "page", "status")
    ]

    assert counts == [2, 1, 1, 1]
    assert 0 < found[f"{name}_sum", "get"] < 60
    assert found[f"{name}_bucket", "get", "+Inf"] == 2


def test_the_format_is_the_one_that_is_asked_for(make_site: MakeSite) -> None:
    """OpenMetrics where Accept names it, else the text format; HEAD gets neither."""
    app = make_site()
    accept = {"HTTP_ACCEPT": "application/openmetrics-text; version=1.0.0"}
    plain, modern = ask(app, METRICS), ask(app, METRICS, environ=accept)
    families = list(openmetrics.text_string_to_metric_families(modern.text))

    assert plain.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert modern.headers["content-type"].startswith("application/openmetrics-text")
    assert len(families) == len(list(text_string_to_metric_families(plain.text)))
    assert plain.headers["cache-control"] == "no-store"
    assert ask(app, METRICS, method="HEAD").body == b""


def test_the_age_of_databases(make_site: MakeSite) -> None:
    """The database itself says when it was built."""
    found = samples(ask(make_site(), METRICS).text)

    assert 0 <= found["mirrorsel_geoip_age_seconds", "places"] < 7 * 86_400
