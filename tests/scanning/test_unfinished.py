"""Scans that go on after a restart."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import (
    Mirror,
    Presence,
)
from mirrorsel.net.limits import Limits
from mirrorsel.net.reach import Reach
from mirrorsel.scanning.run import Assignment
from mirrorsel.scanning.scan import Scanner
from mirrorsel.scanning.unfinished import Unfinished
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders
from mirrorsel.state.underway import Underway, name_of, write_underway
from mirrorsel.tree import FileIndex
from tests.loopback import Behaviour, Connection, Loopback, answer
from tests.scanning.life import NOW, Life
from tests.scanning.listed import listing
from tests.tree.published import publish
from tests.waiting import wait_for

PUBLISHED = {"KEYS": b"k", "a/1": b"1", "b/2": b"2", "c/3": b"3"}
LIMITS = Limits(timeout=2, deadline=5, private_addresses=True)
BUSY = answer(b"", "503 Busy")
# The last folder that is found is listed first.
CUT = {"a/": BUSY, "b/": BUSY}
UNDERWAY = Underway(
    url="https://m.example/",
    lineage="one",
    prefixes=("a/",),
    at=NOW - 60,
    listed=3,
    folders={"": ("a",)},
    told=bytes([0, 2, 1]),
)


@pytest.fixture(name="state")
def fixture_state(tmp_path: Path) -> StateFolder:
    """Return a state folder with the index of a few files."""
    publish(tmp_path / "state", PUBLISHED)
    state = StateFolder(tmp_path / "state")
    state.holders.unlink()
    return state


def scanner(state: StateFolder, now: float = NOW, every: float = 99.0) -> Scanner:
    """Return what scans mirrors in a new process."""
    return Scanner(
        limits=LIMITS,
        reach=Reach(pause=0, seconds=10),
        now=lambda: now,
        pause=0.01,
        kept=Unfinished(state.underway, lambda: now),
        keep_every=every,
    )


@contextmanager
def serving(otherwise: dict[str, Behaviour], lacks: str = "") -> Iterator[Loopback]:
    """Run a mirror that has all published files but one."""
    files = {path: one for path, one in PUBLISHED.items() if path != lacks}
    with Loopback(listing(files, otherwise)) as server:
        yield server


def asked(server: Loopback) -> Counter[bytes]:
    """Return what a server was asked for."""
    return Counter(one.split(b" ")[1] for one in server.requests)


def test_goes_on_where_it_broke_off(state: StateFolder) -> None:
    """What was listed is not asked for again, and counts from when it was seen."""
    trouble = dict(CUT)
    index = FileIndex(state.files)
    with serving(trouble, lacks="c/3") as server:
        mirror = Mirror(url=server.url)
        with pytest.raises(FetchError):
            scanner(state).scan(Assignment(mirror=mirror, files=index))
        before = asked(server)
        trouble.clear()
        scan = scanner(state, NOW + 3600).scan(Assignment(mirror=mirror, files=index))
        later = asked(server) - before

    seen = {one.path: scan.matched.seen[one.number] for one in index.files()}
    assert {"KEYS": 1, "a/1": 1, "b/2": 1, "c/3": 0} == seen
    assert {b"/a/", b"/b/"} == set(later)
    assert NOW == scan.at
    assert scan.folders == 3


def test_files_that_came_in_between_are_no_matter(
    state: StateFolder, tmp_path: Path
) -> None:
    """They are newer than the scan, and are looked for one by one."""
    trouble = dict(CUT)
    with serving(trouble) as server:
        mirror = Mirror(url=server.url)
        with pytest.raises(FetchError):
            scanner(state).scan(Assignment(mirror=mirror, files=FileIndex(state.files)))
        trouble.clear()
        lineage = FileIndex(state.files).about.lineage
        publish(tmp_path / "more", PUBLISHED | {"c/4": b"4"})
        later = FileIndex(StateFolder(tmp_path / "more").files)
        later.about = replace(later.about, lineage=lineage)
        scan = scanner(state).scan(Assignment(mirror=mirror, files=later))

    assert len(scan.matched.seen) == len(PUBLISHED) + 1
    assert (scan.matched.held, scan.matched.missing) == (len(PUBLISHED), 0)


def test_it_is_kept_while_it_runs(state: StateFolder) -> None:
    """A process that is killed has left what it saw."""
    reached, go_on = threading.Event(), threading.Event()

    def held_up(connection: Connection) -> None:
        reached.set()
        go_on.wait(10)
        answer(b"", "403 No")(connection)

    with serving({"a/": held_up}) as server:
        mirror, index = Mirror(url=server.url), FileIndex(state.files)

        def run() -> None:
            scanner(state, every=0).scan(Assignment(mirror=mirror, files=index))

        thread = threading.Thread(target=run)
        thread.start()
        assert reached.wait(10)
        kept = Unfinished(state.underway, lambda: NOW)
        begun = kept.begun(server.url, index.about.lineage, ())
        go_on.set()
        thread.join()

    assert begun is not None
    assert {"", "b", "c"} == set(begun.folders)


@pytest.mark.parametrize(
    ("lineage", "prefixes", "now", "fit"),
    [
        pytest.param("one", ("a/",), NOW, True, id="the same"),
        pytest.param("two", ("a/",), NOW, False, id="another index"),
        pytest.param("one", (), NOW, False, id="another prefix"),
        pytest.param("one", ("a/",), NOW + 7 * 3600, False, id="too old"),
        pytest.param("one", ("a/",), NOW - 3600, False, id="from the future"),
    ],
)
def test_what_is_fit_to_go_on_with(
    tmp_path: Path, lineage: str, prefixes: tuple[str, ...], now: float, *, fit: bool
) -> None:
    """A scan of something else, or of long ago, begins anew."""
    write_underway(tmp_path, UNDERWAY)
    found = Unfinished(tmp_path, lambda: now).begun(UNDERWAY.url, lineage, prefixes)

    assert (UNDERWAY if fit else None) == found


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda whole: whole[:-1], id="cut short"),
        pytest.param(lambda whole: whole[:-1] + b"\x09", id="no presence"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda whole: whole.replace(b"m.ex", b"n.ex"), id="another's"),
    ],
)
def test_a_damaged_file_is_forgotten(tmp_path: Path, damage: object) -> None:
    """The scan begins anew."""
    write_underway(tmp_path, UNDERWAY)
    path = tmp_path / name_of(UNDERWAY.url)
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    kept = Unfinished(tmp_path, lambda: NOW)

    assert kept.begun(UNDERWAY.url, "one", ("a/",)) is None
    assert not path.exists()


def test_what_is_forgotten(tmp_path: Path) -> None:
    """Who left the list, who was out since, and what is no file of ours."""
    urls = [f"https://{name}.example/" for name in "abc"]
    for url in urls:
        write_underway(tmp_path, replace(UNDERWAY, url=url))
    (tmp_path / f".{name_of(urls[0])}.x8x8x8x8").write_text("half")
    kept = Unfinished(tmp_path, lambda: NOW)
    kept.only(urls[:2])
    kept.drop_before(urls[0], UNDERWAY.at + 1)
    kept.drop_before(urls[1], UNDERWAY.at - 1)

    assert [name_of(urls[1])] == [one.name for one in tmp_path.iterdir()]


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told once, and stops no scan."""
    (tmp_path / "underway").write_text("no folder")
    kept = Unfinished(tmp_path / "underway", lambda: NOW)
    kept.keep(UNDERWAY)
    kept.keep(UNDERWAY)

    assert kept.begun(UNDERWAY.url, "one", ("a/",)) is None
    assert len(caplog.records) == 1


