"""The whole road: list, checker, snapshot, selection, answer, in a real httpd."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.run import PrivateHttpd
from mirrorsel.model import State
from mirrorsel.state import StateFolder, read_snapshot
from tests.httpd.network import (
    AMERICAN,
    FILE,
    GERMAN,
    JAPANESE,
    NOWHERE,
    PROXY,
    Network,
)
from tests.httpd.served import Order, Served, serving
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

_MANY = 24
"""Requests enough to reach both processes."""


@pytest.fixture(scope="module")
def world(mirrors: Network) -> Iterator[Served]:
    """Serve them, from the moment on when the checker knows them all."""
    with serving(mirrors.order()) as served:
        assert eventually(lambda: settled(served))
        yield served


def settled(served: Served) -> bool:
    """Return whether no listed mirror is unknown, and every process knows it."""
    folder = StateFolder(served.home.state)
    if not folder.snapshot.exists():
        return False
    known = read_snapshot(folder.snapshot).health.values()
    if not known or any(one.state is State.UNKNOWN for one in known):
        return False
    # Each process reads the snapshot in its own time.
    answers = [served.ask(f"/get/{FILE}?json").text for _ in range(_MANY)]
    return not any('"unprobed"' in one for one in answers)


def chosen(served: Served, source: str, **headers: str) -> str:
    """Return the mirror and the way in which a client gets it."""
    answer = served.ask(f"/get/{FILE}", source=source, headers=headers)
    return answer.headers["x-mirrorsel"]


def place(url: str, how: str = "near") -> str:
    """Return what `X-Mirrorsel` says of a mirror."""
    return f"{url.split('/')[2]}; how={how}"


def test_the_checker_tells_mirrors_apart(world: Served, mirrors: Network) -> None:
    """Up, stale and down mirrors are found out by a checker that httpd started."""
    known = read_snapshot(StateFolder(world.home.state).snapshot).health
    states = {url: (health.state, health.stale) for url, health in known.items()}

    assert states == {
        mirrors.german.url: (State.UP, False),
        mirrors.japanese.url: (State.UP, False),
        mirrors.stale.url: (State.UP, True),
        mirrors.hanging.url: (State.DOWN, False),
        mirrors.refusing: (State.DOWN, False),
        mirrors.origin.url: (State.UP, False),
    }


def test_clients_get_the_nearest_healthy_mirror(
    world: Served, mirrors: Network
) -> None:
    """The stale mirror next door and the dead ones at home are passed over."""
    assert chosen(world, GERMAN) == place(mirrors.german.url)
    assert chosen(world, JAPANESE) == place(mirrors.japanese.url)
    assert chosen(world, AMERICAN) in {
        place(mirrors.german.url),
        place(mirrors.japanese.url),
    }
    assert chosen(world, NOWHERE).endswith("how=anywhere")


def test_clients_of_a_trusted_proxy_get_their_own_mirror(
    world: Served, mirrors: Network
) -> None:
    """The proxy's word counts, a stranger's does not."""
    forwarded = {"X-Forwarded-For": JAPANESE}

    assert chosen(world, PROXY, **forwarded) == place(mirrors.japanese.url)
    assert chosen(world, GERMAN, **forwarded) == place(mirrors.german.url)


def test_the_redirect_leads_to_the_file_at_the_mirror(
    world: Served, mirrors: Network
) -> None:
    """Location and further mirrors are complete URLs of the same file."""
    answer = world.ask(f"/get/{FILE}", source=GERMAN)

    assert answer.status == 302
    assert answer.headers["location"] == f"{mirrors.german.url}{FILE}"
    assert answer.headers["link"] == (
        f"<{mirrors.german.url}{FILE}>; rel=duplicate; pri=1; geo=de,"
        f" <{mirrors.japanese.url}{FILE}>; rel=duplicate; pri=2; geo=jp,"
        f" <{mirrors.origin.url}{FILE}>; rel=duplicate; pri=3"
    )


def test_the_explanation_names_every_reason(world: Served, mirrors: Network) -> None:
    """`?json` tells of each mirror why it was passed over."""
    answer = json.loads(world.ask(f"/get/{FILE}?json", source=GERMAN).text)
    reasons = {one["url"]: one["reason"] for one in answer["rejected"]}

    assert answer["client"]["country"] == "de"
    assert reasons == {
        mirrors.stale.url: "stale",
        mirrors.hanging.url: "down",
        mirrors.refusing: "down",
    }


def test_the_access_log_holds_mirror_and_country(
    world: Served, mirrors: Network
) -> None:
    """A request's line says where the client went, and from where."""
    world.ask(f"/get/{FILE}?logged", source=JAPANESE)

    def lines() -> list[str]:
        text = world.httpd.layout.access_log.read_text()
        return [line for line in text.splitlines() if "?logged" in line]

    assert eventually(lambda: len(lines()) == 1)
    assert lines()[0].endswith(f'"{place(mirrors.japanese.url)}" jp')


