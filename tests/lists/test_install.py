"""How a list is replaced."""

import fcntl
import os
import resource
import stat
import struct
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mirrorsel.errors import ListError
from mirrorsel.lists.install import Held

OLD = b"http de https://a.example/\n"
NEW = b"http fr https://b.example/\n"

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")

_ACL = "system.posix_acl_access"
_DEFAULT_ACL = "system.posix_acl_default"
_NOBODY = 65534
_STAFF = 50


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


def test_replaced_again(file: Path) -> None:
    """The version that is kept is the last one before, with its time."""
    os.utime(file, (1, 1))
    with Held(file) as held:
        held.replace(NEW)
        assert held.kept.stat().st_mtime == 1
        held.replace(b"# third\n")

    assert (file.read_bytes(), held.kept.read_bytes()) == (b"# third\n", NEW)


@only_root
def test_owner(file: Path) -> None:
    """Root's edit leaves the list, and the version before, to its owner."""
    os.chown(file, 1234, 4321)
    with Held(file) as held:
        held.replace(NEW)

    for one in (file, held.kept):
        assert (one.stat().st_uid, one.stat().st_gid) == (1234, 4321)


def test_link(file: Path, tmp_path: Path) -> None:
    """Of a symbolic link, the file behind it is replaced, and the link stays."""
    link = tmp_path / "link"
    link.symlink_to(file)
    with Held(link) as held:
        held.replace(NEW)

    assert link.is_symlink()
    assert file.read_bytes() == NEW


def _acl(*entries: tuple[int, int, int]) -> bytes:
    """Return an access control list as the kernel has it: tag, bits, account."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)


_NO_ACCOUNT = 0xFFFFFFFF
_NOBODY_READS = _acl(
    (0x01, 6, _NO_ACCOUNT),
    (0x02, 4, _NOBODY),
    (0x04, 4, _NO_ACCOUNT),
    (0x10, 4, _NO_ACCOUNT),
    (0x20, 0, _NO_ACCOUNT),
)


def _set_attribute(path: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"the file system has no {name}: {error.strerror}")


def test_attributes(file: Path) -> None:
    """Access control list and further attributes stay with the list."""
    _set_attribute(file, "user.origin", b"git")
    _set_attribute(file, _ACL, _NOBODY_READS)
    with Held(file) as held:
        held.replace(NEW)

    for one in (file, held.kept):
        assert os.getxattr(one, "user.origin") == b"git"
        assert os.getxattr(one, _ACL) == _NOBODY_READS


def test_no_attributes(file: Path) -> None:
    """What the folder gives new files, the list does not get."""
    _set_attribute(file.parent, _DEFAULT_ACL, _NOBODY_READS)
    with Held(file) as held:
        held.replace(NEW)

    assert _ACL not in os.listxattr(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_one_editor(file: Path) -> None:
    """Who comes second is told who is first, until that one is done."""
    with (
        Held(file),
        pytest.raises(ListError, match=rf"edited by \S+, process {os.getpid()}; try"),
        Held(file),
    ):
        pass
    with Held(file) as held:
        assert held.content == OLD
    assert list(file.parent.iterdir()) == [file]


def test_patience(file: Path) -> None:
    """Who has patience gets the list when the first one is done."""
    with ExitStack() as first, ThreadPoolExecutor(1) as pool:
        first.enter_context(Held(file)).replace(NEW)
        second = pool.submit(_content_of, file)
        assert not second.done()
        first.close()

        assert second.result(timeout=20) == NEW


def _content_of(file: Path) -> bytes:
    with Held(file, patience=20) as held:
        return held.content


def test_one_at_a_time(file: Path) -> None:
    """Of many who add a line each at the same time, none loses that of another."""

    def add(number: int) -> None:
        with Held(file, patience=60) as held:
            held.replace(held.content + b"# %d\n" % number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))

    assert len(file.read_bytes().splitlines()) == 41


def test_one_editor_of_links(file: Path, tmp_path: Path) -> None:
    """A list is the same by whichever link it is reached."""
    link = tmp_path / "link"
    link.symlink_to(file)

    with Held(file), pytest.raises(ListError, match="is being edited"), Held(link):
        pass


def test_crash(file: Path) -> None:
    """What an editor that was killed has left behind keeps nobody from editing."""
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from mirrorsel.lists.install import Held\n"
        "with Held(Path(sys.argv[1])) as held, held._draft('new') as draft:\n"
        "    draft.write(b'half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, file], check=False)
    left = {one.name for one in file.parent.iterdir()}
    with Held(file) as held:
        held.replace(NEW)

    assert left == {file.name, ".mirrors.list.lock", ".mirrors.list.new"}
    assert set(file.parent.iterdir()) == {file, held.kept}


def test_lock_is_closed_to_readers(file: Path) -> None:
    """Those who can only read the list cannot keep others from editing it."""
    file.chmod(0o664)
    with Held(file):
        lock = file.parent / ".mirrors.list.lock"
        assert stat.S_IMODE(lock.stat().st_mode) == 0o660
        descriptor = os.open(file.parent, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)


def test_changed_meanwhile(file: Path) -> None:
    """What another program wrote is not overwritten until it has been read."""
    with Held(file) as held:
        file.write_bytes(b"# theirs\n")
        with pytest.raises(ListError, match="changed meanwhile"):
            held.replace(NEW)
        assert file.read_bytes() == b"# theirs\n"
        assert held.read_again() == b"# theirs\n"
        held.replace(NEW)

    assert (file.read_bytes(), held.kept.read_bytes()) == (NEW, b"# theirs\n")


def test_link_switched_meanwhile(tmp_path: Path) -> None:
    """A link that leads elsewhere now, as after a deployment, is told."""
    for release in ("1", "2"):
        (tmp_path / release).mkdir()
        (tmp_path / release / "mirrors.list").write_bytes(OLD)
    current = tmp_path / "current"
    current.symlink_to("1")
    with Held(current / "mirrors.list") as held:
        current.unlink()
        current.symlink_to("2")
        with pytest.raises(ListError, match="leads to another file than before"):
            held.replace(NEW)

    for release in ("1", "2"):
        assert (tmp_path / release / "mirrors.list").read_bytes() == OLD


def test_folder_switched_meanwhile(tmp_path: Path) -> None:
    """In a folder that has taken the first one's place, nothing is written."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mirrors.list").write_bytes(OLD)
    with Held(folder / "mirrors.list") as held:
        folder.rename(tmp_path / "away")
        folder.mkdir()
        (folder / "mirrors.list").write_bytes(OLD)
        with pytest.raises(ListError, match="leads to another file than before"):
            held.replace(NEW)

    assert list(folder.iterdir()) == [folder / "mirrors.list"]