def left_unfinished(state: StateFolder, server: Loopback) -> None:
    """Leave a scan that broke off after a folder."""
    with pytest.raises(FetchError):
        scanner(state).scan(
            Assignment(mirror=Mirror(url=server.url), files=FileIndex(state.files))
        )
    server.requests.clear()


def test_after_a_restart(state: StateFolder) -> None:
    """A scan goes on; the next life finds it done, and asks for nothing at all."""
    trouble = dict(CUT)
    with serving(trouble) as server:
        left_unfinished(state, server)
        trouble.clear()
        life = Life(state, server.url)
        wait_for(lambda: bool(life.step()), 20)
        first = set(asked(server))
        server.requests.clear()
        again = Life(state, server.url)
        for _ in range(5):
            assert again.step()

    assert {b"/a/", b"/b/"} == first
    assert [] == server.requests
    assert [] == [*state.underway.iterdir()]


@pytest.mark.parametrize("since", [NOW - 1, NOW + 30])
def test_a_mirror_that_was_out_begins_anew(state: StateFolder, since: float) -> None:
    """It may have lost what was seen, whether its outage was witnessed or not."""
    trouble = dict(CUT)
    with serving(trouble) as server:
        left_unfinished(state, server)
        trouble.clear()
        life = Life(state, server.url, up_since=since)
        if since < NOW:
            life.step(out=[server.url])
        wait_for(lambda: bool(life.step()), 20)

    assert {b"/", b"/a/", b"/b/", b"/c/"} == set(asked(server))
    held = read_holders(state.holders)
    numbers = [one.number for one in FileIndex(state.files).files()]
    assert {Presence.HELD} == {held.presence(server.url, one) for one in numbers}
