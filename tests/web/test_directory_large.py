"""Folders with more in them than an answer has, below ``/get/``."""

import time
import tracemalloc
from pathlib import Path

import pytest

from mirrorsel.web.app import Wsgi
from mirrorsel.web.directory.answer import MOST, MOST_SHOWN
from mirrorsel.web.directory.kept import KeptFolders
from mirrorsel.web.status.answer import Page, page
from tests.web.asking import ask
from tests.web.sites import NOON, SETTINGS, MakeSite

_MANY = MOST + 2500
_QUOTES = '"' * 251
PUBLISHED = {
    **{f"big/{n:05}": b"xy" for n in range(_MANY)},
    **{f"big/ö/{n}/f": b"x" for n in range(3)},
    **{f"long/{n:04}{_QUOTES}": b"x" for n in range(MOST_SHOWN + 1)},
    "a": b"1",
}


@pytest.fixture(scope="module")
def app(make_site: MakeSite) -> Wsgi:
    """Return the application of a site with a large folder."""
    return make_site(published=PUBLISHED)


def test_a_page_has_its_end(app: Wsgi) -> None:
    """It shows so many entries, and how many there are in all."""
    text = ask(app, "/get/big/").text

    assert MOST_SHOWN - 1 == text.count('.sha256"')
    assert f"1 folder, {_MANY:,} files, 15 kB" in text
    assert f"{_MANY + 1 - MOST_SHOWN:,} more are not shown" in text


def test_a_page_of_the_longest_names_is_whole(app: Wsgi) -> None:
    """Nothing breaks off in its midst."""
    text = ask(app, "/get/long/").text

    assert MOST_SHOWN == text.count('.sha256"')
    assert "1 more are not shown" in text
    assert text.rstrip().endswith("</html>")


def test_programs_get_all_of_it(app: Wsgi) -> None:
    """Each part leads to the next, and none is larger than the first."""
    address, files, folders, parts = "index.json", [], [], 0
    while address:
        told = ask(app, f"/get/big/{address}").json
        assert len(told["files"]) + len(told["folders"]) <= MOST
        files += [one["name"] for one in told["files"]]
        folders += told["folders"]
        address, parts = told.get("next", ""), parts + 1

    assert [f"{n:05}" for n in range(_MANY)] == files
    assert ["ö"] == folders
    assert 4 == parts


@pytest.mark.parametrize(
    "after", ["zzz", "%00", "%FF", "../", "/", "b" * 4000, "%F0%9F%98%80/", "'%22<>"]
)
def test_hostile_places_to_go_on_at(app: Wsgi, after: str) -> None:
    """Whatever a client makes up, it gets a part of this folder."""
    answer = ask(app, f"/get/big/index.json?after={after}")

    assert 200 == answer.status
    assert "big/" == answer.json["path"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_page_is_rendered_once(app: Wsgi) -> None:
    """Whoever asks again and again keeps nobody busy."""
    first = ask(app, "/get/big/")
    began = time.process_time()
    again = [ask(app, "/get/big/") for _ in range(20)]

    # Rendered anew, they would take twenty times as long as the first.
    assert time.process_time() - began < 3
    assert {one.body for one in again} == {first.body}


def test_names_that_clients_make_up_take_no_memory(app: Wsgi) -> None:
    """What is not published is not remembered, however it is asked for."""
    name = "%F0%9F%98%80" + "x" * 2000
    for warm in ("/get/a", "/get/none", "/dyn/closer.lua?as_json=1&path=none"):
        ask(app, warm)
    tracemalloc.start()
    for number in range(300):
        ask(app, f"/get/{number}/{name}")
        ask(app, f"/get/{number}{name}.sha256")
        ask(app, f"/dyn/closer.lua?as_json=1&path={number}/{name}")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # A name takes eight thousand bytes.
    assert held < 300 * 4000


def test_a_real_file_wins_before_it_is_indexed(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """An ``index.json`` that has just come into the tree is sent on as any file."""
    (tmp_path / "a").mkdir()
    settings = f'{SETTINGS}[tree]\nindex = "folder"\nfolder = "{tmp_path}"\n'
    site = make_site(settings, published={"a/b": b"1"})

    before = ask(site, "/get/a/index.json").status
    (tmp_path / "a/index.json").write_bytes(b"{}")

    assert (200, 302) == (before, ask(site, "/get/a/index.json").status)


def test_what_is_kept_is_bounded_and_of_one_edition() -> None:
    """Pages are forgotten when there are too many, and when the index is another."""
    asked: list[str] = []
    kept = KeptFolders(most=100)

    def get(edition: object, path: str) -> Page | None:
        def render() -> Page | None:
            asked.append(path)
            return page(path.encode() * 10, "text/html", NOON) if path else None

        return kept.get(edition, path, render, json=False)

    first, second = object(), object()
    for edition, path in (
        (first, "a"),
        (first, "a"),
        (second, "a"),
        (second, ""),
        (second, ""),
    ):
        found = get(edition, path)
        assert (found.body if found else b"") == path.encode() * 10
    for number in range(20):
        get(second, f"{number}")
    get(second, "a")

    assert ["a", "a", "", ""] == asked[:4]
    assert "a" == asked[-1]
