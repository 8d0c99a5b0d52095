"""Rounds over a folder: what is read, what is kept and what is forgotten."""

import hashlib
import os
import shutil
import time
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from mirrorsel.indexing import Indexer, Pace, Progress, has_findings, read_standing
from mirrorsel.indexing.clocks import Clocks
from mirrorsel.model import PublishedFile
from mirrorsel.state import StateFolder
from mirrorsel.tree import FileIndex
from tests.indexing.trees import (
    LATER,
    index,
    lay,
    numbers,
    published,
    settings_of,
    tick,
)

MIB = 2**20


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a small tree."""
    return lay(tmp_path / "tree", {"KEYS": b"k", "a/one": b"1" * 99, "a/b/two": b""})


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return the place of a state folder."""
    return tmp_path / "state"


def test_all_that_is_known_of_a_file(tree: Path, state: Path) -> None:
    """Size, time and both hashes are those of the file."""
    content = b"1" * 99
    os.utime(tree / "a/one", (0, 1_700_000_000.9))

    index(tree, state)

    assert published(state)["a/one"] == (
        PublishedFile(
            path="a/one",
            number=0,
            size=99,
            modified=1_700_000_000,
            sha256=hashlib.sha256(content).digest(),
            sha512=hashlib.sha512(content).digest(),
        ),
        None,
    )


def test_pieces_of_large_files(tree: Path, state: Path) -> None:
    """A file of the size that is set has hashes of its pieces, a smaller one none."""
    lay(tree, {"large": b"l" * (2 * MIB), "small": b"s" * (2 * MIB - 1)})

    index(tree, state, pieces_from=2 * MIB)

    found = published(state)
    large = found["large"][1]
    assert large is not None
    assert (large.length, len(large.sha256), len(large.sha1)) == (MIB, 64, 40)
    assert found["small"][1] is None


def test_the_index_is_for_all_to_read(tree: Path, state: Path) -> None:
    """Readers have other accounts; what the writer needs is for it alone."""
    index(tree, state)

    folder = StateFolder(state)
    modes = [one.stat().st_mode & 0o777 for one in (folder.index, folder.files)]
    assert modes == [0o755, 0o644]
    assert folder.work.stat().st_mode & 0o777 == 0o600
    assert {one.name for one in folder.index.iterdir()} == {"files", "indexed", "work"}


def test_what_is_unchanged_is_not_read_again(tree: Path, state: Path) -> None:
    """A second look reads nothing, and leaves readers the edition that they have."""
    index(tree, state)
    before = StateFolder(state).files.stat()

    standing = index(tree, state)

    assert (standing.files, standing.read_files, standing.gone) == (3, 0, 0)
    assert StateFolder(state).files.stat() == before


def test_an_edition_that_came_too_soon_follows(tree: Path, state: Path) -> None:
    """It comes when it is time, without another round."""
    now, step = [0.0], [1.0]

    def tell() -> float:
        # Each question takes a second, at first.
        now[0] += step[0]
        return now[0]

    settings, folder = settings_of(tree), StateFolder(state)
    clocks = Clocks(steady=tell, wall=LATER.wall)
    with closing(
        Indexer(settings, folder, Pace(Event(), share=1.0), clocks=clocks)
    ) as indexer:
        indexer.round(settings)
        lay(tree, {"new": b"n"})
        step[0] = 0.0
        indexer.round(settings)
        assert "new" not in published(state)
        indexer.catch_up()
        assert "new" not in published(state)
        now[0] += 9999
        indexer.catch_up()

    assert "new" in published(state)


def test_what_was_just_written_is_read_again(tree: Path, state: Path) -> None:
    """A second writing within one tick of the clock could not be seen otherwise."""
    index(tree, state, clocks=Clocks())

    assert index(tree, state, clocks=LATER).read_files == 3
    assert index(tree, state, clocks=LATER).read_files == 0


@pytest.mark.parametrize(
    "how", ["longer", "same length", "time put back", "renamed over"]
)
def test_changes_are_seen(tree: Path, state: Path, how: str) -> None:
    """Whatever is done to a file's content, its new hash is published."""
    index(tree, state)
    tick(tree)
    path, before = tree / "a/one", (tree / "a/one").stat()
    content = b"2" * (100 if how == "longer" else 99)
    if how == "renamed over":
        (tree / "new").write_bytes(content)
        os.utime(tree / "new", ns=(0, before.st_mtime_ns))
        (tree / "new").rename(path)
    else:
        path.write_bytes(content)
    if how == "time put back":
        os.utime(path, ns=(0, before.st_mtime_ns))

    standing = index(tree, state)

    assert published(state)["a/one"][0].sha256 == hashlib.sha256(content).digest()
    assert standing.read_files == 1


