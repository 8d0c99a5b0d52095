"""A whole tree by FTP, from servers that behave and servers that do not."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.model import Outcome
from mirrorsel.net import Lister
from tests import ftp
from tests.ftp import Data, scripted
from tests.listed import FOLDERS, LIMITS, REACH, SIZES, Listed, is_wanted, make_tree
from tests.loopback import Loopback, closed_port

_LINES = b"type=file;size=5; KEYS\r\ntype=dir; a\r\n"
_REPLIES = {
    "FEAT": "211-x\r\n MLST type*;\r\n211 end",
    "PWD": '257 "/"',
    "CWD": "250 ok",
    "MLSD": "150 here",
    "LIST": "150 here",
}
_QUICK = Lister(limits=replace(LIMITS, timeout=0.3, deadline=0.6), reach=REACH)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small tree."""
    return make_tree(tmp_path_factory.mktemp("tree"))


@pytest.fixture(scope="module")
def good(tree: Path) -> Iterator[str]:
    """Run a mirror as it should be."""
    with ftp.good_server(tree) as url:
        yield url


def url_of(server: Loopback) -> str:
    """Return the URL of a hand-made server."""
    return server.url.replace("http:", "ftp:")


def listed(replies: Mapping[str, str], data: Data, lister: Lister = _QUICK) -> Listed:
    """List a hand-made server."""
    found = Listed(lister)
    with Loopback(scripted({**_REPLIES, **replies}, data), listens=False) as server:
        return found.go(url_of(server), wanted=lambda folder: folder == "b")


def test_a_part_of_a_tree_is_listed(good: str) -> None:
    """Folders are found below the folder of the URL."""
    found = Listed().go(f"{good}a/", ["b", "gone"])

    assert ["b/empty", 'b/odd é %41 & <b> "q" #?;+.txt'] == found.paths
    assert found.coverage.lacks("gone/f")
    assert not found.coverage.lacks("KEYS")


def test_a_listing_goes_on_where_it_broke_off(good: str) -> None:
    """Folders that were listed are not told again."""
    few = replace(REACH, requests=2)
    found = Listed(Lister(limits=LIMITS, reach=few))
    error = found.fails(good)
    found.lister = Lister(limits=LIMITS, reach=REACH)
    found.go(good, wanted=is_wanted)

    assert Outcome.TOO_LARGE == error.outcome
    assert found.paths.count("KEYS") == 1
    assert set(SIZES) <= set(found.paths)
    assert set(FOLDERS) <= set(found.folders)


def test_a_session_that_was_ended_is_begun_anew() -> None:
    """A server may end a session between two folders."""
    data = ftp.sending(b"type=file;size=1; f\r\ntype=dir; b\r\n")
    found = Listed()
    with Loopback(scripted(_REPLIES, data, last="MLSD"), listens=False) as server:
        found.go(url_of(server), wanted=lambda folder: folder in {"b", "b/b"})
        connections = server.connections

    assert ["b/b/f", "b/f", "f"] == found.paths
    assert 3 == connections


@pytest.mark.parametrize(
    ("replies", "data"),
    [
        pytest.param({"CWD": "550 no"}, _LINES, id="no-folder"),
        pytest.param({"MLSD": "550 no"}, _LINES, id="no-list"),
        pytest.param({"end": "426 broken"}, _LINES, id="broken"),
        pytest.param({"end": "226-Done\r\n226 Output truncated"}, _LINES, id="cut"),
        pytest.param(
            {"FEAT": "502 no", "end": "226 but failed to open directory."},
            b"",
            id="unreadable",
        ),
        pytest.param({}, _LINES[:-5], id="half-a-line"),
        pytest.param({}, b"-rw-r--r-- 1 0 0 5 Mar 04 2025 KEYS\r\n", id="other-form"),
        pytest.param({"FEAT": "502 no"}, _LINES, id="other-form-of-ls"),
    ],
)
def test_a_folder_that_fails_is_not_listed(
    replies: Mapping[str, str], data: bytes
) -> None:
    """Of a list that is not whole nothing is believed."""
    found = listed(replies, ftp.sending(data))

    assert ([], []) == (found.seen, found.folders)
    assert [""] == [one.folder for one in found.unlisted]


@pytest.mark.parametrize(
    ("replies", "data"),
    [
        pytest.param({}, ftp.sending(_LINES), id="mlsd"),
        pytest.param(
            {"MLSD": "500 what", "FEAT": "211-x\r\n MLSD\r\n MLST\r\n211 end"},
            ftp.sending(b"total 2\r\n-rw-r--r-- 1 0 0 5 Mar 04  2025 KEYS\r\n"),
            id="no-mlsd-though-it-says-so",
        ),
        pytest.param(
            {"PWD": '257 "/pub" is here'}, ftp.sending(_LINES), id="begins-elsewhere"
        ),
    ],
)
def test_other_servers_are_listed(replies: Mapping[str, str], data: Data) -> None:
    """What one server does in its own way is understood."""
    found = listed(replies, data)

    assert {"KEYS": 5} == found.sizes
    assert [""] == found.folders


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        pytest.param(ftp.holding, Outcome.TIMEOUT, id="holding"),
        pytest.param(ftp.trickling, Outcome.DEADLINE, id="trickling"),
    ],
)
def test_a_server_that_hangs_is_given_up(data: Data, outcome: Outcome) -> None:
    """A first folder that does not come in time ends the listing."""
    found = Listed(_QUICK)
    with Loopback(scripted(_REPLIES, data), listens=False) as server:
        error = found.fails(url_of(server))

    assert outcome == error.outcome


def test_a_list_without_end_is_cut() -> None:
    """No more is read of a folder than a page may have."""
    lister = replace(_QUICK, reach=replace(REACH, page=10**6))
    found = listed({}, ftp.pouring, lister)

    assert [Outcome.TOO_LARGE] == [one.outcome for one in found.unlisted]


def test_a_closed_port_is_told() -> None:
    """A mirror that is down is no mirror without files."""
    found = Listed()
    with closed_port() as url:
        error = found.fails(url.replace("http:", "ftp:"))

    assert (Outcome.REFUSED, []) == (error.outcome, found.folders)
