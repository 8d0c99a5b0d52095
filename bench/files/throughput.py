"""Requests a second through a real httpd, with the index on and off."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.files.compared import Compared
from bench.files.load import load, warm_up, write_script
from bench.files.plan import Plan
from bench.files.stored import base_names, make_index, mirrors_list
from bench.table import Table
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.run import PrivateHttpd
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


@dataclass(frozen=True, slots=True)
class Scenario:
    """One line of the result."""

    words: str
    address: str
    """Where a path is asked for."""
    strangers: bool
    every: int = 0
    """Which of the artefacts are asked for: each so manieth; 0 for one alone."""
    promised: bool = True

    def paths(self, count: int) -> Sequence[str]:
        """Return what is asked for."""
        names = base_names(count, self.every or count)
        return [self.address.format(one) for one in names]


_REDIRECT, _JSON = "/get/{}", "/dyn/closer.lua/{}?as_json=1"
_SCENARIOS = (
    Scenario("redirect, one client", _REDIRECT, strangers=False),
    Scenario("redirect, random clients", _REDIRECT, strangers=True),
    Scenario("closer JSON, one client", _JSON, strangers=False),
    Scenario("closer JSON, random clients", _JSON, strangers=True),
    Scenario(
        "redirect, one client, random files",
        _REDIRECT,
        strangers=False,
        every=1,
        promised=False,
    ),
)


def measure(plan: Plan) -> Iterator[Table]:
    """Measure one httpd with an index and one without, in turn."""
    with (
        tempfile.TemporaryDirectory() as name,
        _server(plan, Path(name, "state"), "folder") as on,
        _server(plan, None, "off") as off,
    ):
        found = [_compare(one, (on, off), Path(name), plan) for one in _SCENARIOS]
    least = min(
        found.ratio
        for one, found in zip(_SCENARIOS, found, strict=True)
        if one.promised
    )
    reached = "reached" if least >= _ASKED else "MISSED"
    yield Table(
        title="Requests through httpd, index on against off",
        asked=(
            f"wrk with {plan.connections} connections for {plan.seconds} s in turn,"
            f" {plan.rounds} rounds; {_LISTED} mirrors, {plan.served:,} paths. With the"
            " index a redirect has the headers that vouch for the file, and random"
            " files are more than a process remembers."
        ),
        heads=("requests", "on, 1/s", "off, 1/s", "ratio", "range"),
        rows=[
            (one.words, f"{two.ours:,.0f}", f"{two.other:,.0f}", *two.cells)
            for one, two in zip(_SCENARIOS, found, strict=True)
        ],
        bar=(
            f"Asked: at least {_ASKED} for one file; {reached} with {least:.2f}"
            " at the least."
        ),
    )


def _compare(
    scenario: Scenario, urls: tuple[str, str], folder: Path, plan: Plan
) -> Compared:
    paths = scenario.paths(plan.served)
    script = write_script(folder, "load", paths, strangers=scenario.strangers)
    on, off = urls
    for url in urls:
        warm_up(url, script, plan)
    found = Compared.measure(
        lambda: load(on, script, plan), lambda: load(off, script, plan), plan.rounds
    )
    # In a second of which others take all, nothing is compared.
    pairs = [pair for pair in found.pairs if all(pair)]
    if len(pairs) <= plan.rounds / 2:
        raise SystemExit("bench: this machine is too busy to compare anything")
    return Compared(pairs)


@contextmanager
def _server(plan: Plan, work: Path | None, index: str) -> Iterator[str]:
    """Serve, and give the URL; `work` is where the index is made, None for none."""
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
            trusted_proxies=("127.0.0.1",),
        )
        with PrivateHttpd(options) as httpd:
            yield httpd.url


def _put_index(state: StateFolder, work: StateFolder, plan: Plan) -> None:
    """Copy what readers need into a state folder, as where the checker is off."""
    make_index(work, plan.served, _LISTED)
    state.index.mkdir(parents=True)
    for source, target in ((work.files, state.files), (work.holders, state.holders)):
        shutil.copyfile(source, target)
        target.chmod(0o644)