def test_numbers_follow_content(tree: Path, state: Path) -> None:
    """A file that was touched is the same one; one that was changed is another."""
    index(tree, state)
    before = numbers(state, "KEYS", "a/one", "a/b/two")
    tick(tree)
    (tree / "KEYS").touch()
    (tree / "a/one").write_bytes(b"2" * 99)
    index(tree, state)

    after = numbers(state, "KEYS", "a/one", "a/b/two")
    assert after[0] == before[0]
    assert after[1] > max(before)
    assert after[2] == before[2]


def bytes_read(tree: Path, state: Path) -> int:
    """Bring an index up to date; return how many bytes were hashed for it."""
    files = [0]
    last = [0]

    def tell(progress: Progress) -> None:
        # Each block that is read is told before its file is done.
        if progress.done_bytes > last[0] and progress.done_files == files[0]:
            total[0] += progress.done_bytes - last[0]
        files[0], last[0] = progress.done_files, progress.done_bytes

    total = [0]
    index(tree, state, tell=tell)
    return total[0]


def test_a_hard_link_is_not_read_again(tmp_path: Path, state: Path) -> None:
    """Two names of one file cost one reading."""
    tree = lay(tmp_path / "tree", {"a": b"a" * 5000})
    os.link(tree / "a", tree / "b")

    assert bytes_read(tree, state) == 5000
    found = published(state)
    assert found["a"][0].sha512 == found["b"][0].sha512


def test_a_renamed_folder_is_not_read_again(tmp_path: Path, state: Path) -> None:
    """A release that moves into place costs no reading, and has its pieces too."""
    tree = lay(tmp_path / "tree", {"staging/a": b"a" * 3 * MIB, "b": b"b"})
    index(tree, state, pieces_from=MIB)
    pieces = published(state)["staging/a"][1]
    (tree / "staging").rename(tree / "release")

    assert bytes_read(tree, state) == 0
    found = published(state)
    assert set(found) == {"release/a", "b"}
    assert found["release/a"][1] == pieces is not None


