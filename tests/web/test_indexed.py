"""Requests where the published files are indexed and mirrors were scanned."""

import pytest

from mirrorsel.web.app import Wsgi
from tests.web.asking import FRENCH, GERMAN, ask
from tests.web.sites import ORIGIN, SETTINGS, MakeSite

FILE, NEW, GONE = "httpd/a.tar.gz", "httpd/new.tar.gz", "httpd/gone.tar.gz"
DE1, DE2, FR = (
    "https://de1.example/apache/",
    "https://de2.example/apache/",
    "https://fr.example/",
)
UK, US = "https://uk.example/apache/", "https://us.example/apache/"
JP, BACKUP = "http://jp.example/apache/", "https://backup.example/"
PUBLISHED = {FILE: b"a" * 9, NEW: b"n", "httpd/b/c": b"c", "KEYS": b"k"}
HELD: dict[str, set[str]] = {
    DE1: set(),
    DE2: {FILE},
    FR: {FILE},
    UK: {FILE},
    US: set(),
    JP: set(),
}
ARCHIVE = "https://archive.example/dist/"


@pytest.fixture(scope="module")
def app(make_site: MakeSite) -> Wsgi:
    """Return the application of a site that knows its files."""
    settings = f'{SETTINGS}[tree]\narchive = "{ARCHIVE}"\n'
    return make_site(settings, published=PUBLISHED, held=HELD)


def test_only_who_has_it(app: Wsgi) -> None:
    """Of two mirrors in the country, the one that has the file is given."""
    answers = {ask(app, f"/get/{FILE}", address=GERMAN).location for _ in range(3)}

    assert answers == {DE2 + FILE}


def test_a_new_file_comes_from_backup(app: Wsgi) -> None:
    """Nobody has it yet: the last resort does."""
    answer = ask(app, f"/get/{NEW}", address=GERMAN)

    assert answer.location == BACKUP + NEW
    assert answer.headers["x-mirrorsel"] == "backup.example; how=backup"


def test_reasons(app: Wsgi) -> None:
    """The explanation names who lacks the file."""
    told = ask(app, f"/get/{FILE}?json", address=GERMAN).json
    reasons = {one["url"]: one["reason"] for one in told["rejected"]}

    assert reasons[DE1] == reasons[US] == "missing"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        pytest.param("*/*", "text/plain", id="curl"),
        pytest.param("text/html,*/*;q=0.8", "text/html", id="a browser"),
        pytest.param("application/json", "application/json", id="a program"),
    ],
)
def test_not_published(app: Wsgi, accept: str, kind: str) -> None:
    """What is outside of the tree is 404 with where the archive may have it."""
    answer = ask(app, f"/get/{GONE}", environ={"HTTP_ACCEPT": accept})

    assert answer.status == 404
    assert answer.headers["content-type"].startswith(kind)
    assert ARCHIVE + GONE in answer.text


def test_hostile_name(app: Wsgi) -> None:
    """A name is text in the page, and encoded in the link."""
    answer = ask(
        app,
        "/get/%3Cscript%3Ealert(1)%3C/script%3E",
        environ={"HTTP_ACCEPT": "text/html"},
    )

    assert answer.status == 404
    assert "<script" not in answer.text


def test_folders_are_published(app: Wsgi) -> None:
    """A folder is not missing, and every mirror may be sent to for it."""
    assert ask(app, "/get/httpd/b/", address=FRENCH).status in {200, 302}
    assert ask(app, "/get/", address=FRENCH).status in {200, 302}


@pytest.mark.parametrize("path", [FILE, NEW, GONE, "httpd/", ""])
@pytest.mark.parametrize(
    "query",
    ["as_json=1", "action=download&filename={}", "preferred=true", "action=info", ""],
)
def test_closers_keep_their_status(
    app: Wsgi, make_site: MakeSite, path: str, query: str
) -> None:
    """The index may change which mirror is named, never the status."""
    plain = make_site()
    url = f"/dyn/closer.lua/{path}?{query.format(path)}"

    with_index, without = (ask(site, url, address=GERMAN) for site in (app, plain))

    assert with_index.status == without.status
    assert with_index.headers.get("content-type") == without.headers.get("content-type")


def test_closer_names_who_has_it(app: Wsgi) -> None:
    """The closer's choice and its lists are of mirrors that have the file."""
    told = ask(app, f"/dyn/closer.lua/{FILE}?as_json=1", address=GERMAN).json

    assert (told["preferred"], told["http"]) == (DE2, [DE2])
    assert told["in_dist"] is True


def test_closer_and_what_is_not_published(app: Wsgi) -> None:
    """The closer says whether the index knows a file."""
    told = ask(app, f"/dyn/closer.lua/{GONE}?as_json=1", address=GERMAN).json

    assert told["in_dist"] is False


def test_preferred_mirror_without_the_file(app: Wsgi) -> None:
    """A mirror that was asked for gives way where it is known to lack the file."""
    url = f"/dyn/closer.lua?action=download&filename={FILE}&preferred={DE1}"

    assert ask(app, url, address=GERMAN).location == DE2 + FILE


def test_never_scanned(make_site: MakeSite) -> None:
    """Mirrors that were never scanned may have everything."""
    site = make_site(published=PUBLISHED, held={DE1: set()})

    assert ask(site, f"/get/{FILE}", address=GERMAN).location == DE2 + FILE


def test_proofs_stay_with_the_origin(app: Wsgi) -> None:
    """What proves a download comes from the origin, whoever has it."""
    assert ask(app, "/get/KEYS", address=GERMAN).location == f"{ORIGIN}KEYS"
