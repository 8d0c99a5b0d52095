"""The realm of the moment, whatever befalls its files."""

import gc
import logging
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mirrorsel.cli.geoip_update import command as update
from mirrorsel.web.app import create_app
from mirrorsel.web.entry import create_application
from mirrorsel.web.live import Live
from mirrorsel.web.slot import sums
from tests.geodb import write_asn_database, write_city_database
from tests.loopback import Loopback
from tests.supplier import MaxMindServer, city, lay_out_key
from tests.tree.published import publish
from tests.waiting import wait_for
from tests.web.asking import FRENCH, ask
from tests.web.sites import DOWN, LIST, ORIGIN, SETTINGS, lay_out, write_health

ONE = "http fr https://one.example/\n"
TWO = "http fr https://two.example/\n"
BROKEN = "http fr https://good.example/\nhttp fr gone.example/\n"


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


class Site:
    """A site that is followed while its files change.

    Args:
        folder: Where its files lie.
        records: What it has logged, filled by the `site` fixture.

    """

    def __init__(self, folder: Path, records: list[logging.LogRecord]) -> None:
        self.folder = folder
        self.list = folder / "mirrors.list"
        self.settings = folder / "mirrorsel.toml"
        self._records = records
        self._clock = Clock()
        self.live = Live(self.settings, clock=self._clock)

    def settle(self) -> bool:
        """Let files stand still for long enough; return whether there is news."""
        self.live.poll()
        self._clock.now += 1.5
        return self.live.poll()

    def chosen(self) -> str:
        """Return whom a French client gets, and how."""
        app = create_app(lambda: self.live.realm)
        return ask(app, "/get/x", address=FRENCH).headers["x-mirrorsel"]

    def logged(self) -> list[str]:
        """Return what was logged since the last call."""
        messages = [record.getMessage() for record in self._records]
        self._records.clear()
        return messages


OpenSite = Callable[..., Site]


