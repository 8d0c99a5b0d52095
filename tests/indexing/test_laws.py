"""What holds for any sequence of changes of a tree."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.indexing.clocks import Clocks
from tests.indexing.trees import LATER, index, published, tick

# Few, and contents of one length, so that changes meet.
NAMES = ("c", "c.sha256", "d/c", "d/SHA256SUMS", "g")
FOLDERS = ("d", "e", "d/e")
BEGUN = 1_790_000_000
MIB = 2**20

_names = st.sampled_from(NAMES)
_folders = st.sampled_from(FOLDERS)
_HEX = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
_contents = st.sampled_from(
    [b"abc", b"abd", b"abe", f"{_HEX}  c\n".encode(), b"x" * MIB]
)
CHANGES = st.one_of(
    st.tuples(st.just("write"), _names, _contents),
    st.tuples(st.just("write"), _names, _contents),
    st.tuples(st.just("write, time kept"), _names, _contents),
    st.tuples(st.just("replace"), _names, _contents),
    st.tuples(st.just("remove"), _names),
    st.tuples(st.just("touch"), _names, st.integers(0, 9)),
    st.tuples(st.just("rename"), _names, _names),
    st.tuples(st.just("hard link"), _names, _names),
    st.tuples(st.just("link"), _names, _names),
    st.tuples(st.just("move a folder"), _folders, _folders),
    st.tuples(st.just("remove a folder"), _folders),
    st.tuples(st.just("link to a folder"), _folders, _names),
)
"""Each the name of a method of `Changes`, more or less, with its arguments."""


def change(tree: Path, how: str, *what: object) -> None:  # noqa: C901 - a case a kind
    """Change a tree in one way, as far as it can be."""
    paths = [tree / one for one in what if isinstance(one, str)]
    first, last = paths[0], paths[-1]
    last.parent.mkdir(parents=True, exist_ok=True)
    match how, what:
        case "write", (_, bytes(content)):
            first.write_bytes(content)
        case "write, time kept", (_, bytes(content)):
            before = first.stat().st_mtime_ns
            first.write_bytes(content)
            os.utime(first, ns=(0, before))
        case "replace", (_, bytes(content)):
            (tree / ".new").write_bytes(content)
            (tree / ".new").rename(first)
        case "remove", _:
            first.unlink()
        case "touch", (_, int(when)):
            os.utime(first, (0, BEGUN + when))
        case "rename", _:
            first.rename(last)
        case "hard link", _:
            os.link(first, last)
        case "link", _:
            last.symlink_to(os.path.relpath(first, last.parent))
        case "move a folder", _:
            first.rename(last)
        case "remove a folder", _:
            shutil.rmtree(first)
        case "link to a folder", _:
            last.symlink_to(os.path.relpath(first, last.parent))


@contextmanager
def _room() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CHANGES, max_size=6), min_size=1, max_size=5), st.booleans())
def test_step_by_step_or_at_once(
    steps: list[list[tuple[object, ...]]],
    at_once: bool,  # noqa: FBT001 - of hypothesis
) -> None:
    """An index that was kept up with all changes equals one that is made anew.

    It is so where looks follow changes at once, and where all has stood for a while,
    so that signs are relied on.
    """
    clocks = Clocks() if at_once else LATER
    with _room() as room:
        tree = room / "tree"
        tree.mkdir()
        for changes in steps:
            for how, *what in changes:
                try:
                    change(tree, str(how), *what)
                except OSError:
                    # It cannot be done to this tree.
                    continue
            index(tree, room / "kept", accept=True, pieces_from=MIB, clocks=clocks)
            tick(tree)
        index(tree, room / "kept", accept=True, pieces_from=MIB, clocks=clocks)
        index(tree, room / "anew", pieces_from=MIB)

        assert published(room / "kept") == published(room / "anew")
