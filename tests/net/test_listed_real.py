"""A whole tree, as the servers list it that mirrors run."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from mirrorsel.net import Remembered
from tests import ftp, rsync, servers
from tests.httpd.served import open_folder
from tests.listed import FOLDERS, SIZES, Listed, is_wanted, make_tree

Serving = Callable[[Path, Path], AbstractContextManager[str]]


def needs(name: str) -> pytest.MarkDecorator:
    """Return the mark of what needs a server that may not be here."""
    missing = servers.program(name) is None
    return pytest.mark.skipif(missing, reason=f"{name} is not here: ./dev setup")


@dataclass
class Remembering:
    """Remembers all pages, and how often it was told of one."""

    pages: dict[str, Remembered] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)

    def recall(self, folder: str) -> Remembered | None:
        """Return the page of a folder."""
        return self.pages.get(folder)

    def keep(self, folder: str, page: Remembered) -> None:
        """Remember a page."""
        self.kept.append(folder)
        self.pages[folder] = page


@pytest.fixture(scope="module")
def tree() -> Iterator[Path]:
    """Give a small tree that every account can read."""
    with open_folder() as folder:
        yield make_tree(folder)


@pytest.mark.parametrize(
    ("serving", "exact"),
    [
        pytest.param(
            partial(servers.nginx, settings=""), True, marks=needs("nginx"), id="nginx"
        ),
        pytest.param(
            partial(servers.nginx, settings="autoindex_exact_size off;"),
            False,
            marks=needs("nginx"),
            id="nginx-rounded",
        ),
        pytest.param(
            partial(servers.nginx, settings="autoindex_format json;"),
            True,
            marks=needs("nginx"),
            id="nginx-json",
        ),
        pytest.param(
            partial(servers.lighttpd, settings='dir-listing.activate = "enable"'),
            False,
            marks=needs("lighttpd"),
            id="lighttpd",
        ),
        pytest.param(servers.caddy, True, marks=needs("caddy"), id="caddy"),
        pytest.param(servers.httpd, False, marks=pytest.mark.httpd, id="httpd"),
        pytest.param(
            partial(
                servers.httpd,
                settings="IndexOptions FancyIndexing HTMLTable NameWidth=9",
            ),
            False,
            marks=pytest.mark.httpd,
            id="httpd-table",
        ),
        pytest.param(
            partial(servers.httpd, settings="IndexOptions FancyIndexing IconsAreLinks"),
            False,
            marks=pytest.mark.httpd,
            id="httpd-fancy",
        ),
        pytest.param(lambda folder, _: ftp.good_server(folder), True, id="ftp"),
        pytest.param(
            lambda folder, _: ftp.good_server(
                folder, without=frozenset({"FEAT", "MLSD", "MLST"})
            ),
            True,
            id="ftp-ls",
        ),
        pytest.param(
            lambda folder, _: ftp.good_server(folder, without=frozenset({"MLSD"})),
            True,
            id="ftp-that-lies-of-mlsd",
        ),
    ],
)
def test_a_server_lists_its_tree(
    serving: Serving,
    exact: bool,  # noqa: FBT001 - a row of the table
    tree: Path,
    tmp_path: Path,
) -> None:
    """All files and folders are seen, and what is not there is known."""
    with serving(tree, tmp_path) as url:
        listed = Listed().go(url, wanted=is_wanted)

    assert sorted(SIZES) == listed.paths
    assert FOLDERS == listed.folders
    assert not listed.unlisted
    assert all(one.may_have(SIZES[one.path]) for one in listed.seen)
    assert not exact or all(one.exact for one in listed.seen)
    assert listed.coverage.lacks("a/new.zip")
    assert listed.coverage.lacks("gone/x/f")


def test_rsync_lists_its_tree(tree: Path, tmp_path: Path) -> None:
    """By rsync, sizes and times are exact."""
    with rsync.daemon(tree, tmp_path) as url:
        listed = Listed().go(f"{url}mod/", wanted=is_wanted)

    assert listed.sizes == SIZES
    assert FOLDERS == listed.folders
    assert {one.path: one.modified for one in listed.seen} == {
        path: int((tree / path).stat().st_mtime) for path in SIZES
    }
    assert listed.coverage.lacks("a/README")


@needs("lighttpd")
def test_an_unchanged_page_is_not_sent_again(tree: Path, tmp_path: Path) -> None:
    """A server may tell by a status that a folder is as it was."""
    settings = (
        'dir-listing.activate = "enable"\ndir-listing.cache = '
        f'("max-age" => 60, "path" => "{tmp_path}", "etag" => "enable")'
    )
    remembered = Remembering()
    first, second = Listed(), Listed()
    for one in (first, second):
        one.lister = replace(one.lister, memo=remembered)
    with servers.lighttpd(tree, tmp_path, settings) as url:
        first.go(url, wanted=is_wanted)
        kept = len(remembered.kept)
        second.go(url, wanted=is_wanted)

    assert (len(FOLDERS), len(FOLDERS)) == (kept, len(remembered.kept))
    assert second.sizes == first.sizes
    assert FOLDERS == second.folders
