"""The checker's life, in this process and in one of its own."""

import logging
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mirrorsel.checker import Service, run
from mirrorsel.checker.rounds import Outside
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import (
    Lock,
    StateFolder,
    read_journal,
    read_snapshot,
    write_snapshot,
)
from mirrorsel.state.starts import Starts
from tests import loopback
from tests.loopback import Loopback, stamped
from tests.probing import checking
from tests.waiting import wait_for

_SETTINGS = """
[list]
origin = "{origin}"
[checker]
private_addresses = true
period = "{period}"
timeout = "20s"
deadline = "20s"
# These mirrors answer everything with their stamp.
samples = []
vantage = "test"
[health]
rise = 1
fall = 1
"""


@dataclass(kw_only=True)
class Site:
    """The files of one installation, with an origin on loopback."""

    folder: Path
    origin: Loopback
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "mirrorsel.toml"

    @property
    def state(self) -> StateFolder:
        """The state folder."""
        return StateFolder(self.folder / "state")

    def write(self, *urls: str, period: str = "1s", more: str = "") -> None:
        """Write settings and a list of mirrors."""
        text = _SETTINGS.format(origin=self.origin.url, period=period)
        self.settings.write_text(text + more)
        self.list(*(f"http de {url} -" for url in urls))

    def list(self, *lines: str) -> None:
        """Write the list of mirrors."""
        text = "".join(f"{line}\n" for line in lines)
        (self.folder / "mirrors.list").write_text(text)

    def live_until(
        self,
        condition: Callable[[], bool],
        seconds: float = 8,
        *,
        outside: Outside | None = None,
    ) -> None:
        """Run the checker in a thread until something holds."""
        with checking(self.settings, outside):
            wait_for(condition, seconds)

    @contextmanager
    def spawn(self) -> Iterator[subprocess.Popen[str]]:
        """Run `mirrorsel checker` in a process of its own."""
        program = "from mirrorsel.cli.checker import command; command()"
        with subprocess.Popen(
            [sys.executable, "-c", program, "--config", self.settings],
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                # A test that fails must not wait for it.
                process.kill()


def change(path: Path, text: str) -> None:
    """Write a file unless it has that text already, so that it can settle."""
    if path.read_text() != text:
        path.write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Give an installation whose origin is good."""
    with Loopback(stamped(), host="127.0.0.2") as origin:
        yield Site(folder=tmp_path, origin=origin)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Give the log, quiet lines too."""
    caplog.set_level(logging.INFO, "mirrorsel")
    return caplog


def test_first_cycle_is_at_once(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A start leaves a snapshot, a journal and a copy of the list."""
    with Loopback(stamped()) as good, loopback.closed_port() as dead:
        site.write(good.url, dead, period="1h")
        site.live_until(site.state.journal.exists)
        snapshot = read_snapshot(site.state.snapshot)
        states = {url: health.state for url, health in snapshot.health.items()}

        assert states == {good.url: State.UP, dead: State.DOWN}
        assert snapshot.vantage == "test"
        assert (
            f"{dead} unknown -> down: no connection: Connection refused" in log.messages
        )
    assert len(read_journal(site.state.journal)) == 3
    assert f"http de {good.url} " in site.state.published_list.read_text()
    listed = (site.folder / "mirrors.list").read_bytes()
    assert site.state.last_good_list.read_bytes() == listed


def test_first_round_of_many(site: Site) -> None:
    """500 mirrors over real sockets, of which 25 hang, are seen within a period."""
    with ExitStack() as stack:
        mirrors = [
            stack.enter_context(
                Loopback(
                    loopback.hanging if number % 20 == 0 else stamped(),
                    host=f"127.0.{2 + number // 250}.{1 + number % 250}",
                )
            )
            for number in range(500)
        ]
        site.write(*(one.url for one in mirrors), period="20s")
        text = site.settings.read_text().replace('"20s"\nd', '"1s"\nd')
        site.settings.write_text(text)
        site.live_until(site.state.snapshot.exists, 20)
        health = read_snapshot(site.state.snapshot).health
    states = Counter(one.state for one in health.values())

    assert states == {State.UP: 475, State.DOWN: 25}


def test_state_survives_restart(site: Site) -> None:
    """A second life goes on with what the first one knew."""
    with Loopback(stamped()) as good:
        site.write(good.url)
        site.live_until(site.state.journal.exists)
        first = read_snapshot(site.state.snapshot)
        site.stop = threading.Event()
        site.live_until(
            lambda: read_snapshot(site.state.snapshot).health[good.url].streak == 2
        )
        second = read_snapshot(site.state.snapshot)

        assert second.health[good.url].since == first.health[good.url].since


def test_bad_edit_keeps_the_list(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A broken list is told once; the good one before it goes on."""
    with Loopback(stamped()) as good:
        site.write(good.url)

        def broken_and_told() -> bool:
            if site.state.journal.exists():
                change(site.folder / "mirrors.list", "nonsense\n")
            return any("stays as it was" in one for one in log.messages)

        site.live_until(broken_and_told)

        assert f"http de {good.url} -\n".encode() == (
            site.state.last_good_list.read_bytes()
        )
    assert sum("mirrors.list:1:" in one for one in log.messages) == 1


def test_start_with_broken_list(site: Site) -> None:
    """After a restart with a broken list, the last good one is probed."""
    with Loopback(stamped()) as good:
        site.write("http://127.0.0.9/")
        site.list("nonsense")
        site.state.path.mkdir()
        site.state.last_good_list.write_text(f"http de {good.url} -\n")
        site.live_until(site.state.snapshot.exists)

        assert list(read_snapshot(site.state.snapshot).health) == [good.url]


def test_good_lines_of_first_list(site: Site) -> None:
    """Where there never was a good list, its good lines are used."""
    with Loopback(stamped()) as good:
        site.write()
        site.list("nonsense", f"http de {good.url} -")
        site.live_until(site.state.snapshot.exists)

        assert list(read_snapshot(site.state.snapshot).health) == [good.url]


def test_no_list_at_all(site: Site) -> None:
    """Without any list the checker lives and probes nobody."""
    site.write()
    (site.folder / "mirrors.list").unlink()
    site.live_until(site.state.snapshot.exists)

    assert read_snapshot(site.state.snapshot).health == {}


def test_shrunken_list_is_loud(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A list that loses more than half its mirrors is taken up and told loudly."""
    with Loopback(stamped()) as good:
        urls = [f"{good.url}{number}/" for number in range(5)]
        site.write(*urls, period="1h")

        def shrunken_and_told() -> bool:
            if site.state.journal.exists():
                change(site.folder / "mirrors.list", f"http de {urls[0]} -\n")
            return any("more than half" in one for one in log.messages)

        site.live_until(shrunken_and_told)

    told = [one for one in log.records if "more than half" in one.getMessage()]
    assert [one.levelname for one in told] == ["ERROR"]


def test_stale_mirror_is_told(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A mirror that falls behind is told, and so is its coming back."""
    with Loopback(stamped(age=3 * 86400)) as mirror:
        site.write(mirror.url)

        def caught_up() -> bool:
            if mirror.requests:
                mirror.behaviour = stamped()
            told = f"{mirror.url} is no longer stale, and up as before: answers"
            return told in log.messages

        site.live_until(caught_up)

        assert (
            f"{mirror.url} unknown -> up, stale: answers, with a tree that is too old"
            in log.messages
        )


def test_network_that_fails(tmp_path: Path, log: pytest.LogCaptureFixture) -> None:
    """When all fails, that is told once and no state changes until it is over."""
    with Loopback(loopback.silent) as origin:
        site = Site(folder=tmp_path, origin=origin)
        site.write(f"{origin.url}mirror/")

        def frozen_then_mended() -> bool:
            if len(origin.requests) >= 4:
                origin.behaviour = stamped()
            return "mirrors can be reached again; their states count" in log.messages

        site.live_until(frozen_then_mended)
        states = {
            one.state for one in read_snapshot(site.state.snapshot).health.values()
        }

    told = [one for one in log.records if "own network is to blame" in one.getMessage()]
    assert [one.levelname for one in told] == ["ERROR"]
    assert states == {State.UP}


def test_second_checker_waits(site: Site, log: pytest.LogCaptureFixture) -> None:
    """While another checker has the state folder, nothing is probed or written."""
    site.write(period="1h")
    site.state.path.mkdir()
    waiting = "another checker writes this state folder; waiting for its end"
    with Lock(site.state.lock) as other:
        other.take()
        site.live_until(lambda: waiting in log.messages)

    assert site.origin.requests == []
    assert log.messages.count(waiting) == 1
    assert [site.state.lock] == list(site.state.path.iterdir())


def test_second_checker_takes_over(site: Site, log: pytest.LogCaptureFixture) -> None:
    """When the other checker ends, the second one goes on."""
    site.write(period="1h")
    site.state.path.mkdir()
    with Lock(site.state.lock) as other:
        other.take()

        def ended_and_taken_over() -> bool:
            if any("another checker" in one for one in log.messages):
                other.__exit__(None, None, None)
            return site.state.snapshot.exists()

        site.live_until(ended_and_taken_over)

    assert "the other checker has ended; going on in its place" in log.messages


def test_checker_that_is_off(site: Site, log: pytest.LogCaptureFixture) -> None:
    """Where the settings say so, nothing is probed, and the log says so once."""
    site.write(period="1h")
    text = site.settings.read_text().replace("[checker]", "[checker]\nenabled = false")
    site.settings.write_text(text)
    line = "the checker is off in the settings: nothing is probed here"
    site.live_until(lambda: line in log.messages)

    assert site.origin.requests == []
    assert log.messages.count(line) == 1


def test_snapshot_from_elsewhere_is_published(site: Site) -> None:
    """Where nothing is probed, stamps come from the snapshot that is copied in."""
    site.write("http://127.0.0.9/", period="1h")
    text = site.settings.read_text().replace("[checker]", "[checker]\nenabled = false")
    site.settings.write_text(text)
    stamp = datetime(2026, 11, 23, tzinfo=UTC)
    health = {"http://127.0.0.9/": Health(stamp=stamp, checked=stamp)}
    published = site.state.published_list

    def copied_in_and_published() -> bool:
        if published.exists() and not site.state.snapshot.exists():
            write_snapshot(site.state.snapshot, Snapshot(taken=stamp, health=health))
        line = f"http de http://127.0.0.9/ {stamp.timestamp():.0f}\n"
        return published.exists() and line in published.read_text()

    site.live_until(copied_in_and_published)

    assert site.origin.requests == []


def test_settings_that_become_usable(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A start with broken settings waits until they are mended."""
    site.write()
    edits = ["[nonsense]\n", "[other]\n", site.settings.read_text()]
    site.settings.write_text(edits[0])

    def mended() -> bool:
        told = sum("unknown section" in one for one in log.messages)
        change(site.settings, edits[told])
        return site.state.snapshot.exists()

    site.live_until(mended)

    assert any("waiting for settings" in one for one in log.messages)


def test_settings_that_break(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A bad edit of the settings is told; those in force stay."""
    site.write()

    def broken_and_told() -> bool:
        if site.state.journal.exists():
            change(site.settings, "[nonsense]\n")
        return any("settings in force stay" in one for one in log.messages)

    site.live_until(broken_and_told)

    assert read_snapshot(site.state.snapshot).vantage == "test"


def test_stop_while_waiting_for_settings(site: Site) -> None:
    """A checker without settings can be ended."""
    site.stop.set()
    Service(site.settings, stop=site.stop).run()

    assert not site.state.path.exists()


def test_unwritable_folder(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A state folder that cannot be written is told once and survived."""
    site.write()
    site.state.path.write_text("a file in the way")

    def mended() -> bool:
        if len(site.origin.requests) >= 3 and site.state.path.is_file():
            site.state.path.unlink()
            site.state.path.mkdir()
        return "the snapshot can be written again" in log.messages

    site.live_until(mended)
    told = [one for one in log.messages if "state/snapshot: cannot be" in one]

    assert told == [f"{site.state.snapshot}: cannot be written: Not a directory"]


def test_damaged_snapshot(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A damaged snapshot is told, and replaced by the first cycle."""
    site.write()
    site.state.path.mkdir()
    site.state.snapshot.write_text("{")
    site.live_until(site.state.journal.exists)

    assert read_snapshot(site.state.snapshot).vantage == "test"
    assert any("starting without it" in one for one in log.messages)


def test_pause_after_failed_starts(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A start after a failed one waits first, and a finished cycle forgets it."""
    site.write()
    site.state.path.mkdir()
    Starts(site.state.starts).begin()
    site.live_until(lambda: Starts(site.state.starts).pause == 0)

    assert "the last start ended before a cycle did; waiting 1 s" in log.messages


def test_being_told_to_end_is_no_failure(site: Site) -> None:
    """A life that ends by SystemExit is not followed by a pause."""
    site.write(site.origin.url)

    def end(urls: list[str]) -> None:
        raise SystemExit(len(urls))

    with pytest.raises(SystemExit):
        Service(site.settings, outside=Outside(shuffle=end)).run()

    assert Starts(site.state.starts).pause == 0


def test_crash_is_a_failure(site: Site) -> None:
    """A life that is cut short before its first cycle ended is remembered."""
    with Loopback(loopback.hanging) as mirror:
        site.write(mirror.url)
        with site.spawn() as process:
            wait_for(lambda: bool(mirror.requests))
            process.kill()

    assert Starts(site.state.starts).pause == 1


def test_run_ends_by_signal(site: Site) -> None:
    """A signal that raises SystemExit, as in mod_wsgi, ends the checker."""
    site.write()

    def end(number: int, frame: object) -> None:
        raise SystemExit(number, frame is None)

    before = signal.signal(signal.SIGALRM, end)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(SystemExit):
            run(site.settings)
    finally:
        signal.signal(signal.SIGALRM, before)

    assert Starts(site.state.starts).pause == 0


def test_term_ends_at_once(site: Site) -> None:
    """SIGTERM ends the checker within two seconds though twenty probes hang."""
    with ExitStack() as stack:
        mirrors = [
            stack.enter_context(Loopback(stamped(), host=f"127.0.1.{number}"))
            for number in range(1, 21)
        ]
        site.write(*(one.url for one in mirrors))
        site.live_until(site.state.snapshot.exists)
        # All are due again, and meet in one cycle.
        time.sleep(1.2)
        for one in mirrors:
            one.behaviour = loopback.hanging
            one.requests.clear()
        with site.spawn() as process:
            wait_for(lambda: all(one.requests for one in mirrors))
            start = time.monotonic()
            process.terminate()
            code = process.wait(5)
            taken = time.monotonic() - start
    health = read_snapshot(site.state.snapshot).health

    assert (code, taken < 2) == (0, True)
    assert {one.state for one in health.values()} == {State.UP}
    assert Starts(site.state.starts).pause == 0


def test_kill_leaves_snapshot(site: Site) -> None:
    """SIGKILL leaves a snapshot that can be read, and a count of starts."""
    site.write(site.origin.url)
    with site.spawn() as process:
        wait_for(site.state.snapshot.exists)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(5)

    assert list(read_snapshot(site.state.snapshot).health) == [site.origin.url]


_WRITER = """
import itertools, pathlib, sys
from datetime import UTC, datetime
from mirrorsel.model import Health, Snapshot
from mirrorsel.state import write_snapshot
health = {f"http://m{number}/": Health(detail="x" * 99) for number in range(300)}
for streak in itertools.count():
    one = Snapshot(taken=datetime.now(UTC), vantage=str(streak), health=health)
    write_snapshot(pathlib.Path(sys.argv[1]), one)
    print(streak, flush=True)
"""


def test_kill_at_any_moment(tmp_path: Path) -> None:
    """A snapshot can be read whole, wherever its writer was when it was killed."""
    path = tmp_path / "snapshot"
    command = [sys.executable, "-c", _WRITER, str(path)]
    chance = random.Random(4)
    for _ in range(8):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.02))
            writer.kill()
            written = ["0", *writer.stdout.read().split()]
        snapshot = read_snapshot(path)

        assert len(snapshot.health) == 300
        assert int(snapshot.vantage) - int(written[-1]) in {0, 1}


def test_full_disk(site: Site) -> None:
    """While no file can grow, that is told once of each, and the probes go on."""
    unlimited = resource.RLIM_INFINITY
    site.write(site.origin.url)
    with site.spawn() as process:
        assert process.stderr
        wait_for(site.state.snapshot.exists)
        # Less than a snapshot, and enough for the semaphores of Python's pools.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (64, unlimited))
        site.origin.requests.clear()
        wait_for(lambda: len(site.origin.requests) > 2)
        old = read_snapshot(site.state.snapshot)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))
        wait_for(lambda: read_snapshot(site.state.snapshot).taken > old.taken)
        time.sleep(0.1)
        process.terminate()
        log = process.stderr.read()

    assert log.count("/snapshot: cannot be written: File too large") == 1
    assert log.count("the snapshot can be written again") == 1
    assert "Traceback" not in log
    assert old.health[site.origin.url].state is State.UP
    assert read_journal(site.state.journal)


def test_lost_folder(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A state folder that goes away is told once, and used again when it is back."""
    site.write()
    away = site.folder / "away"

    def back_again() -> bool:
        if site.state.snapshot.exists() and not site.origin.requests[3:]:
            site.state.path.rename(away)
        elif len(site.origin.requests) > 5 and away.exists():
            away.rename(site.state.path)
        return "the snapshot can be written again" in log.messages

    site.live_until(back_again, 12)
    told = [one for one in log.messages if "state/snapshot: cannot be" in one]

    assert told == [
        f"{site.state.snapshot}: cannot be written: No such file or directory"
    ]


def test_defect_of_a_cycle(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A mistake in the checker itself is told with its traceback and survived."""
    site.write(site.origin.url)
    calls: list[int] = []

    def faulty(urls: list[str]) -> None:
        calls.append(len(urls))
        if len(calls) == 1:
            raise LookupError(urls)

    outside = Outside(shuffle=faulty)
    site.live_until(lambda: "the checker works again" in log.messages, outside=outside)

    assert list(read_snapshot(site.state.snapshot).health) == [site.origin.url]
    assert "the checker has a defect; it goes on after a pause" in log.messages
    assert log.text.count("Traceback") == 1
    assert Starts(site.state.starts).pause == 0


def test_clock_that_is_set(site: Site, log: pytest.LogCaptureFixture) -> None:
    """A jump of the clock is told once, with its length, and the rounds go on."""
    site.write(site.origin.url)

    def wall() -> datetime:
        ahead = timedelta(hours=1 if len(site.origin.requests) > 1 else 0)
        return datetime.now(UTC) + ahead

    outside = Outside(wall=wall)
    site.live_until(lambda: len(site.origin.requests) > 4, outside=outside)
    told = [one for one in log.messages if one.startswith("the clock was set")]

    assert told == ["the clock was set by +3600 s"]
    assert read_snapshot(site.state.snapshot).health[site.origin.url].state is State.UP
