"""The status pages below ``/mirrors/``, from a real httpd."""

import json
from collections.abc import Iterator

import pytest

from tests.httpd.network import Network
from tests.httpd.served import Order, Served, open_folder, serving, virtual_host
from tests.waiting import eventually

pytestmark = pytest.mark.httpd


@pytest.fixture(scope="module")
def world(mirrors: Network) -> Iterator[Served]:
    """Serve them, with a checker, beside a site's own files."""
    with open_folder() as root:
        (root / "mirrors").mkdir()
        (root / "mirrors" / "own.txt").write_text("own")
        (root / "mirrors" / "index.html").write_text("own")
        order = mirrors.order(extra=virtual_host(root))
        with serving(order) as served:
            assert eventually(lambda: state(served, mirrors.refusing) == "down")
            yield served


def state(served: Served, url: str) -> str:
    """Return the state of a mirror, as programs are told."""
    found = json.loads(served.ask("/mirrors/status.json").text)["mirrors"]
    return str(next(one["state"] for one in found if one["url"] == url))


def page(served: Served, url: str) -> str:
    """Return the path of a mirror's page."""
    found = json.loads(served.ask("/mirrors/status.json").text)["mirrors"]
    return str(next(one["page"] for one in found if one["url"] == url))


def test_what_the_checker_saw_is_shown(world: Served, mirrors: Network) -> None:
    """Each mirror is as it really is, to programs and to people."""
    assert "up" == state(world, mirrors.german.url)
    assert "stale" == state(world, mirrors.stale.url)
    answer = world.ask(page(world, mirrors.refusing))
    assert (answer.status, "no connection" in answer.text) == (200, True)


def test_the_past_is_shown(world: Served, mirrors: Network) -> None:
    """Hours, changes and probes come from what the checker keeps."""
    path = page(world, mirrors.refusing)

    def is_shown() -> bool:
        # They are files of their own, each written and read after the other.
        text = world.ask(path).text
        return all(one in text for one in ("newest first.", "1 down", "<td>down</td>"))

    assert eventually(is_shown), world.ask(path).text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mirrors/", "text/html; charset=utf-8"),
        ("/mirrors/status.json", "application/json"),
        ("/mirrors/status.schema.json", "application/schema+json"),
    ],
)
def test_each_address_answers(served: Served, path: str, kind: str) -> None:
    """HEAD has the same headers as GET, and who has the answer gets 304."""
    answers = [served.ask(path, method) for method in ("GET", "HEAD")]
    got = answers[0].headers

    assert [200, 200] == [one.status for one in answers]
    assert [kind, kind] == [one.headers["content-type"] for one in answers]
    assert got["content-length"] == answers[1].headers["content-length"]
    again = served.ask(path, headers={"If-None-Match": got["etag"]})
    assert (304, "") == (again.status, again.text)


def test_the_published_list_is_no_page(world: Served) -> None:
    """Its address lies below those of the pages."""
    assert eventually(lambda: world.ask("/mirrors/mirrors.list").status == 200)
    answer = world.ask("/mirrors/mirrors.list")

    assert answer.text.startswith("# date : ")
    assert "content-security-policy" not in answer.headers


def test_a_badge(world: Served, mirrors: Network) -> None:
    """It is a picture, which may be shown anywhere."""
    answer = world.ask(f"{page(world, mirrors.german.url)}badge.svg")

    assert (200, "image/svg+xml") == (answer.status, answer.headers["content-type"])
    assert "<title>mirror: up</title>" in answer.text


@pytest.mark.parametrize("path", ["/mirrors", "/mirrors/at/{slug}"])
def test_a_missing_slash_is_added(world: Served, mirrors: Network, path: str) -> None:
    """Links in the page are relative, and so it has one address."""
    slug = page(world, mirrors.german.url).split("/")[3]
    asked = path.format(slug=slug)
    answer = world.ask(asked)

    assert (301, True) == (
        answer.status,
        answer.headers["location"].endswith(f"{asked}/"),
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/mirrors/own.txt", 200, id="a file of the site"),
        pytest.param("/mirrors/at/", 404, id="no name at all"),
        pytest.param("/mirrors/status.json/x", 404, id="below the JSON"),
        pytest.param("/mirrors/at/x/y.svg", 404, id="below a mirror"),
        pytest.param("/mirrors/at/nobody/", 404, id="no such mirror"),
        pytest.param("/mirrors/at/..%2f..%2fwsgi.py/", 404, id="an encoded slash"),
        pytest.param("/mirrors/at/%2e%2e/badge.svg", 404, id="encoded dots"),
        pytest.param("/mirrorsx", 404, id="beside"),
    ],
)
def test_all_else_is_the_site_s(world: Served, path: str, status: int) -> None:
    """Only the addresses of the pages are taken from a site."""
    assert status == world.ask(path).status


@pytest.mark.parametrize(
    ("method", "body", "status"), [("POST", None, 405), ("GET", b"x", 413)]
)
def test_only_reading(
    world: Served, method: str, body: bytes | None, status: int
) -> None:
    """REQ-6 holds here too."""
    for path in ("/mirrors/", "/mirrors/status.json", "/mirrors/at/x/badge.svg"):
        answer = world.ask(path, method, body=body)
        assert (status, "GET, HEAD") == (answer.status, answer.headers["allow"])


def test_the_pages_may_be_off() -> None:
    """By the setting `status` there are none, and the list is still there."""
    settings = "[checker]\nenabled = false\n[web]\nstatus = false\n"
    with serving(Order(settings=settings)) as served:
        paths = ("/mirrors", "/mirrors/", "/mirrors/status.json", "/mirrors/at/x")
        assert [404] * 4 == [served.ask(path).status for path in paths]
