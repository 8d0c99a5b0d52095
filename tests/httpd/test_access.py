"""What an account may read is found out by trying."""

import shutil
import sys
from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.access import (
    _enters,
    check_package,
    check_readable,
    check_writable,
)
from mirrorsel.httpd.accounts import Account


def test_the_installed_package_is_readable(stranger: Account) -> None:
    """Where ./dev setup has installed it, httpd's account can import mirrorsel."""
    check_package(stranger)


def test_a_closed_folder_is_named(public_folder: Path, stranger: Account) -> None:
    """A Python in a folder that the account cannot enter is told with the folder."""
    closed = public_folder / "closed"
    shutil.copytree(Path(sys.prefix) / "bin", closed / "bin", symlinks=True)
    closed.chmod(0)

    with pytest.raises(HttpdError) as caught:
        check_package(stranger, closed / "bin" / "python")

    closed.chmod(0o700)

    assert str(caught.value) == (
        f"the account {stranger.user} cannot enter {closed}, where mirrorsel or its"
        " Python lies: install both in a folder that everybody can read, such as /opt"
    )


def test_a_python_without_mirrorsel_is_told(
    public_folder: Path, stranger: Account
) -> None:
    """Where no folder is closed, the package itself is named."""
    with pytest.raises(HttpdError, match=f"cannot read {public_folder}, where"):
        check_package(stranger, Path("/usr/bin/false"), public_folder)


@pytest.mark.parametrize(
    ("mode", "owner", "group", "enters"),
    [
        pytest.param(0o700, True, False, True, id="its owner enters"),
        pytest.param(0o077, True, True, False, id="all but its owner enter"),
        pytest.param(0o710, False, True, True, id="its group enters"),
        pytest.param(0o705, False, True, False, id="all but its group enter"),
        pytest.param(0o701, False, False, True, id="others enter"),
        pytest.param(0o770, False, False, False, id="others do not enter"),
    ],
)
def test_modes_count_for_whom_they_are_meant(
    public_folder: Path, mode: int, *, owner: bool, group: bool, enters: bool
) -> None:
    """The owner's bit counts for the owner alone, then the group's, then the rest."""
    folder = public_folder / "folder"
    folder.mkdir()
    about = folder.stat()
    account = Account(
        user="someone",
        group="some",
        uid=about.st_uid + (0 if owner else 1),
        gid=about.st_gid + (0 if group else 1),
    )
    folder.chmod(mode)
    found = _enters(account, folder)
    folder.chmod(0o700)

    assert found is enters


def test_an_unreadable_file_is_named(public_folder: Path, stranger: Account) -> None:
    """The first file that the account cannot read is told; a missing one is not."""
    file = public_folder / "places.mmdb"
    file.touch(0o644)
    check_readable(stranger, (file, public_folder / "missing"))
    file.chmod(0)

    with pytest.raises(HttpdError, match=f"cannot read {file}"):
        check_readable(stranger, (file,))


def test_a_closed_state_folder_is_named(public_folder: Path, stranger: Account) -> None:
    """A folder is writable when a file can be made in it."""
    folder = public_folder / "state"
    folder.mkdir()
    folder.chmod(0o777)
    check_writable(stranger, folder)
    folder.chmod(0o555)

    with pytest.raises(HttpdError, match=f"cannot write to {folder}"):
        check_writable(stranger, folder)
