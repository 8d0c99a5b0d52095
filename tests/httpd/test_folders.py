"""Folders that nobody else can replace."""

import os
from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.folders import check_guarded, make_folder


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("group", "above", "mode"),
    [
        pytest.param(None, 0o700, 0o700, id="for its owner"),
        pytest.param(os.getegid(), 0o755, 0o751, id="for a group"),
    ],
)
def test_modes(tmp_path: Path, group: int | None, above: int, mode: int) -> None:
    """A folder is closed as asked, and those made above it can be entered."""
    folder = tmp_path / "above" / "folder"
    make_folder(folder, group)

    assert (above, mode) == (_mode(folder.parent), _mode(folder))


def test_a_link_is_no_folder(tmp_path: Path) -> None:
    """What a link leads to is not given another mode."""
    (tmp_path / "real").mkdir(mode=0o750)
    (tmp_path / "link").symlink_to("real")

    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "link")

    assert _mode(tmp_path / "real") == 0o750


def test_root_needs_all_above_guarded(tmp_path: Path) -> None:
    """Where others can write above it, they could deceive root, and only root."""
    folder = tmp_path / "above" / "folder"
    make_folder(folder)
    folder.parent.chmod(0o777)
    refused = False
    try:
        check_guarded(folder)
    except HttpdError as error:
        refused = str(error) == f"{folder.parent} can be written by others than root"

    assert refused is (os.geteuid() == 0)
