"""A checker beside a network of mirrors that flap, hang, trickle and lie.

``python -m tests.soak.soak --seconds 300`` runs it and tells what it has seen.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mirrorsel.errors import StateError
from mirrorsel.health import Change
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import read_journal, read_probes, read_snapshot
from mirrorsel.words import belief
from tests.soak.manners import Life, addresses, life_of
from tests.soak.mirrors import ORIGIN, OUTAGE

_PATIENCE = 30.0
_LOOK = 1.0
# A round begins within two ticks of its time, and ends within a probe's deadline.
_LATE = 12.0
# MiB: what an allocator may keep of a burst.
_GROWTH = 8.0
# Two for each probe at work, and some for files.
_DESCRIPTORS = 2 * 50 + 50
# So many have the mirrors to become what they are at the end.
_PERIODS = 6
# Four may pass until a mirror changes, one in the outage, and three to believe it.
_TURNS = 8
_WARM = 0.35
"""The part of the test after which memory and descriptors must not grow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How large and how long the test is."""

    mirrors: int = 500
    seconds: float = 60.0
    period: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen of the checker at one moment."""

    at: float
    """Seconds since the start."""
    resident: float
    """MiB of memory."""
    descriptors: int
    threads: int
    oldest: float
    """Seconds since the mirror that waits longest was probed; down ones apart."""
    frozen: bool
    """Whether the checker does not believe what it sees."""
    states: Mapping[State, int]
    """How many mirrors are believed to be in each state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the test has seen."""

    order: Order
    looks: tuple[Look, ...]
    wrong: tuple[str, ...]
    """The mirrors that are misjudged at the end, with what is believed of them."""
    fallen: tuple[str, ...]
    """The mirrors that were taken down at any time and should not have been."""
    log: str

    @property
    def warm(self) -> tuple[Look, ...]:
        """The looks after the start."""
        return tuple(one for one in self.looks if one.at > _WARM * self.order.seconds)

    @property
    def growth(self) -> float:
        """By how many MiB memory has grown since the checker was warm."""
        half = len(self.warm) // 2
        before, after = self.warm[:half], self.warm[half:]
        return max(one.resident for one in after) - max(one.resident for one in before)

    @property
    def descriptors(self) -> int:
        """The most descriptors that were open at once in the second half."""
        return max(one.descriptors for one in self.warm)

    @property
    def latest(self) -> float:
        """How many seconds the latest probe came after its time, before the outage."""
        before = OUTAGE[0] * self.order.seconds
        waits = (one.oldest for one in self.looks if one.at < before)
        return max(waits) - self.order.period

    @property
    def frozen(self) -> tuple[Look, ...]:
        """The looks at a checker that did not believe what it saw."""
        return tuple(one for one in self.looks if one.frozen)

    @property
    def calm(self) -> bool:
        """Whether the outage was noticed, and took no mirror down."""
        states = {tuple(one.states.items()) for one in self.frozen}
        return len(states) == 1 and not self.looks[-1].frozen

    @property
    def sound(self) -> bool:
        """Whether all holds that the checker promises."""
        steady = self.growth < _GROWTH and self.descriptors < _DESCRIPTORS
        right = not self.wrong and not self.fallen
        return right and steady and self.calm and self.latest < _LATE

    def lines(self) -> Iterator[str]:
        """Yield the report for a person."""
        warm = self.warm
        yield f"{self.order}"
        yield f"misjudged: {len(self.wrong)} of {self.order.mirrors}"
        yield from (f"  {one}" for one in self.wrong[:20])
        yield f"taken down without a cause: {len(self.fallen)}"
        yield from (f"  {one}" for one in self.fallen[:20])
        yield (
            f"memory: {warm[0].resident:.1f} MiB when warm,"
            f" {warm[-1].resident:.1f} MiB at the end"
        )
        yield f"descriptors: {warm[0].descriptors}, at most {self.descriptors}"
        yield f"threads: at most {max(one.threads for one in self.looks)}"
        yield f"the latest probe was {self.latest:.1f} s late"
        yield f"the outage was {'survived' if self.calm else 'NOT survived'}"


