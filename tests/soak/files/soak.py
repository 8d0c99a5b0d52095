"""A tree that changes under requests, while its mirrors lag, flap and lie.

``python -m tests.soak.files.soak --seconds 300`` runs it and tells what was seen.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass

from bench.ending import end_in_order
from mirrorsel.errors import StateError
from mirrorsel.model import Presence
from mirrorsel.state import StateFolder, read_snapshot
from mirrorsel.tree import FileIndex
from tests.httpd.served import Order as Site
from tests.httpd.served import Served, open_folder
from tests.httpd.served import serving as serving_site
from tests.soak.files.clients import Clients, asking
from tests.soak.files.copies import Copy, serving
from tests.soak.files.grove import Grove
from tests.soak.files.judge import Judge
from tests.soak.files.watch import Watch, watching
from tests.waiting import eventually

_PATIENCE = 90.0
_BETWEEN = 0.3
"""Seconds from one change of the tree to the next."""
# MiB: what an allocator may keep of a burst.
_GROWTH = 16.0
_DESCRIPTORS = 16
_SETTINGS = """
[list]
origin = "{origin}"
[checker]
private_addresses = true
period = "2s"
dead_period = "3s"
retry = "1s"
timeout = "2s"
deadline = "4s"
[health]
rise = 1
fall = 2
[tree]
folder = "{folder}"
index = "folder"
index_period = "1s"
scan_rate = 1000
scan_period = "5s"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How long it takes, and how many ask."""

    seconds: float = 300.0
    clients: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was seen."""

    order: Order
    asked: int
    named: Mapping[str, int]
    """How often a mirror of each life was named; other answers by their status."""
    changes: int
    editions: int
    scans: int
    wrong: tuple[str, ...]
    """What was wrong with answers."""
    differs: tuple[str, ...]
    """What the index or scans had otherwise than it is, when all was calm again."""
    growth: float
    """By how many MiB the process grew that grew most, since it was warm."""
    descriptors: int
    """By how many descriptors one grew."""
    log: str

    @property
    def sound(self) -> bool:
        """Whether all holds."""
        bounded = self.growth < _GROWTH and self.descriptors < _DESCRIPTORS
        whole = "Traceback" not in self.log
        return bounded and whole and not self.wrong and not self.differs

    def lines(self) -> Iterator[str]:
        """Yield the report for a person."""
        yield f"{self.order}"
        yield f"{self.asked} requests, {self.changes} changes of the tree"
        yield f"{self.editions} editions of the index, {self.scans} scans"
        yield ", ".join(f"{name} {count}" for name, count in sorted(self.named.items()))
        yield f"wrong answers: {len(self.wrong)}"
        yield from (f"  {one}" for one in self.wrong[:20])
        yield f"wrong when all was calm: {len(self.differs)}"
        yield from (f"  {one}" for one in self.differs[:20])
        yield f"memory: {self.growth:+.1f} MiB in the process that grew most"
        yield f"descriptors: {self.descriptors:+d}"
        if "Traceback" in self.log:
            yield "the log has a traceback"


def soak(order: Order) -> Report:
    """Run all of it, and judge every answer."""
    with ExitStack() as stack:
        chance = random.Random(order.seconds)
        base = stack.enter_context(open_folder())
        grove = Grove(base / "tree", chance)
        origin, copies = stack.enter_context(serving(grove))
        lines = [f"http de {url} -\n" for url in copies]
        settings = _SETTINGS.format(origin=origin.url, folder=base / "tree")
        site = Site(settings=settings, mirrors="".join(lines), processes=2)
        served = stack.enter_context(serving_site(site))
        state = StateFolder(served.home.state)
        watch = stack.enter_context(watching(state, served.httpd.pid or 0))
        _await(lambda: _is_settled(state, copies), "the mirrors are known")
        judge = Judge(tree=grove.record, watch=watch, settled=time.time() + 10)
        clients = Clients(served.httpd.options.port, copies, judge)
        with asking(clients, order.clients):
            _grow(grove, order.seconds)
        differs = _differs_in_the_end(grove, state, watch, copies)
        return _report(order, (grove, watch, clients), differs, served)


def _grow(grove: Grove, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        grove.change()
        time.sleep(_BETWEEN)


def _await(condition: Callable[[], bool], what: str) -> None:
    if not eventually(condition, _PATIENCE):
        raise SystemExit(f"soak: it did not come to pass that {what}")


def _is_settled(state: StateFolder, copies: Mapping[str, Copy]) -> bool:
    """Return whether there is an index, and each mirror was probed and scanned."""
    try:
        health = read_snapshot(state.snapshot).health
        FileIndex(state.files).close()
    except StateError:
        return False
    return all(url in health and health[url].checked for url in copies)


def _differs_in_the_end(
    grove: Grove, state: StateFolder, watch: Watch, copies: Mapping[str, Copy]
) -> tuple[str, ...]:
    """Return what is not known as it is, when there was time to learn it."""
    found: list[str] = []
    for one in copies.values():
        one.hurry()

    def is_right() -> bool:
        found[:] = _differences(grove, state, watch, copies)
        return not found

    eventually(is_right, _PATIENCE)
    return tuple(found)


def _differences(
    grove: Grove, state: StateFolder, watch: Watch, copies: Mapping[str, Copy]
) -> Iterator[str]:
    files, truth = FileIndex(state.files), grove.sizes
    known = {one.path: one for one in files.files()}
    files.close()
    if {path: one.size for path, one in known.items()} != truth:
        yield "the index is not that of the tree"
        return
    holders, now = watch.holders(), time.time()
    for url, copy in copies.items():
        if not copy.life.is_honest:
            continue
        for path, file in known.items():
            size = next(iter(copy.record.sizes(path, now, now)))
            seen = holders.presence(url, file.number)
            if seen is not _presence(size, file.size):
                yield f"{path} on {copy.life.name}: {seen!r}, and has {size} bytes"


def _presence(size: int | None, published: int | None) -> Presence:
    if size is None:
        return Presence.MISSING
    return Presence.HELD if size == published else Presence.WRONG_SIZE


def _report(
    order: Order,
    parts: tuple[Grove, Watch, Clients],
    differs: tuple[str, ...],
    served: Served,
) -> Report:
    grove, watch, clients = parts
    # A process that came and went, such as a client of rsync, has no past.
    long = [one for one in watch.usage.values() if len(one) >= order.seconds / 2]
    return Report(
        order=order,
        asked=clients.asked,
        named=dict(clients.named),
        changes=grove.changes,
        editions=len(watch.made),
        scans=watch.scans,
        wrong=tuple(clients.wrong),
        differs=differs,
        growth=max(_grown([memory for memory, _ in one]) for one in long),
        descriptors=int(max(_grown([opened for _, opened in one]) for one in long)),
        log=served.log,
    )


def _grown(values: list[float] | list[int]) -> float:
    """Return by how much values grew since the first third, at the most."""
    warm = values[len(values) // 3 :]
    half = len(warm) // 2
    return max(warm[half:]) - max(warm[:half])


def main() -> None:
    """Run as the command line asks; exit with 1 if something is wrong."""
    end_in_order()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--clients", type=int, default=4)
    report = soak(Order(**vars(parser.parse_args())))
    sys.stdout.writelines(f"{line}\n" for line in report.lines())
    sys.exit(0 if report.sound else 1)


if __name__ == "__main__":
    main()
