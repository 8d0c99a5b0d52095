"""The place of a database, and who may fill it."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mirrorsel.errors import SupplyError
from mirrorsel.supply.seat import Seat

# Links its second argument to its first, whenever there is none.
_LINKING = """
import os, sys
print(flush=True)
while True:
    try:
        os.symlink(*sys.argv[1:])
    except OSError:
        pass
"""


def names(folder: Path) -> list[str]:
    """Return the names of all files in a folder."""
    return sorted(one.name for one in folder.iterdir())


def replaced(file: Path, content: bytes, *, keep: bool = True) -> None:
    """Replace a database."""
    with Seat(file) as seat:
        seat.part.write(content)
        seat.part.flush()
        seat.replace(keep=keep)


def test_new_file(tmp_path: Path) -> None:
    """A new one can be read by everybody, in a folder that everybody may pass."""
    before = os.umask(0o077)
    try:
        replaced(tmp_path / "geoip" / "a.mmdb", b"new")
    finally:
        os.umask(before)
    file = tmp_path / "geoip" / "a.mmdb"

    assert b"new" == file.read_bytes()
    assert [0o644, 0o755] == [
        stat.S_IMODE(one.stat().st_mode) for one in (file, file.parent)
    ]
    assert ["a.mmdb"] == names(file.parent)


def test_mode_and_owner(tmp_path: Path) -> None:
    """The mode stays, and where we may set it the owner too."""
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(file, 65534, 65534)
    owner = file.stat().st_uid

    replaced(file, b"new")

    assert (0o640, owner) == (stat.S_IMODE(file.stat().st_mode), file.stat().st_uid)
    assert b"old" == (tmp_path / "a~").read_bytes()
    assert ["a", "a~"] == names(tmp_path)


def test_kept(tmp_path: Path) -> None:
    """Only the last one is kept, and none where that is not wanted."""
    file = tmp_path / "a"
    for content in (b"1", b"2", b"3"):
        replaced(file, content)
    replaced(file, b"4", keep=False)

    assert (b"4", b"2") == (file.read_bytes(), (tmp_path / "a~").read_bytes())


def test_link_stays(tmp_path: Path) -> None:
    """What a symbolic link leads to is replaced, and not the link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("real/a")

    replaced(link, b"new")

    assert link.is_symlink()
    assert b"new" == (tmp_path / "real" / "a").read_bytes()
    assert ["a", "a~"] == names(tmp_path / "real")


def test_given_up(tmp_path: Path) -> None:
    """What is not put into place leaves nothing, not even a new folder."""
    with Seat(tmp_path / "new" / "a") as seat:
        seat.part.write(b"half")

    assert [] == names(tmp_path)


def test_killed_before(tmp_path: Path) -> None:
    """What a killed process left is overwritten, and then gone."""
    (tmp_path / ".a.part").write_bytes(b"half of something longer")
    (tmp_path / ".a.kept").write_bytes(b"old")
    (tmp_path / "a").write_bytes(b"old")

    replaced(tmp_path / "a", b"new")

    assert b"new" == (tmp_path / "a").read_bytes()
    assert ["a", "a~"] == names(tmp_path)


def test_one_at_a_time(tmp_path: Path) -> None:
    """A second process is told of the first, and harms nothing."""
    file = tmp_path / "a"
    with Seat(file) as seat:
        seat.part.write(b"new")
        with pytest.raises(SupplyError, match="another process"), Seat(file):
            pass
        seat.part.flush()
        seat.replace(keep=False)
        # What is in place now is locked still, and no hindrance.
        replaced(file, b"newer")

    assert b"newer" == file.read_bytes()
    assert ["a"] == [one for one in names(tmp_path) if not one.endswith("~")]