def test_list_becomes_a_link(file: Path, tmp_path: Path) -> None:
    """A link that somebody puts in the place of the list is not followed."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret\n")
    with Held(file) as held:
        file.unlink()
        file.symlink_to(secret)
        with pytest.raises(ListError, match="another file than before"):
            held.read_again()


def test_planted_links(file: Path, tmp_path: Path) -> None:
    """Links by the names that are written are replaced, and not followed."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious\n")
    for name in ("mirrors.list~", ".mirrors.list.new", ".mirrors.list.old"):
        (tmp_path / name).symlink_to(victim)
    with Held(file) as held:
        held.replace(NEW)

    assert victim.read_bytes() == b"precious\n"
    assert (held.kept.read_bytes(), held.kept.is_symlink()) == (OLD, False)


def test_planted_lock(file: Path, tmp_path: Path) -> None:
    """A link by the name of the lock is refused, and what it leads to is as it was."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious\n")
    (tmp_path / ".mirrors.list.lock").symlink_to(victim)
    with pytest.raises(ListError, match="cannot be edited"), Held(file):
        pass

    assert victim.read_bytes() == b"precious\n"


def test_hard_link_as_lock(file: Path, tmp_path: Path) -> None:
    """A lock that is another file too is refused, and that is as it was."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious\n")
    (tmp_path / ".mirrors.list.lock").hardlink_to(victim)
    with pytest.raises(ListError, match="has another name"), Held(file):
        pass

    assert victim.read_bytes() == b"precious\n"


@only_root
def test_link_of_another(file: Path, tmp_path: Path) -> None:
    """Who can put a link in the list's place does not lead root to another's file."""
    victim = tmp_path / "precious"
    victim.write_bytes(b"precious\n")
    file.unlink()
    file.symlink_to(victim)
    os.chown(file, _NOBODY, _NOBODY, follow_symlinks=False)
    match = f"a link of nobody leads to {victim}, which belongs to root; if that"
    with pytest.raises(ListError, match=match), Held(file):
        pass
    assert set(tmp_path.iterdir()) == {victim, file}

    os.chown(victim, _NOBODY, _NOBODY)
    with Held(file) as held:
        held.replace(NEW)
    assert victim.read_bytes() == NEW


def test_never_setuid(file: Path) -> None:
    """A list that runs as its owner is followed by one that does not."""
    file.chmod(0o6750)
    with Held(file) as held:
        held.replace(NEW)

    assert {stat.S_IMODE(one.stat().st_mode) for one in (file, held.kept)} == {0o750}


def test_pipe_as_lock(file: Path, tmp_path: Path) -> None:
    """A named pipe in the place of the lock keeps nobody waiting."""
    os.mkfifo(tmp_path / ".mirrors.list.lock")

    with pytest.raises(ListError, match="is not an ordinary file"), Held(file):
        pass