@pytest.fixture
def open_site(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[OpenSite]:
    """Return what lays out a site, then follows it."""

    def make(**files: object) -> Site:
        geoip = write_city_database(
            tmp_path / "city.mmdb", {f"{FRENCH}/32": {"country": "fr"}}
        )
        settings = f'{SETTINGS}[geoip]\ndatabase = "{geoip}"\n'
        lay_out(tmp_path, **({"settings": settings, "listed": ONE} | files))  # type: ignore[arg-type] # any of its arguments
        return Site(tmp_path, caplog.records)

    yield make
    gc.collect()


def test_a_good_edit_counts_once_it_stands_still(open_site: OpenSite) -> None:
    """REQ-75: a changed list is taken up without a restart."""
    site = open_site()

    site.list.write_text(TWO)

    assert not site.live.poll()
    assert site.chosen() == "one.example; how=near"
    assert site.settle()
    assert site.chosen() == "two.example; how=unprobed"
    assert not site.settle()
    assert site.logged() == []


def test_an_index_is_used_while_the_settings_want_one(open_site: OpenSite) -> None:
    """An index that lies there counts with the setting, and no longer."""
    site = open_site()
    text = site.settings.read_text()
    publish(site.folder / "state", {"a": b"1"})
    seen = []
    for index in ("off", "origin", "off"):
        site.settings.write_text(f'{text}[tree]\nindex = "{index}"\n')
        site.settle()
        tree = site.live.realm.tree
        seen.append(tree is not None and tree.find("a") is not None)

    assert seen == [False, True, False]


@pytest.mark.parametrize("way", ["rename", "link", "in place"])
def test_however_the_list_is_replaced(open_site: OpenSite, way: str) -> None:
    """An edit may rename, switch a symbolic link, or rewrite the file."""
    site = open_site()
    other = site.folder / "other.list"
    other.write_text(TWO)

    if way == "rename":
        other.replace(site.list)
    elif way == "link":
        site.list.unlink()
        site.list.symlink_to(other)
    else:
        site.list.write_text(TWO)
    site.settle()

    assert site.chosen() == "two.example; how=unprobed"


def test_a_bad_edit_is_logged_once_and_changes_nothing(open_site: OpenSite) -> None:
    """REQ-70: the last good list stays; the log says file, line and column."""
    site = open_site()

    site.list.write_text(BROKEN)

    assert not site.settle()
    assert site.chosen() == "one.example; how=near"
    [message] = site.logged()
    assert f"{site.list}:2:9: " in message
    assert not site.settle()
    assert site.logged() == []


def test_a_mended_list_counts(open_site: OpenSite) -> None:
    """After a bad edit the next good one is taken up."""
    site = open_site()
    site.list.write_text(BROKEN)
    site.settle()

    site.list.write_text(TWO)

    assert site.settle()
    assert site.chosen() == "two.example; how=unprobed"


@pytest.mark.parametrize("name", ["mirrors.list", "mirrorsel.toml", "state/snapshot"])
def test_a_deleted_file_changes_nothing(open_site: OpenSite, name: str) -> None:
    """REQ-75: what is gone stays in force, and the log says so."""
    site = open_site()

    (site.folder / name).unlink()

    assert not site.settle()
    assert site.chosen() == "one.example; how=near"
    [message] = site.logged()
    assert name in message


def test_an_emptied_list_changes_nothing(open_site: OpenSite) -> None:
    """REQ-75: a list without one entry is no list."""
    site = open_site()

    site.list.write_text("")

    assert not site.settle()
    assert site.chosen() == "one.example; how=near"


def test_a_new_snapshot_counts_at_once(open_site: OpenSite) -> None:
    """It is renamed into place, so there is no need to wait."""
    site = open_site(listed=ONE + TWO)

    write_health(site.folder, ONE + TWO, {"one.example": DOWN})

    assert site.live.poll()
    assert site.chosen() == "two.example; how=near"
    assert site.logged() == []


def test_a_damaged_snapshot_changes_nothing(open_site: OpenSite) -> None:
    """The states before it stand."""
    site = open_site()

    (site.folder / "state" / "snapshot").write_text("{")

    assert not site.live.poll()
    assert site.chosen() == "one.example; how=near"
    assert len(site.logged()) == 1


def test_a_start_before_the_first_cycle_is_no_error(open_site: OpenSite) -> None:
    """Without a snapshot the mirrors of the list are used, unprobed."""
    site = open_site(health=None)

    assert site.chosen() == "one.example; how=unprobed"
    assert site.logged() == []

    write_health(site.folder, ONE)
    site.live.poll()

    assert site.chosen() == "one.example; how=near"


def test_a_start_with_a_damaged_snapshot_is_told(open_site: OpenSite) -> None:
    """It is done without, and the log says so."""
    (open_site().folder / "state" / "snapshot").write_text('{"format": 99}')

    site = open_site(health=None)

    assert site.chosen() == "one.example; how=unprobed"
    assert len(site.logged()) == 1


@pytest.mark.parametrize(
    ("listed", "last_good", "expected"),
    [
        pytest.param(BROKEN, TWO, "two.example; how=unprobed", id="broken"),
        pytest.param(None, TWO, "two.example; how=unprobed", id="missing"),
        pytest.param("", TWO, "two.example; how=unprobed", id="empty"),
        pytest.param(BROKEN, None, "good.example; how=unprobed", id="never good"),
        pytest.param(BROKEN, "x\n", "good.example; how=unprobed", id="bad copy"),
        pytest.param(None, None, "origin.example; how=backup", id="none ever"),
        pytest.param("", None, "origin.example; how=backup", id="nothing ever"),
    ],
)
def test_a_start_without_a_good_list(
    open_site: OpenSite, listed: str | None, last_good: str | None, expected: str
) -> None:
    """REQ-70, REQ-75: the last good one, else its good lines, else the origin."""
    folder = open_site(listed=None, health=None).folder
    if last_good is not None:
        (folder / "state" / "last-good.list").write_text(last_good)

    site = open_site(listed=listed, health=None)

    assert site.chosen() == expected


def test_a_start_without_a_good_list_is_logged(open_site: OpenSite) -> None:
    """The log names every wrong line, and what is used instead."""
    site = open_site(listed=f"{BROKEN}x\n")

    first, second, instead = site.logged()

    assert f"{site.list}:2:9: " in first
    assert f"{site.list}:3:" in second
    assert "its good lines" in instead


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param("[web]\nlinks = 99\n", id="a value that cannot be"),
        pytest.param("[web\n", id="no TOML"),
        pytest.param(None, id="missing"),
    ],
)
def test_a_start_with_broken_settings(
    open_site: OpenSite, settings: str | None
) -> None:
    """The defaults are used, and the log says why."""
    site = open_site(settings=settings)

    assert site.chosen() == "one.example; how=anywhere"
    [message] = site.logged()
    assert str(site.settings) in message


