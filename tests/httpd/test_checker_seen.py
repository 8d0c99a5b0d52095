"""What the checker of a real httpd sees, and what is told of it everywhere."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from mirrorsel.cli.status import command
from mirrorsel.health import Change
from mirrorsel.model import State
from mirrorsel.state import StateFolder, read_journal, read_snapshot
from tests import loopback
from tests.httpd.served import Order, Served, serving
from tests.loopback import Connection, Loopback, stamped
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

ALL_ADDRESSES = (
    "/mirrors/mirrors.list",
    "/mirrors/",
    "/mirrors/status.json",
    "/mirrors/metrics",
    "/get/a.tar.gz",
    "/get/a.tar.gz?json",
    "/dyn/closer.cgi?path=a.tar.gz",
    "/dyn/closer.lua?path=a.tar.gz&as_json=1",
    "/dyn/mirrors/mirrors.cgi/a.tar.gz",
)
SETTINGS = """
[list]
origin = "{origin}"
[health]
rise = 1
fall = 1
[checker]
period = "1s"
timeout = "{timeout}"
deadline = "{timeout}"
private_addresses = true
canaries = ["{canary}"]
# They answer everything with their stamp.
samples = []
"""


@dataclass(frozen=True, kw_only=True)
class World:
    """An origin, mirrors and a canary, each at an address of its own."""

    origin: Loopback
    mirrors: tuple[Loopback, ...]
    canary: Loopback

    @property
    def all(self) -> tuple[Loopback, ...]:
        """Everything that can be reached."""
        return (self.origin, *self.mirrors, self.canary)

    def order(self, timeout: str = "1s") -> Order:
        """Return what has them checked, and tells of them."""
        lines = (
            f"http de {one.url} joe{number}@secret.example\n"
            for number, one in enumerate(self.mirrors)
        )
        settings = SETTINGS.format(
            origin=self.origin.url, canary=self.canary.url, timeout=timeout
        )
        return Order(settings=settings, mirrors="".join(lines))


@pytest.fixture
def world() -> Iterator[World]:
    """Run twenty good mirrors."""
    with ExitStack() as stack:

        def run(host: str) -> Loopback:
            return stack.enter_context(Loopback(stamped(), host=host))

        yield World(
            origin=run("127.0.5.1"),
            canary=run("127.0.5.2"),
            mirrors=tuple(run(f"127.0.6.{number}") for number in range(1, 21)),
        )


def state_of(served: Served) -> StateFolder:
    """Return where the checker writes."""
    return StateFolder(served.home.state)


def all_up(served: Served) -> bool:
    """Return whether every mirror is believed to be up, and no cycle doubted."""
    path = state_of(served).snapshot
    if not path.exists():
        return False
    snapshot = read_snapshot(path)
    states = {one.state for one in snapshot.health.values()}
    return states == {State.UP} and not snapshot.frozen


def frozen(served: Served) -> bool:
    """Return whether the checker blames its own network."""
    return read_snapshot(state_of(served).snapshot).frozen


def gauge(served: Served, name: str) -> float:
    """Return the value of a metric without labels."""
    text = served.ask("/mirrors/metrics").text
    [value] = [
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name
    ]
    return value


def status(served: Served) -> tuple[int, str]:
    """Return the exit code of `mirrorsel status`, and what it prints."""
    config = served.home.folder / "mirrorsel.toml"
    result = CliRunner().invoke(command, ["--config", str(config)])
    return result.exit_code, result.stdout


def test_a_lost_network(world: World) -> None:
    """All are gone at once: that is told everywhere and changes no state, and ends."""
    with serving(world.order()) as served:
        assert eventually(lambda: all_up(served))
        before = read_snapshot(state_of(served).snapshot).health
        changes = journal(served)
        assert 0 == status(served)[0]

        for one in world.all:
            one.behaviour = loopback.silent
        assert eventually(lambda: frozen(served))
        assert eventually(lambda: gauge(served, "mirrorsel_frozen") == 1)
        page, code = served.ask("/mirrors/").text, status(served)
        told = json.loads(served.ask("/mirrors/status.json").text)
        time.sleep(3)
        kept = read_snapshot(state_of(served).snapshot)

        for one in world.all:
            one.behaviour = stamped()
        assert eventually(lambda: all_up(served))
        after = read_snapshot(state_of(served).snapshot).health
        assert eventually(lambda: gauge(served, "mirrorsel_frozen") == 0)
        end = status(served)[0]
        changed, log = journal(served), served.log

    assert "The checker has had no network of its own" in page
    assert (1, True) == (code[0], "network" in code[1])
    assert told["frozen_since"] is not None
    assert kept.frozen
    assert 1 == log.count("this machine's own network is to blame")
    assert 1 == log.count("mirrors can be reached again; their states count")
    assert 0 == end
    assert changes == changed
    for health in (kept.health, after):
        assert {url: one.since for url, one in before.items()} == {
            url: one.since for url, one in health.items()
        }


def journal(served: Served) -> int:
    """Return how many changes of state there were."""
    entries = read_journal(state_of(served).journal)
    return sum(isinstance(one, Change) for one in entries)


def test_the_end_of_httpd(world: World) -> None:
    """Within two seconds all processes are gone, though most of twenty probes hang."""
    hung: list[Connection] = []

    def hang(connection: Connection) -> None:
        hung.append(connection)
        loopback.hanging(connection)

    with serving(world.order("90s")) as served:
        assert eventually(lambda: all_up(served))
        # Whom a round has asked already, it does not ask again while others hang.
        assert eventually(lambda: is_between_rounds(world))
        for one in world.mirrors:
            one.behaviour = hang
        # Who was not due yet when the round began is not asked by it.
        assert eventually(lambda: len(hung) > len(world.mirrors) / 2)
        group = served.httpd.pid
        assert group
        start = time.monotonic()
        os.kill(group, signal.SIGTERM)
        assert eventually(lambda: not processes(group))
        taken = time.monotonic() - start
        snapshot = read_snapshot(state_of(served).snapshot)

    assert taken < 2
    assert {State.UP} == {one.state for one in snapshot.health.values()}


def is_between_rounds(world: World) -> bool:
    """Look for a moment whether no mirror is asked, and all were as often."""
    before = [len(one.requests) for one in world.mirrors]
    time.sleep(0.2)
    after = [len(one.requests) for one in world.mirrors]
    return before == after and len({*after}) == 1


def test_no_program_outlives_httpd(world: World) -> None:
    """An rsync client that waits for a mirror ends with the checker."""
    with Loopback(loopback.hanging, host="127.0.5.3", listens=False) as daemon:
        place = f"rsync://{daemon.host}:{daemon.port}/"
        order = replace(world.order("20s"), mirrors=f"rsync de {place}mod/\n")
        with serving(order) as served:
            assert eventually(lambda: clients_of(place))
            assert served.httpd.pid
            os.kill(served.httpd.pid, signal.SIGTERM)

            assert eventually(lambda: not clients_of(place), 2)


def clients_of(place: str) -> bool:
    """Return whether a program runs that was given a URL below a place."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if any(one.startswith(place.encode()) for one in words):
            return True
    return False


