"""Ordinary files, read without waiting."""

import os
from pathlib import Path

import pytest

from mirrorsel.regular import open_regular, read_regular

# This file of the system is root's, whoever runs the tests.
_ROOTS = Path("/etc/passwd")


def test_content(tmp_path: Path) -> None:
    """The content of a file that is as large as it may be is whole."""
    (tmp_path / "file").write_bytes(b"12345")

    assert read_regular(tmp_path / "file", largest=5) == b"12345"


def test_size(tmp_path: Path) -> None:
    """A file that is larger is not opened."""
    (tmp_path / "file").write_bytes(b"123456")

    with pytest.raises(OSError, match="larger than 0 MiB"):
        open_regular(tmp_path / "file", largest=5)


def test_a_link_may_lead_to_another_owner(tmp_path: Path) -> None:
    """An operator's link is followed, a less trusted account's is not."""
    link = tmp_path / "link"
    link.symlink_to(_ROOTS)
    if os.geteuid() == 0:
        os.chown(link, 1, 1, follow_symlinks=False)
    open_regular(link, largest=2**20).close()

    with pytest.raises(OSError, match="link to another owner"):
        open_regular(link, largest=2**20, follow=False)