def test_a_good_edit_counts_in_every_process(mirrors: Network) -> None:
    """REQ-75: within 5 seconds no process gives out the old list's mirror any more."""
    with serving(mirrors.order(settings=still(mirrors))) as served:
        served.list_file.write_text("http de https://new.example/ -\n")
        served.home.follower.poll()

        assert eventually(
            lambda: all(
                chosen(served, GERMAN) == place("https://new.example/", "unprobed")
                for _ in range(_MANY)
            ),
            5,
        )


def test_a_bad_edit_is_told_and_changes_nothing(mirrors: Network) -> None:
    """REQ-70, REQ-75: the log names it; the last good list outlives a restart."""
    with serving(mirrors.order()) as served:
        assert eventually(lambda: settled(served))
        good = chosen(served, GERMAN)
        served.list_file.write_text("http de http://m.example/ -\nhttp de nonsense -\n")
        served.home.follower.poll()

        assert eventually(lambda: "mirrors.list:2:9: " in served.log)
        assert [chosen(served, GERMAN).split(";")[0] for _ in range(_MANY)] == [
            good.split(";")[0]
        ] * _MANY

        again = Options(home=served.home.folder, accounts=served.httpd.options.accounts)
        with PrivateHttpd(again) as restarted:
            later = Served(folder=served.folder, home=served.home, httpd=restarted)

            assert chosen(later, NOWHERE).split(":")[0] in {
                "127.0.0.11",
                "127.0.0.12",
            }


def test_a_crashed_checker_comes_back(world: Served) -> None:
    """A new checker is started, and the snapshot goes on."""
    folder = StateFolder(world.home.state)
    assert eventually(lambda: checker_of(world) is not None)
    victim = checker_of(world)
    assert victim is not None
    before = read_snapshot(folder.snapshot).taken
    os.kill(victim, signal.SIGKILL)

    assert eventually(lambda: checker_of(world) not in {None, victim})
    assert eventually(lambda: read_snapshot(folder.snapshot).taken > before)


@pytest.mark.parametrize(
    ("settings", "mirrors_list", "expected"),
    [
        pytest.param(
            "",
            "http de https://m.example/ -\n",
            "m.example; how=unprobed",
            id="no snapshot",
        ),
        pytest.param(
            '[geoip]\ndatabase = "gone.mmdb"\n',
            "http de https://m.example/ -\n",
            "m.example; how=unprobed",
            id="no GeoIP database",
        ),
        pytest.param("", "\n", "downloads.apache.org; how=backup", id="empty list"),
        pytest.param(
            "",
            "http de https://m.example/ -\nhttp de nonsense -\n",
            "m.example; how=unprobed",
            id="a list that never was good",
        ),
    ],
)
def test_what_is_missing_makes_answers_less_good_never_absent(
    settings: str, mirrors_list: str, expected: str
) -> None:
    """The server starts and answers, whatever its files are like."""
    quiet = f"[checker]\nenabled = false\n{settings}"

    with serving(Order(settings=quiet, mirrors=mirrors_list)) as served:
        assert chosen(served, GERMAN) == expected


def test_made_up_addresses_take_no_memory(world: Served) -> None:
    """A thousand of them leave the processes as large as they were."""
    make_up(world, "warm", 300)
    before = private_memory(world)
    make_up(world, "made-up", 1000)

    assert before > 10 * 2**20
    assert private_memory(world) - before < 3 * 2**20


def make_up(served: Served, name: str, count: int) -> None:
    """Ask for addresses that nobody has asked for, at two of the mappings."""
    for number in range(count):
        served.ask(f"/get/{name}/{number}/{'x' * 50}")
        served.ask(f"/dyn/closer.cgi/{number}?path={name}-{number}&as_json=1")


def still(mirrors: Network) -> str:
    """Return the settings of a network whose mirrors are not probed."""
    settings = mirrors.order().settings
    return settings.replace("[checker]", "[checker]\nenabled = false")


def children(served: Served) -> dict[int, str]:
    """Return the processes of an httpd with their names."""
    parent = served.httpd.pid
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and _parent(folder) == parent:
                name = (folder / "cmdline").read_bytes().split(b"\0")[0]
                found[int(folder.name)] = name.decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _parent(folder: Path) -> int:
    return int((folder / "stat").read_text().rpartition(")")[2].split()[1])


def checker_of(served: Served) -> int | None:
    """Return the process id of the checker, if it runs."""
    # A process's name is cut to the length of the program's path.
    named = (pid for pid, name in children(served).items() if "mirrorsel-" in name)
    return next(named, None)


def private_memory(served: Served) -> int:
    """Return the bytes that the processes which answer do not share."""
    total = 0
    for pid in (one for one, name in children(served).items() if "sel)" in name):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Private_"):
                total += int(line.split()[1]) * 1024
    return total


def test_httpd_can_be_told_to_start_no_checker() -> None:
    """With the define, another service keeps the state folder to itself."""
    with serving(Order(settings="", checker=False)) as served:
        answered = chosen(served, GERMAN)
        names = children(served).values()

    assert answered.endswith("how=unprobed")
    assert not any("mirrorsel-" in name for name in names)
    assert any("sel)" in name for name in names)
