"""Samples from a published tree that is a folder."""

import logging
import os
import random
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.checker.folder_samples import FolderSamples
from mirrorsel.checker.piece import PIECE
from mirrorsel.checker.sample import Sample
from mirrorsel.model import Health, Mirror, Spot

_STAMP = datetime(2026, 1, 1, tzinfo=UTC)
_OLD = _STAMP - timedelta(hours=2)
_ALWAYS_ORIGIN = ("*.asc", "KEYS")

_names = st.sampled_from(
    ["a", "b-1.0.tar.gz", "KEYS", "c.asc", "d.ASC", ".hidden", "e f", "ü", "-n", "x*"]
)
_trees = st.dictionaries(
    st.lists(_names, min_size=1, max_size=3).map("/".join),
    # The bytes, and the age against the stamp in minutes.
    st.tuples(st.binary(max_size=20), st.integers(-120, 240)),
    max_size=12,
)


def mtime(about: os.stat_result) -> float:
    """Return the time that a test can set."""
    return about.st_mtime


def make(root: Path, files: Mapping[str, bytes], when: datetime = _OLD) -> None:
    """Write files of a time, in folders of that time."""
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for one in root.rglob("*"):
        os.utime(one, (when.timestamp(),) * 2, follow_symlinks=False)


def samples_of(root: Path, seed: int = 1) -> FolderSamples:
    """Return the samples of a folder by a fixed chance."""
    return FolderSamples(
        root,
        always_origin=_ALWAYS_ORIGIN,
        chance=random.Random(seed),
        changed=mtime,
    )


def choose(
    samples: FolderSamples, *prefixes: str, stamp: datetime = _STAMP
) -> Sample | None:
    """Choose for a mirror."""
    mirror = Mirror(url="http://mirror.example/", prefixes=prefixes)
    return samples.choose(mirror, Health(), stamp)


def paths(samples: FolderSamples, *prefixes: str, times: int = 60) -> set[str]:
    """Return what is chosen in many turns."""
    found = (choose(samples, *prefixes) for _ in range(times))
    return {one.path for one in found if one is not None}


@given(
    tree=_trees,
    prefixes=st.sampled_from([(), ("a/",), ("a/", "b-1.0.tar.gz/a/"), (".hidden/",)]),
    seed=st.integers(0, 2**32 - 1),
)
def test_what_is_chosen_a_mirror_must_have(
    tree: Mapping[str, tuple[bytes, int]], prefixes: tuple[str, ...], seed: int
) -> None:
    """It is in the tree and the mirror's part of it, old enough, and as the file."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, (content, _) in tree.items():
            try:
                make(root, {path: content})
            except (FileExistsError, NotADirectoryError, IsADirectoryError):
                continue
        for path, (_, age) in tree.items():
            when = (_STAMP - timedelta(minutes=age)).timestamp()
            if (root / path).is_file():
                os.utime(root / path, (when, when))
        samples = samples_of(root, seed)

        for _ in range(5):
            sample = choose(samples, *prefixes)
            if sample is None:
                continue
            file = root / sample.path
            last = file.name.lower()
            assert file.read_bytes()[sample.start :] == sample.content
            assert file.stat().st_size == sample.size > 0
            assert file.stat().st_mtime <= (_STAMP - timedelta(hours=1)).timestamp()
            assert not any(fnmatch(last, one.lower()) for one in _ALWAYS_ORIGIN)
            assert not any(one.startswith(".") for one in sample.path.split("/"))
            assert not prefixes or sample.path.startswith(prefixes)


def test_every_file_has_its_turn(tmp_path: Path) -> None:
    """By and by all files of a small tree are compared."""
    files = {f"{folder}/f{number}": b"1" for folder in "ab" for number in range(5)}
    make(tmp_path, files)

    assert set(files) == paths(samples_of(tmp_path), times=200)


def test_only_what_a_mirror_carries_is_asked_for(tmp_path: Path) -> None:
    """Prefixes bound what is chosen, also where others were found before."""
    make(tmp_path, {"a/f": b"1", "ab/f": b"1", "b/c/f": b"1", "b/d/f": b"1"})
    samples = samples_of(tmp_path)

    assert {"a/f", "ab/f", "b/c/f", "b/d/f"} == paths(samples)
    assert {"a/f", "b/c/f"} == paths(samples, "a/", "b/c/")
    assert set() == paths(samples, "c/")
    assert set() == paths(samples, "../")


@pytest.mark.parametrize("start", [0, 5, 70_000 - PIECE])
def test_what_was_wrong_is_compared_again(tmp_path: Path, start: int) -> None:
    """The same piece of the same file comes next, as long as it is wrong."""
    make(tmp_path, {f"f{number}": bytes(70_000) for number in range(20)})
    samples = samples_of(tmp_path)
    wrong = Health(wrong=Spot(path="f7", start=start))

    found = {again(samples, wrong) for _ in range(5)}

    assert {wrong.wrong} == found


@pytest.mark.parametrize(
    ("path", "prefixes"),
    [
        pytest.param("gone", (), id="gone"),
        pytest.param("b/f", ("a/",), id="of another part"),
        pytest.param("a/KEYS", (), id="always from the origin"),
        pytest.param("a/../../secret", (), id="outside"),
    ],
)
def test_what_is_no_longer_to_be_there_is_not_compared_again(
    tmp_path: Path, path: str, prefixes: tuple[str, ...]
) -> None:
    """A file that no mirror has to have any more holds none down."""
    (tmp_path / "secret").write_bytes(b"1")
    make(tmp_path / "tree", {"a/f": b"1", "b/f": b"1", "a/KEYS": b"1"})
    samples = samples_of(tmp_path / "tree")
    wrong = Health(wrong=Spot(path=path, start=0))

    for _ in range(20):
        found = again(samples, wrong, *prefixes)
        assert found is None or found.path in {"a/f", "b/f"} - {path}


def again(samples: FolderSamples, health: Health, *prefixes: str) -> Spot | None:
    """Return what is compared of a mirror of which that is believed."""
    mirror = Mirror(url="http://mirror.example/", prefixes=prefixes)
    found = samples.choose(mirror, health, _STAMP)
    return None if found is None else found.spot


def test_what_may_not_be_there_yet_is_not_asked_for(tmp_path: Path) -> None:
    """A file must be an hour older than the mirror's stamp."""
    make(tmp_path, {"f": b"1"}, _STAMP)
    samples = samples_of(tmp_path)

    assert choose(samples, stamp=_STAMP + timedelta(minutes=59)) is None
    assert choose(samples, stamp=_STAMP + timedelta(minutes=61)) is not None