def test_kept_cannot_be_written(file: Path) -> None:
    """Where the old version cannot be kept, the list stays."""
    (file.parent / "mirrors.list~").mkdir()
    with Held(file) as held, pytest.raises(ListError, match="list~: Is a directory"):
        held.replace(NEW)

    assert file.read_bytes() == OLD
    assert len(list(file.parent.iterdir())) == 2


@contextmanager
def _disk_full(room: int) -> Iterator[None]:
    """Let files have so many bytes at most; Python ignores the signal of that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_room(file: Path) -> None:
    """Without room for the new version, list and version before are as they were."""
    with Held(file) as held:
        held.replace(NEW)
        with _disk_full(64), pytest.raises(ListError, match="cannot be written"):
            held.replace(NEW * 9)

    assert (file.read_bytes(), held.kept.read_bytes()) == (NEW, OLD)
    assert set(file.parent.iterdir()) == {file, held.kept}


def test_hard_link(file: Path) -> None:
    """Further names of the file are told of: they keep the old version."""
    other = file.parent / "other"
    other.hardlink_to(file)
    with Held(file) as held:
        (remark,) = held.remarks
        held.replace(NEW)

    assert remark.startswith("it has 2 names")
    assert other.read_bytes() == OLD


def test_nothing_to_remark(file: Path) -> None:
    """Where only the content changes, there is nothing to tell."""
    with Held(file) as held:
        assert held.remarks == ()


@contextmanager
def _somebody(*groups: int) -> Iterator[None]:
    """Be an ordinary account for a while, of a group that has its number."""
    before = os.getgroups()
    os.setgroups(groups)
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(before)


@pytest.fixture
def theirs() -> Iterator[Path]:
    """Give a list that root and its group may write, in a folder alike."""
    # The folders of pytest are closed to other accounts.
    with TemporaryDirectory() as folder:
        file = Path(folder) / "mirrors.list"
        file.write_bytes(OLD)
        for one, mode in ((file.parent, 0o2775), (file, 0o664)):
            os.chown(one, 0, _STAFF)
            one.chmod(mode)
        yield file


@only_root
def test_member_of_the_group(theirs: Path) -> None:
    """A member of the group keeps group and mode, and is told whose it will be."""
    with _somebody(_STAFF), Held(theirs) as held:
        (remark,) = held.remarks
        held.replace(NEW)

    about = theirs.stat()
    assert "belongs to root now and to nobody afterwards" in remark
    assert (about.st_uid, about.st_gid) == (_NOBODY, _STAFF)
    assert stat.S_IMODE(about.st_mode) == 0o664


@only_root
def test_of_another_owner(theirs: Path) -> None:
    """From an owner other than root, nothing is taken: it is refused at once."""
    os.chown(theirs, 1, _STAFF)
    with (
        _somebody(_STAFF),
        pytest.raises(ListError, match="not stay with its owner daemon; use sudo"),
        Held(theirs),
    ):
        pass

    assert list(theirs.parent.iterdir()) == [theirs]


@only_root
def test_of_another_group(theirs: Path) -> None:
    """A group that cannot be kept, through which others may read it, is told."""
    os.chown(theirs, _NOBODY, 33)
    with (
        _somebody(_STAFF),
        pytest.raises(ListError, match="not stay with the group www-data; use sudo"),
        Held(theirs),
    ):
        pass


@only_root
def test_closed_folder(theirs: Path) -> None:
    """A list that can be written where no file can be made is refused at once."""
    theirs.parent.chmod(0o755)

    with (
        _somebody(_STAFF),
        pytest.raises(ListError, match=r"able to write in .*; use sudo"),
        Held(theirs),
    ):
        pass


@only_root
def test_closed_list(theirs: Path) -> None:
    """Who may write in the folder, but not the list, may not replace it."""
    theirs.chmod(0o644)

    with (
        _somebody(_STAFF),
        pytest.raises(ListError, match="you may not write it; use sudo, or be root"),
        Held(theirs),
    ):
        pass


@only_root
def test_closed_lock(theirs: Path) -> None:
    """A lock that is closed to us is named, as a crash may have left it."""
    (theirs.parent / ".mirrors.list.lock").touch(0o600)

    with (
        _somebody(_STAFF),
        pytest.raises(ListError, match=r"may not open .*\.lock; if nobody edits"),
        Held(theirs),
    ):
        pass


def test_missing(tmp_path: Path) -> None:
    """A list that is not there is named, with the reason."""
    with pytest.raises(ListError, match="No such file"), Held(tmp_path / "none"):
        pass


def test_circle(tmp_path: Path) -> None:
    """Links that lead in a circle are an error like others."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    with (
        pytest.raises(ListError, match="levels of symbolic links"),
        Held(tmp_path / "a"),
    ):
        pass
