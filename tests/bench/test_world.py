"""What the benchmark serves: lists, databases, pages, baselines."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path

import pytest

from bench import city, listed, pages
from bench.case import REDIRECT, Ask, Site
from bench.duel import processor_time
from bench.plan import QUICK
from bench.replacing import replacing
from bench.scenarios import (
    CASES,
    JSON,
    LARGE,
    METALINK,
    MISSING,
    PREFERRED,
    REFUSED,
    SMALL,
    STATUS,
    with_mirrors,
)
from bench.servers import Server, baseline, empty, mirrorsel
from bench.world import make_world
from mirrorsel.geo import load_countries, open_locator
from mirrorsel.lists import parse
from tests.geodb import write_city_database
from tests.waiting import eventually

TINY = replace(QUICK, rounds=1, networks=5000, clients=10)


def test_a_longer_list_begins_as_a_shorter_one() -> None:
    """All lines are good, and a list of many mirrors differs by its end alone."""
    short, long = listed.lines(20), listed.lines(300)
    loaded = parse(long, None, countries=load_countries())

    assert loaded.problems == ()
    assert len(loaded.list.mirrors) == 301
    assert long.startswith(short.rpartition("http Backup")[0])


def test_a_database_covers_all_addresses(tmp_path: Path) -> None:
    """Its networks lie side by side, and each address has a place."""
    made = city.records(5000)
    networks = [ip_network(one) for one in made]
    database = city.write(tmp_path / "city.mmdb", made)
    locator = open_locator(database, None, load_countries())

    assert 4000 < len(networks) < 8000
    assert all(
        int(one.broadcast_address) + 1 == int(other.network_address)
        for one, other in pairwise(networks)
    )
    assert all(locator.locate(one).coordinates for one in city.addresses(made, 50))


def test_pages_have_their_sizes(tmp_path: Path) -> None:
    """The large one has 417 kB, the others a few."""
    pages.write_pages(tmp_path)
    sizes = {one.stem: one.stat().st_size for one in tmp_path.iterdir()}

    assert abs(sizes["large"] - 417_000) < 1000
    assert sizes["plain"] < sizes["small"] < 5000


def test_the_classic_script_does_the_work(tmp_path: Path) -> None:
    """It names a mirror of the client's country in the page of the template."""
    (tmp_path / "mirrors.list").write_text(
        "http de https://de.example/ -\nhttp fr https://fr.example/ -\n"
        "http Backup https://backup.example/\n"
    )
    write_city_database(tmp_path / "city.mmdb", {"192.0.2.0/24": {"country": "fr"}})
    pages.write_pages(tmp_path)
    asked = {
        "BENCH_LIST": str(tmp_path / "mirrors.list"),
        "BENCH_DATABASE": str(tmp_path / "city.mmdb"),
        "BENCH_PAGE": str(tmp_path / "small.html"),
        "REMOTE_ADDR": "192.0.2.7",
        "SCRIPT_NAME": "/download.cgi",
    }
    ran = subprocess.run(
        [sys.executable, "-c", baseline("classic")],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.startswith("Content-Type: text/html\n\n<!DOCTYPE html>")
    assert 'The mirror is <a href="https://fr.example/">' in ran.stdout
    assert "https://de.example/" not in ran.stdout
    assert '<form action="/download.cgi"' in ran.stdout


def test_scenarios_have_names_of_their_own() -> None:
    """No two lines of a table can be taken for each other, and the base is first."""
    for cases in (CASES, with_mirrors(10)):
        names = [one.name for one in cases]
        assert len(names) == len(set(names))
    assert CASES[0].site == Site()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Serve as the benchmark does, with an index of files."""
    with (
        make_world(TINY) as world,
        mirrorsel(Site(mirrors=20, index=True, city=True), world) as running,
    ):
        yield running


@pytest.mark.httpd
@pytest.mark.parametrize(
    "ask",
    [REDIRECT, JSON, SMALL, LARGE, PREFERRED, METALINK, STATUS, MISSING, REFUSED],
    ids=lambda one: one.name,
)
def test_each_kind_of_request_is_answered(server: Server, ask: Ask) -> None:
    """What is measured is what is meant to be."""
    assert server.status(ask.path, ask.method) == ask.status


@pytest.mark.httpd
def test_replaced_files_count(server: Server) -> None:
    """Lists that are replaced are seen in answers, and snapshots are replaced."""
    with replacing(server, 20) as done:
        seen = eventually(lambda: done.lists > 1 and done.snapshots > 1, seconds=40)

    assert seen


@pytest.mark.httpd
def test_processor_time_is_that_of_all_processes(server: Server) -> None:
    """Answers take some, wherever they are made."""
    before = processor_time(server.pid)
    for _ in range(100):
        server.status(SMALL.path)

    assert processor_time(server.pid) > before


@pytest.mark.httpd
@pytest.mark.parametrize("embedded", [False, True])
def test_the_empty_application_answers(*, embedded: bool) -> None:
    """It stands where mirrorsel stands, and answers with as much as is asked for."""
    with empty(embedded=embedded) as running:
        assert running.status(REDIRECT.path) == 200
        assert running.status(LARGE.against) == 200
