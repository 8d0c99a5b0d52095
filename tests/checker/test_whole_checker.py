"""The checker among mirrors of all kinds, and what everybody is told of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.checker.inquiry import Probe
from mirrorsel.checker.making import Probers
from mirrorsel.checker.rounds import Outside
from mirrorsel.cli.status import command
from mirrorsel.config import Settings
from mirrorsel.model import Outcome, Snapshot, State
from mirrorsel.net import Address, Resolver, resolve
from mirrorsel.state import StateFolder, read_probes, read_snapshot
from mirrorsel.web.app import Wsgi, create_app
from mirrorsel.web.live import Live
from tests import ftp, rsync
from tests.loopback import Authority, Loopback, common_port
from tests.mirror import at, stamp, tree
from tests.probing import STAMP, checking
from tests.waiting import wait_for
from tests.web.asking import ask

SETTINGS = """
[list]
origin = "{origin}"
[checker]
private_addresses = true
period = "1s"
dead_period = "1s"
timeout = "5s"
deadline = "10s"
samples = ["dist/a.gz", "dist/b.gz"]
[health]
rise = {rise}
fall = {fall}
"""
FILES = {"dist/a.gz": b"the file a", "dist/b.gz": b"the file b"}
NEXT = "127.0.7.{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The files of an installation."""

    folder: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "mirrorsel.toml"

    @property
    def state(self) -> StateFolder:
        """The state folder."""
        return StateFolder(self.folder / "state")

    @property
    def snapshot(self) -> Snapshot:
        """What is believed now."""
        return read_snapshot(self.state.snapshot)

    def write(
        self,
        origin: Loopback,
        lines: Mapping[str, str],
        *,
        rise: int = 1,
        fall: int = 1,
    ) -> None:
        """Write settings and a list: URLs with the kinds of their mirrors."""
        text = SETTINGS.format(origin=origin.url, rise=rise, fall=fall)
        self.settings.write_text(text)
        (self.folder / "mirrors.list").write_text(
            "".join(f"{kind} de {url} -\n" for url, kind in lines.items())
        )

    def status(self) -> str:
        """Return what `mirrorsel status` prints."""
        return CliRunner().invoke(command, ["--config", str(self.settings)]).stdout

    def app(self) -> Wsgi:
        """Return what answers requests."""
        live = Live(self.settings)
        return create_app(lambda: live.realm, past=lambda: live.past)

    def known(self) -> bool:
        """Return whether there is a belief about every mirror."""
        if not self.state.snapshot.exists():
            return False
        return all(
            one.state is not State.UNKNOWN for one in self.snapshot.health.values()
        )

    def states(self) -> dict[str, State]:
        """Return what is believed, by URL."""
        return {url: one.state for url, one in self.snapshot.health.items()}


def good() -> Mapping[str, bytes]:
    """Return all files of a good mirror."""
    return {STAMP: stamp(), **FILES}


def plant(folder: Path, **others: bytes) -> Path:
    """Make a tree, with some of its files in `dist` otherwise."""
    changed = {f"dist/{name}.gz": content for name, content in others.items()}
    for path, content in {**good(), **changed}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_each_kind_of_mirror(tmp_path: Path) -> None:
    """By HTTP, FTP and rsync alike good mirrors are up, and others are not."""
    site = Site(folder=tmp_path)
    right = plant(tmp_path / "right")
    wrong = plant(tmp_path / "wrong", a=b"mangled!!!", b=b"mangled!!!")
    with ExitStack() as stack:
        run = stack.enter_context
        origin = run(Loopback(tree(good()), host=NEXT.format(1)))
        expected = {
            run(Loopback(tree(good()), host=NEXT.format(2))).url: State.UP,
            run(ftp.good_server(right, NEXT.format(3))): State.UP,
            f"{run(rsync.daemon(right, tmp_path, NEXT.format(4)))}mod/": State.UP,
            run(ftp.good_server(wrong, NEXT.format(5))): State.DOWN,
            f"{run(rsync.daemon(wrong, tmp_path, NEXT.format(6)))}mod/": State.DOWN,
        }
        site.write(origin, {url: url.partition(":")[0] for url in expected})
        with checking(site.settings):
            wait_for(site.known, 20)
        probes = {url: read_probes(site.state.probes, url)[0] for url in expected}

    assert expected == site.states()
    assert {State.UP: Outcome.OK, State.DOWN: Outcome.BAD_HASH} == {
        state: probes[url].outcome for url, state in expected.items()
    }
    assert all(one.sample in FILES for one in probes.values())
    assert "wrong content: dist/" in site.status()


def test_what_was_wrong_must_be_right_again(tmp_path: Path) -> None:
    """One file of two is wrong: that takes a mirror down, and holds it there."""
    site = Site(folder=tmp_path)
    with (
        Loopback(tree(good()), host=NEXT.format(1)) as origin,
        Loopback(tree({**good(), "dist/a.gz": b"mangled!!!"})) as mirror,
    ):
        site.write(origin, {mirror.url: "http"}, rise=2, fall=2)
        with checking(site.settings):
            wait_for(lambda: site.known() and State.DOWN in site.states().values(), 15)
            asked = len(mirror.requests)
            wait_for(lambda: len(mirror.requests) >= asked + 6, 15)
            held = site.states()
            mirror.behaviour = tree(good())
            wait_for(lambda: State.UP in site.states().values(), 15)
        probes = read_probes(site.state.probes, mirror.url)

    assert {mirror.url: State.DOWN} == held
    failed = [one.sample for one in probes if one.outcome is Outcome.BAD_HASH]
    assert {"dist/a.gz"} == set(failed)
    first = next(n for n, one in enumerate(probes) if one.outcome is Outcome.BAD_HASH)
    assert len(failed) >= 4
    # From the first on, no other file is asked for before it is right.
    after = [one.outcome for one in probes[first:]]
    assert after == sorted(after)


