"""What is to be seen of an instance in the tables of the system."""

import fcntl
import os
from itertools import product
from pathlib import Path

import pytest

from mirrorsel.doctor.checker import Unit
from mirrorsel.doctor.rights import Deed
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.instance.seen.can import by_mode, can
from mirrorsel.instance.seen.checker import see_lock
from mirrorsel.instance.seen.folders import kind_of
from mirrorsel.instance.seen.unit import read_unit
from mirrorsel.instance.units import CHECKER, units
from mirrorsel.lists.account import account_name
from tests.httpd.served import open_folder
from tests.instance.plans import plan

BY_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs accounts to change to")


@BY_ROOT
@pytest.mark.parametrize("deed", [Deed.READ, Deed.WRITE, Deed.ENTER])
def test_modes_tell_what_a_trial_tells(deed: Deed) -> None:
    """Without access lists, whoever reads modes sees what root finds out by trying."""
    account = choose_accounts().httpd
    with open_folder() as base:
        wishes = []
        owners = ((0, 0), (account.uid, 0), (0, account.gid))
        for number, ((uid, gid), mode, inner) in enumerate(
            product(owners, (0o700, 0o070, 0o707, 0o711), (0o000, 0o555, 0o777, 0o007))
        ):
            outer = base / str(number)
            folder = outer / "folder"
            folder.mkdir(parents=True)
            for one, bits in ((folder, inner), (outer, mode)):
                os.chown(one, uid, gid)
                one.chmod(bits)
            wishes.append((deed, folder))
        tried = can(account, wishes)
        read = [by_mode(account, deed, path) for deed, path in wishes]

    assert tried == read
    assert {True, False} == set(tried)


def test_what_is_not_there_cannot_be_told() -> None:
    """It is neither allowed nor refused."""
    account = choose_accounts().web
    with open_folder() as base:
        wish = (Deed.READ, base / "missing")

        assert [None] == can(account, [wish])
        assert by_mode(account, *wish) is None


def test_a_lock_is_seen_while_it_is_held(tmp_path: Path) -> None:
    """Whose process holds it is in the system's table."""
    lock = tmp_path / "lock"
    with lock.open("w") as file:
        free = see_lock(lock)
        fcntl.flock(file, fcntl.LOCK_EX)
        held = see_lock(lock)

    assert (False, "") == free
    assert (True, account_name(os.geteuid())) == held
    assert (False, "") == see_lock(lock)
    assert (False, "") == see_lock(tmp_path / "missing")


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("", id="empty"),
        pytest.param("1: FLOCK\nnonsense\n", id="of another form"),
        pytest.param("1: FLOCK  ADVISORY  WRITE 1 00:1a:{inode} 0 EOF\n", id="dead"),
    ],
)
def test_odd_tables_of_locks(tmp_path: Path, table: str) -> None:
    """A table that says nothing leaves it to the trial."""
    lock = tmp_path / "lock"
    lock.touch()
    locks = tmp_path / "locks"
    text = table.format(inode=lock.stat().st_ino)
    # Of a process that has ended meanwhile.
    locks.write_text(text.replace("WRITE 1 ", "WRITE 4194305 "))

    assert (False, "") == see_lock(lock, locks)
    assert (False, "") == see_lock(lock, tmp_path / "missing")


def test_kinds_of_file_systems(tmp_path: Path) -> None:
    """The longest mount point counts, and of equal ones the last."""
    inside = tmp_path / "a b"
    inside.mkdir()
    escaped = str(inside).replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"x / ext4 rw 0 0\nx {escaped} xfs rw 0 0\nx {escaped} tmpfs rw 0 0\n"
        f"x {tmp_path}-not zfs rw 0 0\n"
    )

    assert ("tmpfs", "ext4") == (kind_of(inside, mounts), kind_of(tmp_path, mounts))
    assert kind_of(inside, tmp_path / "missing") == ""


def test_users_without_a_name() -> None:
    """Their number stands for them."""
    assert account_name(4_000_000_000) == "4000000000"


def test_our_unit_is_read(tmp_path: Path) -> None:
    """Account and settings are found in it, and whether systemd wants it."""
    text = dict(units(plan(Path("/etc/mirrorsel"))))[CHECKER]
    other, place = tmp_path / "other", tmp_path / "place"
    place.mkdir()
    (place / CHECKER).write_text(text)
    expected = Unit(
        user="mirrorsel-checker",
        enabled=False,
        settings="/etc/mirrorsel/mirrorsel.toml",
    )

    assert expected == read_unit((other, place))
    assert read_unit((other,)) is None


@pytest.mark.parametrize("text", ["nonsense", "[Service\n", "[Service]\nExecStart='\n"])
def test_odd_units(tmp_path: Path, text: str) -> None:
    """One that cannot be read names nobody."""
    (tmp_path / CHECKER).write_text(text)
    found = read_unit((tmp_path,))

    assert found is None or (found.user, found.settings) == ("", "")
