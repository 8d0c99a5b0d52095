"""Folders of the published tree, below ``/get/``."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.indexing.store import Facts
from mirrorsel.web.app import Wsgi
from mirrorsel.web.sizes import in_bytes
from tests.tree.published import Known, facts_of
from tests.web.asking import ask
from tests.web.sites import MakeSite

PAGE = "text/html; charset=utf-8"
HOSTILE = "<b>\"&'].html"
PUBLISHED = {
    "KEYS": b"k",
    "httpd/a.tar.gz": b"a" * 12_345,
    "httpd/b/c": b"c",
    "odd/javascript:alert(1)": b"1",
    f"odd/{HOSTILE}": b"2",
    "odd/ü x%": b"3",
    "own/index.json": b"{}",
}


@pytest.fixture(scope="module")
def app(make_site: MakeSite) -> Wsgi:
    """Return the application of a site that knows its files."""
    return make_site(published=PUBLISHED)


class Links(HTMLParser):
    """Collects where a page leads, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag."""
        self.tags.append(tag)
        self.found += [value or "" for name, value in attrs if name == "href"]


def links(page: str) -> list[str]:
    """Return where the links of a page lead."""
    return Links(page).found


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        pytest.param("", ["./httpd/", "./odd/", "./own/", "./KEYS"], id="the root"),
        pytest.param("httpd/", ["../", "./b/", "./a.tar.gz"], id="a folder"),
    ],
)
def test_page(app: Wsgi, folder: str, expected: list[str]) -> None:
    """A folder shows the folder above, its folders and then its files."""
    answer = ask(app, f"/get/{folder}")
    proofs = (".sha256", "index.json", "?mirrorlist")

    assert (answer.status, answer.headers["content-type"]) == (200, PAGE)
    assert [one for one in links(answer.text) if not one.endswith(proofs)] == expected


def test_row(app: Wsgi) -> None:
    """A file shows its size, its date and its hash."""
    page = ask(app, "/get/httpd/").text
    facts = facts_of(PUBLISHED["httpd/a.tar.gz"])

    assert "12 kB" in page
    assert "2026-11-18" in page
    assert facts.sha256.hex()[:12] in page
    assert {"./a.tar.gz.sha256", "./a.tar.gz?mirrorlist"} <= set(links(page))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(Facts(size=1, modified=0), None, id="no hash"),
        pytest.param(
            Facts(size=1, modified=0, sha512=b"\1" * 64),
            ("./f.sha512", "SHA-512 <code>010101010101…"),
            id="SHA-512 alone, as of most origins elsewhere",
        ),
        pytest.param(
            Facts(size=1, modified=0, sha512=b"\1" * 64, disputed="by f.sha512"),
            None,
            id="disputed",
        ),
    ],
)
def test_hash_of_a_row(
    make_site: MakeSite, known: Facts, expected: tuple[str, str] | None
) -> None:
    """A file has the hash that vouches for it, if one does."""
    app = make_site(published={"f": Known(facts=known)})
    page = ask(app, "/get/").text
    found = [one for one in links(page) if one.startswith("./f.")]

    if expected is None:
        assert (found, "<code>" in page) == ([], False)
    else:
        assert found == [expected[0]]
        assert expected[1] in page
        assert ask(app, "/get/f.sha512").status == 200


def test_order(make_site: MakeSite) -> None:
    """Folders come first, then files, each by the characters of their names."""
    names = ("b", "a/x", "B", "Z/x", "a-10", "a-9", "é", "1")
    page = ask(make_site(published=dict.fromkeys(names, b"x")), "/get/").text
    shown = re.findall(r'<th scope="row"><a [^>]*>([^<]*)<', page)

    assert shown == ["Z/", "a/", "1", "B", "a-10", "a-9", "b", "é"]


def test_json(app: Wsgi) -> None:
    """``index.json`` and the preference for JSON tell the same."""
    answers = [
        ask(app, "/get/httpd/index.json"),
        ask(app, "/get/httpd/?json"),
        ask(app, "/get/httpd/", environ={"HTTP_ACCEPT": "application/json"}),
    ]
    facts = facts_of(PUBLISHED["httpd/a.tar.gz"])

    assert {one.headers["content-type"] for one in answers} == {"application/json"}
    (text,) = {one.text for one in answers}
    assert json.loads(text) == {
        "format": 1,
        "path": "httpd/",
        "folders": ["b"],
        "files": [
            {
                "name": "a.tar.gz",
                "size": 12_345,
                "modified": "2026-11-18T11:06:40Z",
                "sha256": facts.sha256.hex(),
                "sha512": facts.sha512.hex(),
            }
        ],
    }


def test_a_file_of_that_name_wins(app: Wsgi) -> None:
    """A real ``index.json`` comes from a mirror, as all files do."""
    assert ask(app, "/get/own/index.json").status == 302


def test_without_the_slash(app: Wsgi) -> None:
    """A folder without its slash leads to the one with it, on this host alone."""
    answer = ask(app, "/get/httpd/b")

    assert (answer.status, answer.location) == (301, "/get/httpd/b/")


@pytest.mark.parametrize(
    "folder", ["nowhere/", "httpd/a.tar.gz/", "nowhere/index.json"]
)
def test_no_folder(app: Wsgi, folder: str) -> None:
    """What is no folder of the tree is not published."""
    assert ask(app, f"/get/{folder}").status == 404


def test_hostile_names(app: Wsgi) -> None:
    """Names are text, and their links lead nowhere but into this folder."""
    page = ask(app, "/get/odd/").text
    here = "https://example.org/get/odd/"
    led = {urljoin(here, one) for one in links(page)}

    assert all(one.startswith("https://example.org/get/") for one in led)
    assert "b" not in Links(page).tags
    assert len([one for one in led if one.startswith(here)]) == 10


def test_not_modified(app: Wsgi) -> None:
    """Who has the page is told that it is the same."""
    first = ask(app, "/get/httpd/")
    known = {"HTTP_IF_NONE_MATCH": first.headers["etag"]}

    assert ask(app, "/get/httpd/", environ=known).status == 304
    assert first.headers["vary"] == "Accept"
    assert first.headers["content-security-policy"].startswith("default-src 'none'")


def test_head(app: Wsgi) -> None:
    """HEAD has the headers alone."""
    answer = ask(app, "/get/httpd/", method="HEAD")

    assert (answer.status, answer.body) == (200, b"")


def test_without_an_index(make_site: MakeSite) -> None:
    """Where nothing is indexed, a folder is a mirror's, as before."""
    assert ask(make_site(), "/get/httpd/").status == 302


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (None, ""),
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (12_345, "12 kB"),
        (7_654_321, "7.7 MB"),
        (10**18, "1000 PB"),
    ],
)
def test_sizes(size: int | None, shown: str) -> None:
    """A size is told in two or three digits."""
    assert in_bytes(size) == shown


@given(st.integers(min_value=0, max_value=2**63))
def test_size_is_near(size: int) -> None:
    """No size is told as much more or less than it is."""
    amount, unit = in_bytes(size).split()
    power = ("bytes", "kB", "MB", "GB", "TB", "PB").index(unit)

    assert abs(float(amount) * 1000**power - size) <= 0.06 * size + 0.5
