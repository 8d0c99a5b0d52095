"""Requests a second through a real httpd, with the index on and off."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.bars import single
from bench.case import Ask, Case, Clients, Load
from bench.duel import Outcome, duel, side, warm_up
from bench.files.paths import path
from bench.files.plan import Plan
from bench.files.stored import artefacts, make_index, mirrors_list
from bench.plan import QUICK
from bench.servers import PROXY, Server, started
from bench.table import Table
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.shipped import shipped
from mirrorsel.state import StateFolder
from tests.httpd.served import open_folder

_ASKED = 0.9
_LISTED = 100
_SETTINGS = """
[checker]
enabled = false
[tree]
index = "{index}"
folder = "{tree}"
"""


_REDIRECT = Ask(name="redirect", path=f"/get/{path(0)}", status=302)
_JSON = Ask(name="closer JSON", path=f"/dyn/closer.lua/{path(0)}?as_json=1", status=200)
_RANDOM = Load(clients=Clients.RANDOM)


def measure(plan: Plan) -> Iterator[Table]:
    """Measure one httpd with an index and one without, in turn."""
    with (
        tempfile.TemporaryDirectory() as name,
        _server(plan, Path(name, "state"), "folder") as on,
        _server(plan, None, "off") as off,
    ):
        cases = _cases(_all_files(Path(name, "paths"), plan))
        found = {one: _compare(one, on, off, plan) for one in cases}
    least = min(two.rate.median for one, two in found.items() if one.bar)
    yield Table(
        title="Requests through httpd, index on against off",
        asked=(
            f"wrk with {Load().connections} connections for {plan.seconds} s in turn,"
            f" {plan.rounds} rounds; {_LISTED} mirrors, {plan.served:,} paths. With the"
            " index a redirect has the headers that vouch for the file, and random"
            " files are more than a process remembers."
        ),
        heads=("requests", "on, 1/s", "off, 1/s", "ratio"),
        rows=[_row(one.name, two) for one, two in found.items()],
        bar=single(
            f"at least {_ASKED} for one file",
            f"{least:.2f} at the least",
            reached=least >= _ASKED,
        ),
    )


def _cases(files: Path) -> Sequence[Case]:
    """Return what is compared; `files` has the addresses of all artefacts."""
    redirect, json = _REDIRECT.name, _JSON.name
    return (
        Case(name=f"{redirect}, one client", ask=_REDIRECT, bar=_ASKED),
        Case(
            name=f"{redirect}, random clients", ask=_REDIRECT, load=_RANDOM, bar=_ASKED
        ),
        Case(name=f"{json}, one client", ask=_JSON, bar=_ASKED),
        Case(name=f"{json}, random clients", ask=_JSON, load=_RANDOM, bar=_ASKED),
        Case(
            name=f"{redirect}, one client, random files",
            ask=_REDIRECT,
            load=Load(paths=files),
        ),
    )


def _all_files(file: Path, plan: Plan) -> Path:
    file.write_text("\n".join(f"/get/{one}" for one in artefacts(plan.served)))
    return file


def _compare(case: Case, on: Server, off: Server, plan: Plan) -> Outcome:
    length = replace(QUICK, rounds=plan.rounds, seconds=plan.seconds)
    ours = side(case, on)
    other = replace(side(case, off), name=f"{case.name}, index off")
    for one in (ours, other):
        warm_up(one, case.load, length)
    return duel(ours, other, case.load, length)


def _row(words: str, found: Outcome) -> tuple[str, ...]:
    on, off = found.median(lambda one: one.told.rate)
    return words, f"{on:,.0f}", f"{off:,.0f}", str(found.rate)


@contextmanager
def _server(plan: Plan, work: Path | None, index: str) -> Iterator[Server]:
    """Serve; `work` is where the index is made, None for none."""
    with open_folder() as home:
        settings = _SETTINGS.format(index=index, tree=home / "dist")
        (home / "dist").mkdir()
        (home / "wsgi.py").write_text(shipped("wsgi.py").read_text())
        (home / "mirrorsel.toml").write_text(settings)
        (home / "mirrors.list").write_text(mirrors_list(_LISTED))
        if work is not None:
            _put_index(StateFolder(home / "state"), StateFolder(work), plan)
        options = Options(
            home=home,
            accounts=choose_accounts(),
            checker=False,
            trusted_proxies=(PROXY,),
        )
        with started(options) as server:
            yield server


def _put_index(state: StateFolder, work: StateFolder, plan: Plan) -> None:
    """Copy what readers need into a state folder, as where the checker is off."""
    make_index(work, plan.served, _LISTED)
    state.index.mkdir(parents=True)
    for source, target in ((work.files, state.files), (work.holders, state.holders)):
        shutil.copyfile(source, target)
        target.chmod(0o644)
