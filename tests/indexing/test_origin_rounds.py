"""Rounds over an origin of which only the URL is known."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from mirrorsel.config import Settings
from mirrorsel.config.checking import CheckerSettings
from mirrorsel.config.published import TreeSettings
from mirrorsel.config.sections import ListSettings
from mirrorsel.indexing import Indexer, IndexStanding, Pace
from mirrorsel.indexing.omission import Omission
from mirrorsel.state import StateFolder
from tests.indexing.origin import Origin, serving
from tests.indexing.trees import lay, numbers, published
from tests.loopback import closed_port

SHA256 = hashlib.sha256(b"1").hexdigest()
SHA512 = hashlib.sha512(b"22").hexdigest()
FILES = {
    "KEYS": b"k",
    "a/one.zip": b"1",
    "a/one.zip.sha256": f"{SHA256}  one.zip\n".encode(),
    "a/b/two é.zip": b"22",
    "a/b/two é.zip.sha512": SHA512.encode(),
    "a/b/two é.zip.asc": b"-----BEGIN PGP SIGNATURE-----\n",
    ".hidden": b"h",
}


class Site:
    """An origin, and the index of it."""

    def __init__(self, folder: Path, url: str, origin: Origin) -> None:
        self.tree = origin.folder
        self.url = url
        self.origin = origin
        self.state = StateFolder(folder / "state")

    def index(self, url: str = "", *, accept: bool = False) -> IndexStanding:
        """Bring the index up to date."""
        settings = Settings(
            list=ListSettings(origin=url or self.url),
            tree=TreeSettings(index="origin", scan_rate=1000),
            checker=CheckerSettings(private_addresses=True, timeout=3, deadline=3),
        )
        with closing(
            Indexer(settings, self.state, Pace(Event(), share=1.0))
        ) as indexer:
            return indexer.round(settings, accept=accept)

    def asked(self) -> list[str]:
        """Return what was asked for since the last time."""
        asked = sorted(self.origin.asked)
        self.origin.asked.clear()
        return asked


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Give an origin of a few files."""
    origin = Origin(lay(tmp_path / "tree", FILES))
    with serving(origin) as url:
        yield Site(tmp_path, url, origin)


def test_sizes_times_and_published_hashes(site: Site) -> None:
    """What the origin lists is known, and what its hash files say."""
    os.utime(site.tree / "KEYS", (0, 1_700_000_040))

    standing = site.index()

    found = published(site.state.path)
    assert set(found) == FILES.keys() - {".hidden"}
    keys, one, two = (found[path][0] for path in ("KEYS", "a/one.zip", "a/b/two é.zip"))
    assert (keys.size, keys.modified // 60) == (1, 1_700_000_040 // 60)
    assert (keys.sha256, keys.sha512) == (b"", b"")
    assert (one.sha256.hex(), one.sha512) == (SHA256, b"")
    assert (two.sha256, two.sha512.hex()) == (b"", SHA512)
    assert (standing.files, standing.confirmed) == (6, 2)
    assert standing.left_out == {Omission.HIDDEN: 1}


def test_only_what_is_new_is_asked_for(site: Site) -> None:
    """No file but hash files is fetched, and these once while they are the same."""
    site.index()
    first = site.asked()
    site.index()

    folders = ["/", "/a/", "/a/b/"]
    hash_files = ["/a/b/two%20%C3%A9.zip.sha512", "/a/one.zip.sha256"]
    assert first == sorted([*folders, *hash_files])
    assert site.asked() == folders


def test_a_hash_file_that_changes(site: Site) -> None:
    """It is read again, and what it says counts from then on."""
    site.index()
    before = numbers(site.state.path, "a/one.zip")
    other = hashlib.sha256(b"other").hexdigest()
    path = site.tree / "a/one.zip.sha256"
    path.write_text(f"{other}  one.zip and more\n{other}  one.zip\n")

    site.index()

    assert published(site.state.path)["a/one.zip"][0].sha256.hex() == other
    assert numbers(site.state.path, "a/one.zip") == before


def test_hash_files_that_contradict_each_other(site: Site) -> None:
    """Then none of them is believed."""
    other = hashlib.sha256(b"other").hexdigest()
    lay(site.tree, {"SHA256SUMS": f"{other}  a/one.zip\n".encode()})

    standing = site.index()

    found = published(site.state.path)["a/one.zip"][0]
    assert (found.sha256, standing.disputed) == (b"", 1)
    assert "has another SHA-256" in found.disputed


def test_what_is_gone_is_forgotten(site: Site) -> None:
    """A file that is listed no more is none, nor is the hash that it had."""
    site.index()
    (site.tree / "a/one.zip.sha256").unlink()
    shutil.rmtree(site.tree / "a/b")

    standing = site.index()

    found = published(site.state.path)
    assert set(found) == {"KEYS", "a/one.zip"}
    assert found["a/one.zip"][0].sha256 == b""
    assert standing.gone == 4


def test_a_folder_that_cannot_be_listed(site: Site) -> None:
    """What was known of it is kept."""
    site.index()
    site.origin.refused.add("/a/b/")

    standing = site.index()

    assert "a/b/two é.zip" in published(site.state.path)
    assert standing.left_out[Omission.FAULT] == 1


def test_a_hash_file_that_is_withheld(site: Site) -> None:
    """It is told, and asked for again in the next round."""
    site.origin.refused.add("/a/one.zip.sha256")

    standing = site.index()

    assert standing.left_out[Omission.WITHHELD] == 1
    assert published(site.state.path)["a/one.zip"][0].sha256 == b""
    site.origin.refused.clear()
    site.index()
    assert published(site.state.path)["a/one.zip"][0].sha256.hex() == SHA256


def test_an_origin_that_withholds_all(site: Site) -> None:
    """After a few it is left alone until the next round."""
    many = {f"x/{n}.zip.sha256": b"" for n in range(50)}
    lay(site.tree, many)
    site.origin.refused.update(f"/{path}" for path in many)

    site.index()

    assert len(site.origin.refused & set(site.asked())) < 20


def test_an_origin_that_is_empty(site: Site) -> None:
    """A list without a file takes nothing away."""
    site.index()
    for one in site.tree.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()

    assert site.index().lost is not None
    assert len(published(site.state.path)) == 6
    assert site.index(accept=True).lost is None
    assert len(published(site.state.path)) == 0


def test_an_origin_that_does_not_list(site: Site) -> None:
    """It is told, and the last edition stands."""
    site.index()
    site.origin.refused.add("/")

    standing = site.index()

    assert f"{site.url}: the " in standing.problem
    assert len(published(site.state.path)) == 6


def test_an_origin_that_does_not_answer(site: Site) -> None:
    """It is told likewise; the index of another origin is none of this one."""
    with closed_port() as url:
        standing = site.index(url)

    assert f"{url}: the published tree cannot be listed" in standing.problem
    assert standing.ended is None
    assert not site.state.files.exists()