def test_what_is_gone_is_forgotten(tree: Path, state: Path) -> None:
    """Files and folders that are not there any more are in no index."""
    index(tree, state)
    shutil.rmtree(tree / "a")
    standing = index(tree, state)

    files = FileIndex(StateFolder(state).files)
    listing = files.folder("")
    assert listing is not None
    assert [one.name for one in listing.files] == ["KEYS"]
    assert listing.folders == ()
    assert standing.gone == 2


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a tree of 250 files."""
    return lay(tmp_path / "tree", {f"{n % 10}/{n}": b"x" for n in range(250)})


def test_an_empty_root_is_not_believed(large: Path, state: Path) -> None:
    """A disk that is not mounted takes nothing away, however long that lasts."""
    index(large, state)
    for one in large.iterdir():
        shutil.rmtree(one)
    later = Clocks(wall=lambda: time.time() + 9 * 86400)

    for clocks in (LATER, later):
        standing = index(large, state, clocks=clocks)
        assert standing.lost is not None
        assert has_findings(standing)
    assert len(published(state)) == 250


def lose_most(folder: Path) -> None:
    """Remove all but a few files."""
    for n in range(9):
        shutil.rmtree(folder / str(n))


def test_most_files_gone_is_believed_after_a_day(large: Path, state: Path) -> None:
    """Until then all are kept, and what is new is taken in."""
    index(large, state)
    lose_most(large)
    lay(large, {"new": b"n"})
    day = Clocks(wall=lambda: time.time() + 60 + 86400)

    standing = index(large, state)
    assert len(published(state)) == 251
    assert (standing.files, standing.gone) == (26, 225)
    assert standing.lost is not None
    assert index(large, state, clocks=day).lost is None
    assert len(published(state)) == 26


def test_a_loss_that_was_meant(large: Path, state: Path) -> None:
    """Whoever says so is believed at once."""
    index(large, state)
    lose_most(large)

    assert index(large, state, accept=True).lost is None
    assert len(published(state)) == 25


def test_what_is_lost_and_found(large: Path, state: Path) -> None:
    """What is back is as it was, with its numbers, and the day begins anew."""
    index(large, state)
    before = numbers(state, "0/0", "3/13")
    large.rename(large.with_name("elsewhere"))
    large.mkdir()
    assert index(large, state).lost is not None
    large.rmdir()
    large.with_name("elsewhere").rename(large)

    assert index(large, state).lost is None
    assert numbers(state, "0/0", "3/13") == before


def test_most_files_moved_is_no_loss(large: Path, state: Path) -> None:
    """A tree that is ordered anew has as many files as before."""
    index(large, state)
    (large / "new").mkdir()
    for n in range(9):
        (large / str(n)).rename(large / "new" / str(n))

    standing = index(large, state)

    assert standing.lost is None
    assert len(published(state)) == 250


def test_a_folder_that_is_not_there(tree: Path, state: Path) -> None:
    """It is told, and the last edition stands."""
    index(tree, state)
    tree.rename(tree.with_name("elsewhere"))

    standing = index(tree, state)

    assert f"{tree}: the published tree cannot be read" in standing.problem
    assert standing.files == 3
    assert len(published(state)) == 3
    assert read_standing(StateFolder(state).indexed) == standing


def test_hash_files_confirm_and_contradict(tree: Path, state: Path) -> None:
    """Of a file that its hash file contradicts no hash is handed out."""
    digest = hashlib.sha256(b"1" * 99).hexdigest()
    lay(tree, {"a/one.sha256": f"{digest}  one\n".encode(), "KEYS.sha512": b"0" * 128})

    standing = index(tree, state, pieces_from=1)

    found = published(state)
    assert (standing.confirmed, standing.disputed) == (1, 1)
    assert [one.path for one in standing.disputed_files] == ["KEYS"]
    keys, pieces = found["KEYS"]
    assert (keys.sha256, keys.sha512, pieces) == (b"", b"", None)
    assert keys.disputed == "KEYS.sha512 has another SHA-512"
    assert not found["a/one"][0].disputed


@pytest.mark.parametrize("mend", ["hash file", "file", "no hash file"])
def test_a_dispute_that_ends(tree: Path, state: Path, mend: str) -> None:
    """Once they agree, or nothing contradicts, the hash is handed out again."""
    other = hashlib.sha256(b"other").hexdigest()
    lay(tree, {"KEYS.sha256": other.encode()})
    index(tree, state)
    assert published(state)["KEYS"][0].disputed
    tick(tree)
    if mend == "file":
        (tree / "KEYS").write_bytes(b"other")
    elif mend == "hash file":
        text = hashlib.sha256(b"k").hexdigest()
        (tree / "KEYS.sha256").write_text(text)
    else:
        (tree / "KEYS.sha256").unlink()

    standing = index(tree, state)

    content = b"other" if mend == "file" else b"k"
    assert standing.disputed == 0
    assert published(state)["KEYS"][0].sha256 == hashlib.sha256(content).digest()


def test_a_hash_file_under_another_name(tree: Path, state: Path) -> None:
    """What a hash file says hangs on its name, though its content is known."""
    lay(tree, {"KEYS.sha256": hashlib.sha256(b"k").hexdigest().encode()})
    os.link(tree / "KEYS.sha256", tree / "a/one.sha256")

    index(tree, state)

    found = published(state)
    assert found["a/one"][0].disputed == "a/one.sha256 has another SHA-256"
    assert not found["KEYS"][0].disputed


def test_a_list_of_hashes(tree: Path, state: Path) -> None:
    """A list in the root tells of files below, also of those that come later."""
    lines = [f"{hashlib.sha256(one).hexdigest()}  " for one in (b"k", b"x", b"")]
    text = f"{lines[0]}KEYS\n{lines[1]}./a/one\n{lines[2]}a/b/late\n"
    lay(tree, {"SHA256SUMS": text.encode()})

    first = index(tree, state)
    lay(tree, {"a/b/late": b""})
    second = index(tree, state)

    assert (first.confirmed, first.disputed) == (1, 1)
    assert (second.confirmed, second.disputed) == (2, 1)
    assert published(state)["a/one"][0].disputed == "SHA256SUMS has another SHA-256"


def test_ten_thousand_files(tmp_path: Path, state: Path) -> None:
    """They are indexed within a minute, which takes a few seconds."""
    files = {f"{n // 100}/{n}.tar.gz": b"%d" % n for n in range(10_000)}
    tree = lay(tmp_path / "tree", files)
    began = time.monotonic()

    standing = index(tree, state)

    assert time.monotonic() - began < 60
    assert standing.files == standing.read_files == 10_000
    assert FileIndex(StateFolder(state).files).count() == 10_000
