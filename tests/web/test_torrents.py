"""Torrents of large files, whose seeds are the mirrors."""

import hashlib
from typing import Any
from urllib.parse import parse_qs

import pytest
from fastbencode import bdecode
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Pieces, PublishedFile
from mirrorsel.web.app import Wsgi
from mirrorsel.web.proofs.torrent import Seeded, fits, info_hash, magnet, torrent
from tests.tree.published import MODIFIED, cut
from tests.web.asking import FRENCH, GERMAN, ask
from tests.web.sites import ORIGIN, SETTINGS, MakeSite

MEBIBYTE = 2**20
LARGE, ODD, SMALL, WHOLE = "iso/large.iso", "iso/ä b&c.iso", "iso/small.iso", "iso/none"
CONTENT = b"l" * (MEBIBYTE + 1)
PUBLISHED = {
    LARGE: cut(CONTENT, 2**16),
    ODD: cut(CONTENT, 2**16),
    SMALL: cut(b"s" * 99, 10),
    WHOLE: CONTENT,
}
DE1, DE2 = "https://de1.example/apache/", "https://de2.example/apache/"
HELD = {DE1: set[str](), DE2: set(PUBLISHED)}
TRACKERS = ["udp://tracker.example:6969/announce", "https://other.example/announce"]
SET = f'{SETTINGS}[tree]\ntorrent_from = "1MiB"\n'


@pytest.fixture(scope="module")
def app(make_site: MakeSite) -> Wsgi:
    """Return the application of a site that offers torrents."""
    settings = f"{SET}trackers = {TRACKERS}\n"
    return make_site(settings, published=PUBLISHED, held=HELD)


def read(app: Wsgi, path: str, address: str = GERMAN) -> dict[bytes, Any]:
    """Return what is in the torrent of a file."""
    answer = ask(app, f"/get/{path}.torrent", address=address)
    assert answer.headers["content-type"] == "application/x-bittorrent"
    assert answer.headers["cache-control"] == "private, no-cache"
    decoded: dict[bytes, Any] = bdecode(answer.body)
    return decoded


def test_what_is_in_it(app: Wsgi) -> None:
    """Pieces and size are the file's, and those who have it are its seeds."""
    found = read(app, LARGE)
    parts = [CONTENT[at : at + 2**16] for at in range(0, len(CONTENT), 2**16)]
    hashes = (hashlib.sha1(one, usedforsecurity=False) for one in parts)

    assert found[b"info"] == {
        b"length": len(CONTENT),
        b"name": b"large.iso",
        b"piece length": 2**16,
        b"pieces": b"".join(one.digest() for one in hashes),
    }
    assert found[b"url-list"][0] == f"{DE2}{LARGE}".encode()
    assert found[b"url-list"][-1] == f"{ORIGIN}{LARGE}".encode()
    assert f"{DE1}{LARGE}".encode() not in found[b"url-list"]
    assert found[b"announce"] == TRACKERS[0].encode()
    assert found[b"announce-list"] == [[one.encode()] for one in TRACKERS]
    assert found[b"creation date"] == MODIFIED


def test_all_clients_meet(app: Wsgi) -> None:
    """Seeds differ by client, and what the hash is of does not."""
    german, french = (read(app, LARGE, one) for one in (GERMAN, FRENCH))

    assert german[b"info"] == french[b"info"]
    assert german[b"url-list"] != french[b"url-list"]


def test_magnet(app: Wsgi) -> None:
    """The link has the hash that is of the torrent's own bytes."""
    body = ask(app, f"/get/{LARGE}.torrent").body
    start = body.index(b"4:info") + len(b"4:info")
    # What is behind `info` begins with the next key, in the order of keys.
    info = body[start : body.index(b"8:url-list")]
    told = ask(app, f"/get/{LARGE}.magnet").text.strip()
    words = parse_qs(told.removeprefix("magnet:?"))
    expected = hashlib.sha1(info, usedforsecurity=False).hexdigest()

    assert words["xt"] == [f"urn:btih:{expected}"]
    assert f"xt=urn:btih:{expected}" in told
    assert words["dn"] == ["large.iso"]
    assert words["xl"] == [str(len(CONTENT))]
    assert words["tr"] == TRACKERS
    assert words["xs"] == [f"http://www.apache.org/get/{LARGE}.torrent"]
    assert words["ws"][0] == f"{DE2}{LARGE}"