def test_the_first_usable_settings_name_the_files(open_site: OpenSite) -> None:
    """Once settings that were broken at a start are mended, their paths count."""
    site = open_site(settings="[web]\nlinks = 99\n")
    (site.folder / "other.list").write_text(TWO)
    database = site.folder / "city.mmdb"
    site.settings.write_text(
        f'[list]\nfile = "other.list"\n[geoip]\ndatabase = "{database}"\n'
        '[state]\nfolder = "elsewhere"\n'
    )

    assert site.settle()
    assert site.chosen() == "two.example; how=unprobed"
    assert not site.settle()


def test_settings_that_are_mended_badly(open_site: OpenSite) -> None:
    """What the first usable settings name is reported, as at a start."""
    site = open_site(settings="[web]\nlinks = 99\n")
    site.logged()
    site.settings.write_text('[list]\nfile = "none.list"\n')
    site.settle()

    missing, instead = site.logged()
    assert "none.list: cannot be read" in missing
    assert "a list without any mirror" in instead


def test_settings_are_followed(open_site: OpenSite) -> None:
    """A good edit counts; a broken one is logged and changes nothing."""
    site = open_site(listed='http fr https://one.example/ - disabled="x"\n')
    text = site.settings.read_text()
    before = site.chosen()

    site.settings.write_text(text.replace(ORIGIN, "https://other.example/"))
    site.settle()
    edited = site.chosen()
    site.settings.write_text("[web]\nlinks = 99\n")
    site.settle()

    assert (before, edited) == (
        "origin.example; how=backup",
        "other.example; how=backup",
    )
    assert site.chosen() == edited
    assert [f"{site.settings}:2:1: " in one for one in site.logged()] == [True]


def test_folders_that_settings_name_are_looked_at(open_site: OpenSite) -> None:
    """One that is not there is told when the settings name it, and once."""
    site = open_site()
    before = site.logged()

    site.settings.write_text(f'{site.settings.read_text()}[tree]\nfolder = "dist"\n')
    site.settle()
    site.settle()

    [told] = [one for one in site.logged() if one not in before]
    assert f"{site.settings.parent}/dist: the folder that `tree.folder` names" in told


@pytest.mark.parametrize("damage", [b"no database", None], ids=["damaged", "missing"])
def test_a_start_without_the_database(
    open_site: OpenSite, tmp_path: Path, damage: bytes | None
) -> None:
    """The embedded table places clients, until there is a good database."""
    file = tmp_path / "own.mmdb"
    if damage:
        file.write_bytes(damage)
    settings = f'{SETTINGS}[geoip]\ndatabase = "own.mmdb"\nasn_database = "a.mmdb"\n'
    write_asn_database(tmp_path / "a.mmdb", {f"{FRENCH}/32": 64496})

    site = open_site(settings=settings)

    assert site.chosen() == "one.example; how=anywhere"
    [message] = site.logged()
    assert str(file) in message

    write_city_database(tmp_path / "new", {f"{FRENCH}/32": {"country": "fr"}})
    (tmp_path / "new").replace(file)
    site.settle()

    client = site.live.realm.client(FRENCH, https=False)
    assert (client.location.country, client.location.asn) == ("fr", 64496)


def test_a_database_that_goes_bad_stays_in_use(open_site: OpenSite) -> None:
    """The one in memory serves on."""
    site = open_site()
    bad = site.folder / "bad"
    bad.write_bytes(b"no database")

    bad.replace(site.folder / "city.mmdb")
    site.settle()

    assert site.chosen() == "one.example; how=near"
    assert len(site.logged()) == 1


def test_a_realm_is_swapped_whole(open_site: OpenSite) -> None:
    """A request that holds a realm sees one generation to its end."""
    site = open_site()
    held = site.live.realm

    site.list.write_text(TWO)
    site.settle()

    assert site.live.realm is not held
    assert [one.url for one in held.sources.mirrors.mirrors] == ["https://one.example/"]


def test_an_application_follows_its_files(tmp_path: Path) -> None:
    """A thread takes edits up within seconds."""
    settings = lay_out(tmp_path, listed=ONE, health=None)
    app = create_application(settings)
    before = ask(app, "/get/x").headers["x-mirrorsel"]
    (tmp_path / "mirrors.list").write_text(TWO)

    wait_for(lambda: ask(app, "/get/x").headers["x-mirrorsel"] != before, 5)

    assert ask(app, "/get/x").headers["x-mirrorsel"].startswith("two.example")