def soak(order: Order) -> Report:
    """Run a network and a checker beside it, and judge what it believes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tree = _plant(folder / "tree")
        with _network(order, tree) as port:
            config = _configure(folder, order, port)
            with _checker(config, folder / "log") as process:
                looks = tuple(_looks(order, folder, process.pid))
                wrong = _judgement(order, folder, port)
        return Report(
            order=order,
            looks=looks,
            wrong=wrong,
            fallen=tuple(_fallen(order, port, folder / "state" / "journal")),
            log=(folder / "log").read_text(),
        )


def _plant(tree: Path) -> Path:
    """Make a small published tree."""
    for number in range(20):
        path = tree / f"project{number % 4}" / f"file-{number}.tar.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(1000 * (1 + number % 3)))
    return tree


def _paths(tree: Path) -> list[str]:
    return [str(one.relative_to(tree)) for one in tree.rglob("*.tar.gz")]


def _base(address: str, port: int) -> str:
    return f"http://{address}:{port}/"


def _configure(folder: Path, order: Order, port: int) -> Path:
    lines = (f"http de {_base(one, port)}\n" for one in addresses(order.mirrors))
    (folder / "mirrors.list").write_text("".join(lines))
    config = folder / "mirrorsel.toml"
    config.write_text(
        f'[list]\norigin = "{_base(ORIGIN, port)}"\n'
        "[checker]\nprivate_addresses = true\njobs = 50\n"
        f"samples = {_paths(folder / 'tree')}\n"
        f'period = "{order.period:g}s"\nretry = "{order.period / 4:g}s"\n'
        f'dead_period = "{order.period:g}s"\ntimeout = "1s"\ndeadline = "2s"\n'
    )
    return config


@contextmanager
def _network(order: Order, tree: Path) -> Iterator[int]:
    arguments = (str(order.mirrors), str(order.seconds), str(tree))
    command = [sys.executable, "-m", "tests.soak.mirrors", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else "")
        finally:
            process.terminate()


@contextmanager
def _checker(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    program = "from mirrorsel.cli.main import main; main()"
    command = [sys.executable, "-c", program, "checker", "--config", str(config)]
    with log.open("wb") as file, subprocess.Popen(command, stderr=file) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=2 + _PATIENCE)


def _looks(order: Order, folder: Path, pid: int) -> Iterator[Look]:
    start = time.monotonic()
    while (passed := time.monotonic() - start) < order.seconds:
        snapshot = _snapshot(folder)
        if snapshot:
            yield _look(passed, snapshot, pid)
        time.sleep(_LOOK)


def _snapshot(folder: Path) -> Snapshot | None:
    try:
        return read_snapshot(folder / "state" / "snapshot")
    except StateError:
        return None


def _look(passed: float, snapshot: Snapshot, pid: int) -> Look:
    process = Path("/proc", str(pid))
    status = dict(
        line.split(":\t", 1)
        for line in (process / "status").read_text().splitlines()
        if ":\t" in line
    )
    now = datetime.now(UTC)
    waits = [
        now - (one.checked or now)
        for one in snapshot.health.values()
        if one.state is not State.DOWN
    ]
    return Look(
        at=passed,
        resident=int(status["VmRSS"].split()[0]) / 1024,
        descriptors=len(list((process / "fd").iterdir())),
        threads=int(status["Threads"]),
        oldest=max(waits, default=timedelta()).total_seconds(),
        frozen=snapshot.frozen,
        states={
            state: sum(one.state is state for one in snapshot.health.values())
            for state in State
        },
    )


def _judgement(order: Order, folder: Path, port: int) -> tuple[str, ...]:
    """Return who is misjudged, once those who are have had their turns.

    How many they have had in the time is a matter of the machine.
    """
    state, end = folder / "state", time.monotonic() + order.seconds
    while wrong := dict(_wrong(order, port, read_snapshot(state / "snapshot"))):
        turns = min(_probes(state / "probes", url) for url in wrong)
        if turns >= _TURNS or time.monotonic() > end:
            break
        time.sleep(_LOOK)
    return tuple(wrong.values())


def _probes(logs: Path, url: str) -> int:
    try:
        return len(read_probes(logs, url))
    except StateError:
        return 0


def _wrong(order: Order, port: int, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    for url, life in _lives(order, port):
        health = snapshot.health.get(url, Health())
        if (health.state, health.stale) != (life.state, life.stale):
            yield url, f"{life.name} {url}: {belief(health)}, {health.detail}"


def _fallen(order: Order, port: int, journal: Path) -> Iterator[str]:
    lives = dict(_lives(order, port))
    for entry in read_journal(journal):
        if isinstance(entry, Change) and entry.after is State.DOWN:
            life = lives[entry.url]
            if not life.may_fall:
                yield f"{life.name} {entry.url}: {entry.detail}"


def _lives(order: Order, port: int) -> Iterator[tuple[str, Life]]:
    for number, address in enumerate(addresses(order.mirrors)):
        yield _base(address, port), life_of(number)


def main() -> None:
    """Run the test as the command line asks; exit with 1 if something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirrors", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--period", type=float, default=20.0)
    order = Order(**vars(parser.parse_args()))
    if order.seconds < _PERIODS * order.period:
        parser.error(f"--seconds must be at least {_PERIODS} times --period")
    report = soak(order)
    sys.stdout.writelines(f"{line}\n" for line in report.lines())
    sys.exit(0 if report.sound else 1)


if __name__ == "__main__":
    main()