def test_odd_names(app: Wsgi) -> None:
    """A name is one of UTF-8, and encoded where it is part of a URL."""
    path = "iso/%C3%A4%20b&c.iso"

    assert read(app, path)[b"info"][b"name"] == "ä b&c.iso".encode()
    assert read(app, path)[b"url-list"][-1] == f"{ORIGIN}{path}".encode()
    assert "dn=%C3%A4%20b%26c.iso" in ask(app, f"/get/{path}.magnet").text


@pytest.mark.parametrize("path", [SMALL, WHOLE, "iso/missing"])
@pytest.mark.parametrize("word", ["torrent", "magnet"])
def test_who_gets_none(app: Wsgi, path: str, word: str) -> None:
    """Small files and those without pieces have no torrent."""
    assert ask(app, f"/get/{path}.{word}").status == 404


def test_off_by_default(make_site: MakeSite) -> None:
    """Nobody gets a torrent who does not ask for it."""
    site = make_site(published=PUBLISHED, held=HELD)

    assert ask(site, f"/get/{LARGE}.torrent").status == 404
    assert "torrent" not in ask(site, f"/get/{LARGE}?mirrorlist").text


def test_without_trackers(make_site: MakeSite) -> None:
    """All comes from the mirrors then."""
    found = read(make_site(SET, published=PUBLISHED, held=HELD), LARGE)

    assert not {b"announce", b"announce-list"} & found.keys()
    assert found[b"url-list"]


def test_the_page_leads_there(app: Wsgi) -> None:
    """Torrent and magnet link stand among the proofs."""
    text = ask(app, f"/get/{LARGE}?mirrorlist").text

    assert f'href="/get/{LARGE}.torrent"' in text
    assert 'href="magnet:?xt=urn:btih:' in text


@pytest.mark.parametrize(
    ("size", "length", "count", "good"),
    [
        (10, 5, 2, True),
        (11, 5, 3, True),
        (11, 5, 2, False),
        (10, 5, 3, False),
        (0, 5, 0, False),
        (None, 5, 1, False),
        (10, 0, 1, False),
    ],
)
def test_pieces_cover_the_file(
    size: int | None, length: int, count: int, *, good: bool
) -> None:
    """Pieces of another version of a file make no torrent."""
    file = PublishedFile(path="x", number=1, size=size, modified=0)
    pieces = Pieces(length=length, sha256=bytes(32 * count), sha1=bytes(20 * count))

    assert good is fits(file, pieces)


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1)


@given(NAMES, st.lists(st.just("https://x.example/a b"), max_size=3))
def test_every_name_is_read_back(name: str, seeds: list[str]) -> None:
    """Whatever it is called, the hash is of the file alone, and never of seeds."""
    file = PublishedFile(path=f"x{name}".replace("/", ""), number=1, size=1, modified=0)
    pieces = Pieces(length=1, sha256=bytes(32), sha1=bytes(20))
    seeded = Seeded(
        file=file,
        pieces=pieces,
        seeds=tuple(seeds),
        trackers=(),
        address="",
        generator="x",
    )
    bare = Seeded(
        file=file, pieces=pieces, seeds=(), trackers=(), address="y", generator="z"
    )

    found = bdecode(torrent(seeded))

    assert found[b"info"][b"name"].decode() == file.name
    assert info_hash(seeded) == info_hash(bare)
    words = parse_qs(magnet(seeded).removeprefix("magnet:?"))
    assert (words["dn"], words.get("ws", [])) == ([file.name], seeds)