def processes(group: int) -> list[int]:
    """Return the processes of a group that have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def test_contacts_are_nowhere(world: World) -> None:
    """No page, no JSON, no list and no answer has the address of an operator."""
    stale, gone, disabled, *_ = world.mirrors
    stale.behaviour = stamped(3 * 86400)
    gone.behaviour = loopback.silent
    order = world.order()
    contact = "joe2@secret.example"
    mirrors = order.mirrors.replace(contact, f"{contact} disabled=moved")
    assert "disabled" in mirrors
    with serving(replace(order, mirrors=mirrors)) as served:
        assert eventually(lambda: served.ask(ALL_ADDRESSES[0]).status == 200)
        assert eventually(lambda: down(served) == [gone.url])
        pages = [one["page"] for one in report(served)]
        paths = [*ALL_ADDRESSES, *pages, *(f"{one}badge.svg" for one in pages)]
        answers = [served.ask(path) for path in paths]
        probes = [one.read_text() for one in state_of(served).probes.iterdir()]

    assert len(pages) == len(world.mirrors)
    assert {200, 302} == {one.status for one in answers}
    assert world.mirrors[3].url in answers[0].text
    assert disabled.host in answers[1].text
    for one in answers:
        assert "secret" not in f"{one.headers} {one.text}"
    assert not any("secret" in one for one in probes)


def report(served: Served) -> list[dict[str, str]]:
    """Return what programs are told of mirrors."""
    found: list[dict[str, str]] = json.loads(served.ask("/mirrors/status.json").text)[
        "mirrors"
    ]
    return found


def down(served: Served) -> list[str]:
    """Return the URLs of mirrors that are told to be down."""
    return [one["url"] for one in report(served) if one["state"] == "down"]
