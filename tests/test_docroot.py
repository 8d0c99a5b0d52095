"""Tests for mirrorsel.docroot."""

import os
import threading
from functools import partial
from pathlib import Path

import pytest

from mirrorsel.docroot import DocumentRoot, open_below
from tests.threads import beside


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path) -> Path:
    """Return a document root with good files, and with ways out of it."""
    root = tmp_path / "root"
    (root / "sub" / "deep").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "root-2").mkdir()
    (tmp_path / "root-2" / "secret").write_bytes(b"secret")
    (root / "a.html").write_bytes(b"a")
    (root / "sub" / "a.html").write_bytes(b"sub a")
    (root / "sub" / "b.html").write_bytes(b"sub b")
    (root / "big").write_bytes(b"x" * 101)
    (root / "full").write_bytes(b"x" * 100)
    (root / "inside").symlink_to("sub/b.html")
    (root / "outside").symlink_to(tmp_path / "secret")
    (root / "away").symlink_to(tmp_path / "root-2")
    (root / "loop").symlink_to("loop")
    (root / "dangling").symlink_to("nothing")
    os.mkfifo(root / "pipe")
    return root


@pytest.mark.parametrize(
    ("name", "beside", "expected"),
    [
        pytest.param("a.html", "", b"a", id="file"),
        pytest.param("b.html", "sub/a.html", b"sub b", id="beside"),
        pytest.param("../a.html", "sub/a.html", b"a", id="upwards-inside"),
        pytest.param("/a.html", "sub/a.html", b"a", id="from-the-root"),
        pytest.param("inside", "", b"sub b", id="link-inside"),
        pytest.param("full", "", b"x" * 100, id="largest"),
        pytest.param("big", "", None, id="too-large"),
        pytest.param("outside", "", None, id="link-outside"),
        pytest.param("away/secret", "", None, id="linked-folder"),
        pytest.param("../secret", "", None, id="upwards"),
        pytest.param("../root-2/secret", "", None, id="folder-named-alike"),
        pytest.param("/../../secret", "sub/a.html", None, id="upwards-from-the-root"),
        pytest.param("//etc/passwd", "", None, id="slashes"),
        pytest.param("secret", "away/x", None, id="beside-a-link"),
        pytest.param("sub", "", None, id="folder"),
        pytest.param("pipe", "", None, id="pipe"),
        pytest.param("loop", "", None, id="loop"),
        pytest.param("dangling", "", None, id="dangling"),
        pytest.param("a.html\0", "", None, id="nul"),
        pytest.param("x" * 5000, "", None, id="too-long"),
    ],
)
def test_read(folder: Path, name: str, beside: str, expected: bytes | None) -> None:
    """Only ordinary files inside are read, wherever links lead."""
    root = DocumentRoot(folder, largest=100)

    actual = root.read(name, beside)

    assert expected == actual


def test_name(folder: Path) -> None:
    """A file has one name, whichever links lead to it."""
    (folder.parent / "link").symlink_to(folder)
    root = DocumentRoot(folder.parent / "link")

    actual = root.name("inside"), root.name("../b.html", "sub/deep/x")

    assert ("sub/b.html", "sub/b.html") == actual


def test_read_while_folders_turn_into_links(tmp_path: Path) -> None:
    """A folder that becomes a link between look-up and opening leads nowhere."""
    inside, outside = tmp_path / "root" / "sub", tmp_path / "elsewhere"
    inside.mkdir(parents=True)
    outside.mkdir()
    (inside / "a").write_bytes(b"a")
    (outside / "a").write_bytes(b"secret")
    stop = threading.Event()
    root = DocumentRoot(tmp_path / "root")

    with beside(partial(_swap, inside, outside, stop), end=stop.set):
        found = {root.read("sub/a") for _ in range(5000)}

    assert found <= {b"a", None}


def _swap(inside: Path, outside: Path, stop: threading.Event) -> None:
    aside = inside.with_name("aside")
    while not stop.is_set():
        inside.rename(aside)
        inside.symlink_to(outside)
        inside.unlink()
        aside.rename(inside)


def test_read_below_a_folder_that_cannot_be_listed(folder: Path) -> None:
    """A folder needs to be passed through, not to be readable."""
    (folder / "sub").chmod(0o311)

    content = DocumentRoot(folder).read("sub/a.html")

    (folder / "sub").chmod(0o755)
    assert content == b"sub a"


@pytest.mark.parametrize("name", ["away/secret", "outside"])
def test_a_link_that_came_since_is_not_followed(folder: Path, name: str) -> None:
    """A name that was found without links is opened without any."""
    with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
        open_below(folder, name, os.O_RDONLY)
