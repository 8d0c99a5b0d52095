"""The published list, as the application answers with it."""

import pytest

from tests.web.asking import ask
from tests.web.status_site import Site, make_site

PATH = "/mirrors/mirrors.list"
TEXT = "# date : Mon Nov 23 09:05:07 2026 [UTC]\nhttp de https://de.example/ 1\n"


@pytest.fixture(name="site", params=["", "[web]\nstatus = false\n"])
def fixture_site(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Site:
    """Return a site, with and without status pages: the list is there anyway."""
    return make_site(tmp_path_factory.mktemp("site"), settings=request.param)


def publish(site: Site, text: str) -> None:
    """Publish a list."""
    path = site.state.published_list
    path.parent.mkdir(exist_ok=True)
    other = path.with_name("other")
    other.write_text(text)
    other.replace(path)
    site.live.poll()


def test_before_there_is_one(site: Site) -> None:
    """It is 404 until the checker has published a list."""
    assert 404 == ask(site.app, PATH).status


def test_it_is_sent_as_it_is(site: Site) -> None:
    """It is plain text, byte for byte, with what caches need."""
    publish(site, TEXT)
    answer = ask(site.app, PATH)

    assert (200, TEXT) == (answer.status, answer.text)
    assert "text/plain" == answer.headers["content-type"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert f"{len(TEXT)}" == answer.headers["content-length"]


def test_who_has_it_is_told_so(site: Site) -> None:
    """By its tag, until there is another."""
    publish(site, TEXT)
    known = {"HTTP_IF_NONE_MATCH": ask(site.app, PATH).headers["etag"]}
    same = ask(site.app, PATH, environ=known)
    publish(site, f"{TEXT}http fr https://fr.example/ 2\n")
    other = ask(site.app, PATH, environ=known)

    assert (304, b"") == (same.status, same.body)
    assert (200, True) == (other.status, "fr.example" in other.text)
