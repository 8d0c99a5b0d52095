"""Ways over symbolic links."""

import os
from pathlib import Path

import pytest

from mirrorsel.links import follow, open_folder

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")

_NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a file and links of all kinds."""
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "real" / "file").touch()
    for name, target in (
        ("absolute", str(tmp_path / "real")),
        ("relative", "real/deep"),
        ("twice", "relative/../file"),
        ("above", "../"),
        ("nowhere", "absolute/missing/too"),
        ("circle", "circle"),
    ):
        (tmp_path / name).symlink_to(target)
    return tmp_path.resolve()


@pytest.mark.parametrize(
    "path",
    [
        "real/file",
        "absolute/file",
        "relative",
        "relative/../file",
        "./real/./deep/..",
        "twice",
        "above",
        "nowhere",
        "nowhere/more",
    ],
)
def test_as_the_system_follows(folder: Path, path: str) -> None:
    """A way ends where the system's own does."""
    assert follow(folder / path).file == Path(os.path.realpath(folder / path))


def test_from_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path starts in the folder of the process."""
    monkeypatch.chdir(folder / "real")

    assert follow(Path("../twice")).file == folder / "real" / "file"


@pytest.mark.parametrize("path", ["circle", "real/file/more"])
def test_no_way(folder: Path, path: str) -> None:
    """A circle is an error, and so is a file in the place of a folder."""
    with pytest.raises(OSError, match=r"symbolic links|Not a directory"):
        follow(folder / path)


@only_root
def test_strangers(folder: Path) -> None:
    """A link counts if it is root's, or of the owner of what it leads to."""
    os.chown(folder / "relative", _NOBODY, _NOBODY, follow_symlinks=False)
    way = follow(folder / "twice")

    assert way.owners == {0, _NOBODY}
    assert way.strangers(0) == {_NOBODY}
    assert not way.strangers(_NOBODY)
    assert not follow(folder / "absolute").strangers(0)


def test_folder_is_opened(folder: Path) -> None:
    """The folder of a path without links is opened, and none over a link."""
    for one in (folder / "real" / "deep", Path("/")):
        descriptor = open_folder(one)
        try:
            assert os.path.samestat(os.fstat(descriptor), one.stat())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    for path in ("absolute", "absolute/deep", "real/file", "missing"):
        with pytest.raises(OSError, match=r"Not a directory|No such file"):
            open_folder(folder / path)