def test_a_file_that_was_just_put_there_is_new(tmp_path: Path) -> None:
    """A time that was copied along does not make it old."""
    make(tmp_path, {"f": b"1"})
    samples = FolderSamples(tmp_path, chance=random.Random(1))
    soon = datetime.now(UTC) + timedelta(minutes=30)

    assert choose(samples, stamp=soon) is None
    assert choose(samples, stamp=soon + timedelta(hours=2)) is not None


def test_no_link_leads_out_of_the_tree_or_within(tmp_path: Path) -> None:
    """Links are neither files nor folders."""
    make(tmp_path / "outside", {"secret": b"1"})
    make(tmp_path / "tree", {"a/f": b"1"})
    (tmp_path / "tree" / "out").symlink_to(tmp_path / "outside")
    (tmp_path / "tree" / "file").symlink_to(tmp_path / "outside" / "secret")
    (tmp_path / "tree" / "in").symlink_to("a")
    samples = samples_of(tmp_path / "tree")

    assert {"a/f"} == paths(samples)
    assert set() == paths(samples, "out/")
    assert set() == paths(samples, "in/")


def test_the_tree_itself_may_be_a_link(tmp_path: Path) -> None:
    """Where the link is switched, the new tree counts."""
    make(tmp_path / "one", {"f": b"1"})
    make(tmp_path / "two", {"f": b"2"})
    link = tmp_path / "tree"
    link.symlink_to("one")
    samples = samples_of(link)
    before = choose(samples)
    link.unlink()
    link.symlink_to("two")
    after = choose(samples)

    assert before is not None
    assert after is not None
    assert (b"1", b"2") == (before.content, after.content)


def test_a_loop_of_links_is_an_unreadable_folder(tmp_path: Path) -> None:
    """Nothing that the folder can be ends a probe."""
    loop = tmp_path / "loop"
    loop.symlink_to(loop)

    assert choose(samples_of(loop)) is None


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    """What was found earlier does not stand in the way of what is there."""
    make(tmp_path, {f"f{number}": b"1" for number in range(30)})
    samples = samples_of(tmp_path)
    paths(samples, times=50)
    for one in tmp_path.iterdir():
        one.unlink()
    make(tmp_path, {"new": b"1"})

    assert {"new"} == paths(samples, times=5)


def test_a_tree_full_of_dead_ends_gives_samples(tmp_path: Path) -> None:
    """What was found once is remembered for when nothing else is."""
    make(tmp_path, {f"d{number}/f.asc": b"1" for number in range(30)} | {"e/f": b"1"})
    samples = samples_of(tmp_path)
    found = [choose(samples) is not None for _ in range(100)]

    assert all(found[found.index(True) :])


def test_a_large_tree_costs_no_more(tmp_path: Path) -> None:
    """A folder of very many entries is not read to its end."""
    for number in range(20000):
        os.mknod(tmp_path / f"f{number}")
    samples = samples_of(tmp_path)
    before = time.process_time()
    for _ in range(10):
        choose(samples)

    assert time.process_time() - before < 1


def test_what_never_comes_from_mirrors_is_not_asked_for(tmp_path: Path) -> None:
    """Neither checksums and keys, nor what is hidden, nor web pages."""
    no = ["f.asc", "F.ASC", "a/KEYS", "keys", ".f", ".a/f", "index.html", "a/X.HTML"]
    make(tmp_path, dict.fromkeys([*no, "a/KEYS.txt", "f.html.gz"], b"1"))

    assert {"a/KEYS.txt", "f.html.gz"} == paths(samples_of(tmp_path))


def test_a_few_files_at_the_top_do_not_stand_for_all(tmp_path: Path) -> None:
    """Chance leads down a tree of many folders."""
    make(tmp_path, {"f": b"1"} | {f"d{number}/f": b"1" for number in range(40)})
    found = paths(samples_of(tmp_path), times=40)

    assert len(found) > 15


def test_an_unreadable_folder_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """There is one line when it goes, and one when it is back."""
    caplog.set_level(logging.INFO)
    root = tmp_path / "tree"
    samples = samples_of(root)

    assert [None] * 3 == [choose(samples) for _ in range(3)]
    assert 1 == len(caplog.records)
    assert f"{root} cannot be read" in caplog.text

    make(root, {"f": b"1"})
    assert choose(samples) is not None
    assert choose(samples) is not None
    assert [f"{root} can be read again"] == caplog.messages[1:]


def test_many_may_choose_at_once(tmp_path: Path) -> None:
    """Threads share what was found, while files come and go."""
    make(tmp_path, {f"a/f{number}": b"1" for number in range(100)})
    samples = samples_of(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: choose(samples), range(400)))

    assert all(found)
