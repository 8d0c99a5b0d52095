"""How a list is replaced."""

import os
import stat
from pathlib import Path

import pytest

from mirrorsel.errors import ListError
from mirrorsel.lists.install import Held

OLD = b"http de https://a.example/\n"
NEW = b"http fr https://b.example/\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a list of an unusual mode."""
    path = tmp_path / "mirrors.list"
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


def test_replaced(file: Path) -> None:
    """The new version has the mode of the old one, which is kept beside it."""
    with Held(file) as held:
        held.replace(NEW)

    assert (file.read_bytes(), held.kept.read_bytes()) == (NEW, OLD)
    assert {stat.S_IMODE(one.stat().st_mode) for one in (file, held.kept)} == {0o640}
    assert set(file.parent.iterdir()) == {file, held.kept}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_owner(file: Path) -> None:
    """Root's edit leaves the list to its owner."""
    os.chown(file, 1234, 4321)
    with Held(file) as held:
        held.replace(NEW)

    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)


def test_link(file: Path, tmp_path: Path) -> None:
    """Of a symbolic link, the file behind it is replaced, and the link stays."""
    link = tmp_path / "link"
    link.symlink_to(file)
    with Held(link) as held:
        held.replace(NEW)

    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_one_editor(file: Path) -> None:
    """Who comes second is told so, until the first one is done."""
    with (
        Held(file),
        pytest.raises(ListError, match="edited by somebody else"),
        Held(file),
    ):
        pass
    with Held(file) as held:
        assert held.content == OLD


def test_changed_meanwhile(file: Path) -> None:
    """What another program wrote is not overwritten."""
    with Held(file) as held:
        file.write_bytes(b"# theirs\n")
        with pytest.raises(ListError, match="changed meanwhile"):
            held.replace(NEW)

    assert file.read_bytes() == b"# theirs\n"


def test_missing(tmp_path: Path) -> None:
    """A list that is not there is named, with the reason."""
    with pytest.raises(ListError, match="No such file"), Held(tmp_path / "none"):
        pass