def test_many_at_once(tmp_path: Path) -> None:
    """However many try, the file is always whole, and nothing else is left."""
    file, done = tmp_path / "a", list[bytes]()

    def work(number: int) -> None:
        content = b"%d" % number * 5000
        for _ in range(20):
            try:
                replaced(file, content)
            except SupplyError:
                continue
            done.append(content)

    threads = [threading.Thread(target=work, args=(one,)) for one in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert file.read_bytes() in done
    assert {"a", "a~"} >= set(names(tmp_path))


@pytest.mark.parametrize(
    "lay",
    [
        pytest.param(lambda part: part.symlink_to("other"), id="link"),
        pytest.param(lambda part: part.hardlink_to(part.with_name("other")), id="hard"),
        pytest.param(os.mkfifo, id="pipe"),
        pytest.param(Path.mkdir, id="folder"),
    ],
)
def test_planted(lay: Callable[[Path], None], tmp_path: Path) -> None:
    """Where another file lies in our way, nothing is written through it."""
    (tmp_path / "other").write_bytes(b"precious")
    lay(tmp_path / ".a.part")
    with pytest.raises(SupplyError):
        replaced(tmp_path / "a", b"new")

    assert b"precious" == (tmp_path / "other").read_bytes()
    assert not (tmp_path / "a").exists()


def test_no_folder(tmp_path: Path) -> None:
    """Only the last folder is made."""
    with pytest.raises(SupplyError, match="No such file"), Seat(tmp_path / "x/y/a"):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_link_of_another(tmp_path: Path) -> None:
    """Whoever can put a link in the database's place makes no file of root's."""
    link, target = tmp_path / "a.mmdb", tmp_path / "nologin"
    link.symlink_to(target)
    os.chown(link, 65534, 65534, follow_symlinks=False)

    with pytest.raises(SupplyError, match="another account's link"), Seat(link):
        pass
    assert ["a.mmdb"] == names(tmp_path)


def test_link_in_the_place_of_what_is_kept(tmp_path: Path) -> None:
    """Whoever can write the folder puts a link where the old one is copied: in vain.

    They are as fast as they can be, and nothing is ever written through it.
    """
    victim, file = tmp_path / "victim", tmp_path / "geoip" / "a.mmdb"
    victim.write_bytes(b"dear")
    replaced(file, b"old")
    spare = file.with_name(".a.mmdb.kept")
    command = [sys.executable, "-c", _LINKING, str(victim), str(spare)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        try:
            assert other.stdout is not None
            other.stdout.readline()
            for _ in range(300):
                with suppress(OSError):
                    replaced(file, b"new")
        finally:
            other.kill()

    assert b"dear" == victim.read_bytes()


def test_link_in_the_place_of_the_database(tmp_path: Path) -> None:
    """What the database becomes meanwhile lends the new one no mode."""
    program, file = tmp_path / "su", tmp_path / "a.mmdb"
    program.write_bytes(b"su")
    program.chmod(0o4755)
    file.write_bytes(b"old")
    with Seat(file) as seat:
        file.unlink()
        file.symlink_to(program)
        with pytest.raises(OSError, match="ordinary") as caught:
            seat.replace(keep=True)

    assert str(file) == caught.value.filename
    assert (b"su", True) == (program.read_bytes(), file.is_symlink())


def test_never_setuid(tmp_path: Path) -> None:
    """A database that runs as its owner is followed by one that does not."""
    file = tmp_path / "a.mmdb"
    file.write_bytes(b"old")
    file.chmod(0o6750)

    replaced(file, b"new")

    kept = tmp_path / "a.mmdb~"
    assert [0o750, 0o750] == [stat.S_IMODE(one.stat().st_mode) for one in (file, kept)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_part_of_another(tmp_path: Path) -> None:
    """A file that somebody else has made, and may hold open, is not filled."""
    part = tmp_path / ".a.mmdb.part"
    with part.open("w+b") as theirs:
        os.chown(part, 65534, 65534)
        replaced(tmp_path / "a.mmdb", b"new")
        theirs.write(b"evil")

    assert b"new" == (tmp_path / "a.mmdb").read_bytes()
