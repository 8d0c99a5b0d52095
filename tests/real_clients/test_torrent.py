"""BitTorrent clients that take all from mirrors, some of them broken or lying."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import libtorrent as lt
import pytest
import requests

from tests.real_clients.faults import Fault, breaks_off, corrupts, lacks, serving_but
from tests.real_clients.mirrored import Mirrored, asked, mirrored
from tests.real_clients.swarm import BANNED, aria2, client, download
from tests.waiting import wait_for

pytestmark = pytest.mark.httpd

FILE = "iso/large.iso"
CONTENT = Random(FILE).randbytes(3 * 2**20 + 5)


@pytest.fixture(scope="module")
def world() -> Iterator[Mirrored]:
    """Publish a large file."""
    with mirrored({FILE: CONTENT}, 65) as running:
        yield running


@pytest.fixture
def site(world: Mirrored) -> Mirrored:
    """Return it with all mirrors good, none of them asked for anything."""
    world.mend()
    return world


def torrent_of(site: Mirrored) -> lt.add_torrent_params:
    """Return what the torrent of the file says."""
    answer = requests.get(f"{site.base}{FILE}.torrent", timeout=10)
    return lt.load_torrent_buffer(answer.content)


def magnet_of(site: Mirrored) -> lt.add_torrent_params:
    """Return what its magnet link says."""
    return lt.parse_magnet_uri(site.served.ask(f"/get/{FILE}.magnet").text.strip())


def downloaded(folder: Path) -> bytes:
    """Return the file as a client has left it."""
    return (folder / "large.iso").read_bytes()


def test_all_of_a_file_comes_from_mirrors(site: Mirrored, tmp_path: Path) -> None:
    """Nobody but them has any of it."""
    site.behave(serving_but(site.files, lacks, FILE), site.origin)
    download(torrent_of(site), tmp_path)

    assert downloaded(tmp_path) == CONTENT
    assert {path for one in site.mirrors for path in asked(one)} == {FILE}


@pytest.mark.parametrize("fault", [corrupts, lacks, breaks_off])
def test_one_seed_that_is_right_is_enough(
    site: Mirrored, tmp_path: Path, fault: Fault
) -> None:
    """Whatever all others send, each piece is taken from the one that has it."""
    site.behave(serving_but(site.files, fault, FILE), *site.mirrors)
    download(torrent_of(site), tmp_path)

    assert downloaded(tmp_path) == CONTENT
    assert asked(site.origin)


def test_what_all_corrupt_is_never_finished(site: Mirrored, tmp_path: Path) -> None:
    """No piece is believed, each seed is banned, and the user is told of it."""
    site.behave(serving_but(site.files, corrupts, FILE))
    heard: list[str] = []

    def banned() -> int:
        heard.extend(running.complaints())
        return sum(BANNED in one for one in heard)

    with client(torrent_of(site), tmp_path) as running:
        wait_for(lambda: banned() == 4)

        assert (running.finished, running.pieces) == (False, 0)


def test_a_magnet_link_needs_one_peer(site: Mirrored, tmp_path: Path) -> None:
    """From it comes what the torrent says; the file itself comes from the mirrors."""
    known = torrent_of(site)
    known.url_seeds = []
    with client(known, tmp_path / "peer") as peer:
        link = magnet_of(site)
        link.peers = [("127.0.0.1", peer.port)]
        download(link, tmp_path / "magnet")

    assert downloaded(tmp_path / "magnet") == CONTENT
    assert any(asked(one) for one in (*site.mirrors, site.origin))


def test_a_magnet_link_names_the_same_swarm(site: Mirrored) -> None:
    """Those who begin with the torrent, and those with the link, find each other."""
    known, link = torrent_of(site), magnet_of(site)
    assert known.ti is not None

    assert link.info_hashes.v1 == known.ti.info_hashes().v1
    assert link.url_seeds == known.url_seeds
    assert len(link.url_seeds) == 4


@pytest.mark.parametrize("fault", [corrupts, lacks])
def test_aria2_takes_the_right_pieces_too(
    site: Mirrored, tmp_path: Path, fault: Fault
) -> None:
    """A client of another make ends with the right file as well."""
    site.behave(serving_but(site.files, fault, FILE), *site.mirrors)

    assert aria2(f"{site.base}{FILE}.torrent", tmp_path) == 0
    assert downloaded(tmp_path) == CONTENT
