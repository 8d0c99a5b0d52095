"""Where an instance may lie."""

import os
from pathlib import Path

import pytest

from mirrorsel.errors import InstanceError
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.instance.place import (
    check_apart,
    check_own,
    check_plain,
    check_root,
    check_safe,
    warnings,
)
from tests.httpd.served import open_folder
from tests.instance.ready import give


@pytest.mark.parametrize("path", ["/etc/mirrorsel", "/srv/a.b/c_d-e+f@g/1"])
def test_plain_paths(path: str) -> None:
    """Letters, digits and a few signs mean themselves everywhere."""
    check_plain(Path(path), "the folder")


@pytest.mark.parametrize("sign", list(" \t\n\"'$%*ä\\:"))
def test_other_signs_are_refused(sign: str) -> None:
    """The first one is named, with what would be right."""
    with pytest.raises(InstanceError) as caught:
        check_plain(Path(f"/srv/my{sign}mirrors"), "the folder")

    assert f"has the character {sign!r}" in str(caught.value)
    assert "letters, digits and" in str(caught.value)


@pytest.mark.parametrize("path", ["/srv/www/my site", "/srv/été", "/srv/it's"])
def test_document_roots_are_quoted(path: str) -> None:
    """In quotes they may have blanks and what else there is."""
    check_root(Path(path))


@pytest.mark.parametrize(
    "path", ['/srv/"', "/srv/${x}", "/srv/a*", "/srv/a[b", "/srv/a\nb", "srv", "/"]
)
def test_document_roots_that_cannot_be(path: str) -> None:
    """What stands for something else in quotes too is refused."""
    with pytest.raises(InstanceError, match="document root"):
        check_root(Path(path))


@pytest.mark.parametrize(
    ("folder", "root"),
    [
        pytest.param("www/mirrorsel", "www", id="inside"),
        pytest.param("www", "www", id="the same"),
        pytest.param("mirrorsel", "mirrorsel/www", id="around"),
        pytest.param("link/mirrorsel", "www", id="inside, through a link"),
    ],
)
def test_an_instance_is_never_published(tmp_path: Path, folder: str, root: str) -> None:
    """Its folder and a document root lie apart."""
    (tmp_path / "www").mkdir()
    (tmp_path / "link").symlink_to("www")

    with pytest.raises(InstanceError, match="must not lie in each other"):
        check_apart(tmp_path / folder, [tmp_path / "other", tmp_path / root])


def test_folders_beside_are_apart(tmp_path: Path) -> None:
    """Names that begin alike are no reason."""
    check_apart(tmp_path / "www-mirrorsel", [tmp_path / "www"])


@pytest.mark.parametrize("names", [[], ["mirrors.list", "README"], ["mirrorsel.toml"]])
def test_a_folder_of_its_own(tmp_path: Path, names: list[str]) -> None:
    """An empty folder is one, and so is one with settings or a list."""
    for name in names:
        (tmp_path / name).touch()

    check_own(tmp_path)
    check_own(tmp_path / "new")


def test_a_folder_of_other_things_is_no_place(tmp_path: Path) -> None:
    """It is told what is in the way, and which name would be free."""
    (tmp_path / "systemd").mkdir()

    with pytest.raises(InstanceError, match="such as systemd,") as caught:
        check_own(tmp_path)

    assert str(caught.value).endswith(f"such as {tmp_path}/mirrorsel")


def test_a_file_is_no_place(tmp_path: Path) -> None:
    """What is there and no folder is told."""
    (tmp_path / "file").touch()

    with pytest.raises(InstanceError, match="is no folder"):
        check_safe(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is deceived by others")
def test_a_folder_of_somebody_is_no_place() -> None:
    """Who owns a folder above could put another wsgi.py in the place of ours."""
    with open_folder() as base:
        give(base, choose_accounts().httpd)

        with pytest.raises(InstanceError, match=f"{base} can be written by others"):
            check_safe(base / "mirrorsel")


def test_a_closed_folder_is_warned_of(tmp_path: Path) -> None:
    """The outermost one is named, with what opens it."""
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o700)
    found = list(warnings(closed / "mirrorsel"))

    assert [one for one in found if f"`chmod o+x {closed}`" in one]


def test_a_folder_that_is_emptied_is_warned_of() -> None:
    """What lies below /tmp is gone some day."""
    with open_folder() as base:
        [found] = warnings(base)

    assert "is emptied" in found