def test_an_updated_database_counts_by_itself(tmp_path: Path) -> None:
    """What `mirrorsel geoip update` puts into place counts within 5 seconds."""
    servers = MaxMindServer(city(tmp_path, "de", address=FRENCH))
    with Loopback(servers) as running:
        lay_out(
            tmp_path,
            listed="http fr https://one.example/\nhttp jp https://two.example/\n",
            settings=f'{SETTINGS}[geoip]\ndatabase = "city.mmdb"\n'
            f'source = "maxmind"\nurl = "{running.url}"\n{lay_out_key(tmp_path)}',
            health=None,
        )
        config = str(tmp_path / "mirrorsel.toml")
        run = partial(CliRunner().invoke, update, ["--config", config])
        assert run().exit_code == 0
        app = create_application(tmp_path / "mirrorsel.toml")
        ask_one = partial(ask, app, "/get/x", address=FRENCH)
        before = ask_one().headers["x-mirrorsel"]

        servers.content = city(
            tmp_path, "jp", address=FRENCH, latitude=35.7, longitude=139.7
        )
        assert run().exit_code == 0
        wait_for(lambda: ask_one().headers["x-mirrorsel"] != before, 5)

    assert before.startswith("one.example")
    assert ask_one().headers["x-mirrorsel"].startswith("two.example")


def test_an_application_counts_by_itself(tmp_path: Path) -> None:
    """What was noted is in the folder within a second, without a scrape."""
    settings = lay_out(tmp_path)
    (tmp_path / "counters").mkdir()
    ask(create_application(settings), "/get/x")

    wait_for(lambda: bool(sums(tmp_path / "counters")), 5)

    assert ("seconds", "get") in sums(tmp_path / "counters")


def test_errors_of_the_list_are_counted(open_site: OpenSite) -> None:
    """Those of the file as it is now, though an older one is in force."""
    site = open_site()
    before = site.live.list_errors
    site.list.write_text(BROKEN)
    site.settle()
    broken = site.live.list_errors
    site.list.write_text(TWO)
    site.settle()

    assert (before, broken, site.live.list_errors) == (0, 1, 0)


def test_following_ends_when_it_is_told(tmp_path: Path) -> None:
    """The thread lives until the event is set."""
    live = Live(lay_out(tmp_path, listed=LIST))
    stop = threading.Event()
    thread = live.follow(stop, every=0.01)
    assert thread.is_alive()

    stop.set()
    thread.join(timeout=5)

    assert not thread.is_alive()


def test_a_defect_does_not_end_the_following(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that follows files is replaced when something unforeseen ends it."""
    ended: list[str] = []
    stop = threading.Event()

    class Defective(Live):
        def __init__(self) -> None:
            self.polls = 0

        def poll(self) -> bool:
            self.polls += 1
            if self.polls == 3:
                stop.set()
            raise RuntimeError

    monkeypatch.setattr(
        threading, "excepthook", lambda args: ended.append(args.exc_type.__name__)
    )
    live = Defective()
    live.follow(stop, 0.001).join(5)

    assert (live.polls, ended) == (3, ["RuntimeError"] * 3)


def test_what_is_replaced_is_gone_at_once(open_site: OpenSite) -> None:
    """No collection of garbage, which holds up all requests, is needed for it."""
    site = open_site(listed=ONE + TWO)
    site.chosen()
    old = site.live.realm.index
    kept: list[weakref.ref[Any]] = [weakref.ref(old), weakref.ref(old.geography)]
    del old
    gc.collect()
    gc.disable()
    try:
        site.list.write_text(TWO)
        taken = site.settle()
        left = [one() for one in kept]
    finally:
        gc.enable()

    assert taken
    assert [None, None] == left


def test_a_new_realm_is_ready_for_the_clients_of_the_old(open_site: OpenSite) -> None:
    """Nobody waits until the mirrors are put in order for his place."""
    site = open_site()
    site.chosen()
    known = site.live.realm.index.geography.remembered
    site.list.write_text(TWO)
    site.settle()

    assert 1 == len(known)
    assert known == site.live.realm.index.geography.remembered


def test_a_start_waits_for_files_that_are_written(tmp_path: Path) -> None:
    """Settings and list must stand still before they are read for the first time."""
    lay_out(tmp_path, settings=SETTINGS, listed=ONE, health=None)
    listed, waited = tmp_path / "mirrors.list", []

    def wait(path: Path) -> None:
        waited.append(path.name)
        if path == listed:
            listed.write_text(TWO)

    live = Live(tmp_path / "mirrorsel.toml", wait=wait)

    assert ["mirrorsel.toml", "mirrors.list"] == waited
    assert 1 == len(live.realm.sources.mirrors.mirrors)
    assert "two" in live.realm.sources.mirrors.mirrors[0].url