# Two IP families, and certificates


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An installation whose checker has seen its mirrors."""

    site: Site
    app: Wsgi
    both: str
    """A mirror that answers over IPv4 and over IPv6."""
    lame: str
    """One that has an IPv6 address, at which nobody answers."""
    ending: str
    """One whose certificate ends in nine days."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """Run the checker among mirrors with names."""
    site = Site(folder=tmp_path_factory.mktemp("site"))
    authority = Authority(site.folder)
    tls = authority.context("ending.example", days=9)
    with ExitStack() as stack:
        run = stack.enter_context
        origin = run(Loopback(tree(good()), host=NEXT.format(1)))
        port = common_port(NEXT.format(2), "::1")
        both = run(Loopback(tree(good()), host=NEXT.format(2), port=port))
        run(Loopback(tree(good()), host="::1", port=port))
        lame = run(Loopback(tree(good()), host=NEXT.format(3)))
        ending = run(Loopback(tree(good()), host=NEXT.format(4), tls=tls))
        names = {
            "both.example": at(both.host, "::1"),
            "lame.example": at(lame.host, "::1"),
            "ending.example": at(ending.host),
        }
        urls = (
            both.url_of("both.example"),
            lame.url_of("lame.example"),
            ending.url_of("ending.example"),
        )
        site.write(origin, dict.fromkeys(urls, "http"))
        with checking(site.settings, Outside(prober=named(names, authority))):
            wait_for(site.known, 20)
        yield Seen(
            site=site, app=site.app(), both=urls[0], lame=urls[1], ending=urls[2]
        )


def named(
    names: Mapping[str, Resolver], authority: Authority
) -> Callable[[Settings], Probe]:
    """Return what makes probers that know these names, and trust an authority."""
    make = Probers()

    def look_up(host: str, *, private: bool) -> tuple[Address, ...]:
        return names.get(host, resolve)(host, private=private)

    def prober(settings: Settings) -> Probe:
        made = make(settings)
        limits = replace(made.limits, authorities=str(authority.file))
        return replace(made, limits=limits, resolve=look_up)

    return prober


def row(seen: Seen, url: str) -> dict[str, object]:
    """Return what programs are told of a mirror."""
    rows = ask(seen.app, "/mirrors/status.json").json["mirrors"]
    found: dict[str, object] = next(one for one in rows if one["url"] == url)
    return found


def test_a_dead_ipv6_is_told_everywhere(seen: Seen) -> None:
    """The mirror is up, and warned of in JSON, on its page and by `status`."""
    told, healthy = row(seen, seen.lame), row(seen, seen.both)
    page = ask(seen.app, str(told["page"])).text

    assert ("up", True, False) == (told["state"], told["ipv4"], told["ipv6"])
    assert ("up", True, True) == (healthy["state"], healthy["ipv4"], healthy["ipv6"])
    assert ["ipv6"] == [one["code"] for one in warnings(told)]
    assert [] == warnings(healthy)
    assert "does not answer over IPv6" in page
    assert f"{seen.lame} does not answer over IPv6" in seen.site.status()


def warnings(told: Mapping[str, object]) -> list[dict[str, str]]:
    """Return the warnings of a mirror."""
    found = told["warnings"]
    assert isinstance(found, list)
    return found


def order(seen: Seen, client: str) -> tuple[str, ...]:
    """Return which of the two mirrors with IPv6 a client gets before the other."""
    ranked = ask(seen.app, "/get/f?json", address=client).json["ranked"]
    wanted = {seen.both, seen.lame}
    return tuple(one["url"] for one in ranked if one["url"] in wanted)


def test_clients_of_a_dead_family_go_elsewhere(seen: Seen) -> None:
    """By IPv6 nobody gets the mirror first whose IPv6 is dead; by IPv4 some do."""
    by_ipv6 = {order(seen, f"2001:db8:{n:x}::1") for n in range(50)}
    by_ipv4 = {order(seen, f"192.0.{n}.1") for n in range(50)}

    assert {(seen.both, seen.lame)} == by_ipv6
    assert {(seen.both, seen.lame), (seen.lame, seen.both)} == by_ipv4


def test_a_certificate_is_told_everywhere(seen: Seen) -> None:
    """Its days are in JSON, on its page, in the metrics, and warned of by `status`."""
    told = row(seen, seen.ending)
    page = ask(seen.app, str(told["page"])).text
    metrics = ask(seen.app, "/mirrors/metrics").text
    name = "mirrorsel_mirror_certificate_expiry_seconds{"
    [value] = [line for line in metrics.splitlines() if line.startswith(name)]

    assert ("up", ["certificate"]) == (
        told["state"],
        [one["code"] for one in warnings(told)],
    )
    assert "It has a certificate that ends in 9 d." in page
    assert f"{seen.ending} has a certificate that ends in 9 d" in seen.site.status()
    assert 8 * 86400 < float(value.rpartition(" ")[2]) < 9 * 86400
