"""Redirects without Falcon: the same answers as with it, and only where they are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.web.app import Wsgi
from tests.web.asking import BRITON, FRENCH, GERMAN, NOBODY, Answer, ask
from tests.web.sites import DOWN, SETTINGS, STALE, MakeSite

FILE = "httpd/httpd-2.4.66.tar.gz"
TREE = {
    FILE: b"x",
    f"{FILE}.asc": b"y",
    "httpd/KEYS": b"z",
    "spark/x+y.tgz": b"w",
    "httpd/index.json/x": b"v",
}
METALINK = "application/metalink4+xml"

SEGMENTS = st.sampled_from(
    (
        *("httpd", "spark", "é", "a b", ".", "..", "", "%2e", "a:b", "x" * 300),
        *("x+y.tgz", "KEYS", "index.json", "x.asc", "x.meta4", "httpd-2.4.66.tar.gz"),
    )
)
TARGETS = st.sampled_from([*TREE, f"{FILE}.meta4", "httpd/", "httpd"]) | st.lists(
    SEGMENTS, max_size=4
).map("/".join)
ENVIRONS = st.fixed_dictionaries(
    {},
    optional={
        "HTTP_ACCEPT": st.sampled_from(
            ["*/*", "application/json", METALINK, f"text/html, {METALINK};q=0.1", ""]
        ),
        "HTTP_HOST": st.sampled_from(["www.example", "", "two.example:8080"]),
        "wsgi.url_scheme": st.sampled_from(["http", "https"]),
    },
)


@pytest.fixture(
    name="site",
    scope="session",
    params=[
        pytest.param({}, id="all is well"),
        pytest.param({"published": TREE}, id="with an index"),
        pytest.param(
            {"health": {"fr.example": DOWN, "de1.example": STALE}}, id="some are down"
        ),
        pytest.param({"settings": f"{SETTINGS}[web]\nlinks = 0\n"}, id="no links"),
    ],
)
def fixture_site(request: pytest.FixtureRequest, make_site: MakeSite) -> Wsgi:
    """Return one application after the other."""
    return make_site(**request.param)


@given(
    TARGETS,
    ENVIRONS,
    st.sampled_from(["GET", "HEAD"]),
    st.sampled_from([GERMAN, FRENCH, BRITON, NOBODY, "", "2001:db8::1"]),
)
def test_both_ways_answer_alike(
    site: Wsgi, target: str, more: Mapping[str, str], method: str, address: str
) -> None:
    """A parameter that means nothing leads through Falcon, and changes nothing."""
    url = f"/get/{_quoted(target)}"

    straight = ask(site, url, method=method, address=address, environ=more)
    falcon = ask(site, f"{url}?x", method=method, address=address, environ=more)

    assert straight == falcon
    assert list(straight.headers) == list(falcon.headers)


@pytest.mark.parametrize(
    ("target", "environ", "expected"),
    [
        pytest.param(FILE, {}, 0, id="a file"),
        pytest.param(FILE, {"HTTP_ACCEPT": "text/html,*/*;q=0.8"}, 0, id="a browser"),
        pytest.param("", {}, 1, id="the root"),
        pytest.param("a%20b", {}, 1, id="a name that must be escaped"),
        pytest.param(f"{FILE}?json", {}, 1, id="JSON"),
        pytest.param(FILE, {"HTTP_ACCEPT": "application/json"}, 1, id="rather JSON"),
        pytest.param(FILE, {"HTTP_ACCEPT": METALINK}, 1, id="rather Metalink"),
    ],
)
def test_only_a_file_and_nothing_more_is_answered_straight(
    app: Wsgi, target: str, environ: Mapping[str, str], expected: int
) -> None:
    """All else is Falcon's, which reads the stream of errors of each request."""
    seen = _Watched({"wsgi.errors": None})

    answer = _asked(app, f"/get/{target}", seen, environ)

    assert answer.status in {200, 302, 404}
    assert seen.read == expected


def test_a_damaged_index_is_not_relied_on(make_site: MakeSite) -> None:
    """What is in no index, or only in a folder of it, is Falcon's to judge."""
    site = make_site(published=TREE)

    assert ask(site, "/get/httpd/none.tgz").status == 404
    assert ask(site, "/get/httpd").status == 301


def _quoted(target: str) -> str:
    # What is escaped already stays as it is.
    return quote(target, safe="/:+%")


class _Watched(dict[str, Any]):
    """An environ that knows how often Falcon has looked at it."""

    read = 0

    def __getitem__(self, name: str) -> Any:
        self.read += name == "wsgi.errors"
        return super().__getitem__(name)


def _asked(
    app: Wsgi, target: str, seen: _Watched, environ: Mapping[str, str]
) -> Answer:
    def watched(asked: dict[str, Any], start_response: Any) -> Any:
        seen.update(asked)
        return app(seen, start_response)

    # The protocol's checker looks at the stream too, but at its own environ.
    return ask(watched, target, environ=MappingProxyType(dict(environ)))
