"""The metrics through a real httpd: from whom, over which processes, how long."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mirrorsel.httpd.accounts import choose_accounts
from tests.httpd.served import Order, Serve, Served, serving
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

METRICS = "/mirrors/metrics"
SELECTIONS = "mirrorsel_selections_total"


def _total(served: Served, name: str = SELECTIONS, **labels: str) -> float:
    text = served.ask(METRICS).text
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def _download(served: Served, times: int) -> None:
    for _ in range(times):
        assert served.ask("/get/httpd/httpd.tar.gz").status == 302


def _workers(served: Served) -> set[int]:
    """Return the processes that have a file of counts open."""
    folder = served.home.folder / "counters"
    return {
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and _opens(process, folder)
    }


def _started(served: Served) -> set[int]:
    """Return the processes that have loaded the application, which requests do."""
    # In the midst of a restart httpd may answer 503.
    served.ask(METRICS)
    return _workers(served)


def _opens(process: Path, folder: Path) -> bool:
    try:
        opened = [one.readlink() for one in (process / "fd").iterdir()]
    except OSError:
        return False
    return any(one.parent == folder for one in opened)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One httpd of two processes, behind a trusted proxy."""
    order = Order(processes=2, trusted_proxies=("127.0.0.1",))
    with serving(order) as running:
        yield running


def test_who_may_see_them(served: Served) -> None:
    """This machine may; whom a trusted proxy names, from elsewhere, may not."""
    foreign = {"X-Forwarded-For": "192.0.2.1"}
    local = {"X-Forwarded-For": "127.0.0.1"}
    statuses = [
        served.ask(METRICS).status,
        served.ask(METRICS, headers=foreign).status,
        served.ask(f"{METRICS}/", headers=foreign).status,
        served.ask("/mirrors/%6detrics", headers=foreign).status,
        served.ask("//mirrors//metrics", headers=foreign).status,
        served.ask(METRICS, headers={"X-Forwarded-For": "127.0.0.1, 192.0.2.1"}).status,
        # 127.0.0.2 is no trusted proxy: what it says of others does not count, but that
        # it asks for others does.
        served.ask(METRICS, source="127.0.0.2").status,
        served.ask(METRICS, headers=foreign, source="127.0.0.2").status,
        served.ask(METRICS, headers=local, source="127.0.0.2").status,
        served.ask(METRICS, headers=local).status,
    ]

    assert statuses == [200, 403, 403, 403, 403, 403, 200, 403, 403, 200]


def test_all_processes_count_into_one_sum(served: Served) -> None:
    """Whichever process is asked knows of every request, a second later."""
    assert eventually(lambda: len(_started(served)) == 2)

    before = _total(served)
    _download(served, 100)

    assert eventually(lambda: _total(served) == before + 100)
    assert _total(served, "mirrorsel_counters_shared") == 1


def test_a_restart_loses_nothing() -> None:
    """Processes that end in order count to the last; new ones go on from there."""
    with serving(Order(processes=2)) as served:
        _restarted(served)


def _restarted(served: Served) -> None:
    _download(served, 40)
    before = _workers(served)
    # 0 would mean the group of the tests themselves.
    assert served.httpd.pid
    os.kill(served.httpd.pid, signal.SIGUSR1)

    assert eventually(lambda: len(_started(served) - before) == 2)
    assert eventually(lambda: not _workers(served) & before)
    assert eventually(lambda: _total(served) == 40)

    _download(served, 2)

    assert eventually(lambda: _total(served) == 42)
    assert len(list((served.home.folder / "counters").iterdir())) <= 4


def test_a_killed_process_loses_a_second() -> None:
    """What was counted more than a second ago outlives the process."""
    with serving(Order(processes=1)) as served:
        _download(served, 40)
        assert _total(served) == 40

        [worker] = _workers(served)
        os.kill(worker, signal.SIGKILL)

        assert eventually(lambda: _workers(served) not in ({worker}, set()))
        assert _total(served) == 40
        assert len(list((served.home.folder / "counters").iterdir())) == 1


@contextmanager
def _embedded() -> Iterator[Served]:
    accounts = choose_accounts()
    own = replace(
        accounts,
        web=replace(accounts.web, user=accounts.httpd.user, uid=accounts.httpd.uid),
    )
    with serving(Order(embedded=True, accounts=own)) as served:
        yield served


def test_httpd_s_own_processes_count() -> None:
    """Embedded, the children of httpd have a file each, if their account may."""
    with _embedded() as served:
        _download(served, 40)

        assert eventually(lambda: _total(served) == 40)
        assert _total(served, "mirrorsel_counters_shared") == 1


def test_without_a_folder_it_is_said(serve: Serve) -> None:
    """A process that cannot write counts for itself; the log has it once."""
    served = serve(Order(settings='[web]\ncounters = "/nowhere/counters"\n'))
    _download(served, 3)

    assert _total(served) == 3
    assert _total(served, "mirrorsel_counters_shared") == 0
    assert served.log.count("/nowhere/counters: cannot count there") == 1
    assert any("/nowhere/counters" in one for one in served.home.problems)
