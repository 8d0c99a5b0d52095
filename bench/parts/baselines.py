"""What other ways to answer cost, from httpd's own redirect to the classic CGI."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil

from bench import listed
from bench.bench_run import BenchRun
from bench.case import GET, REDIRECT, Load, Site
from bench.duel import Outcome, Side, await_answer, duel, warm_up
from bench.raw import raw_table
from bench.scenarios import SMALL
from bench.servers import Server, baseline, empty, mirrorsel
from bench.table import Table
from bench.world import World
from mirrorsel.httpd.locate import locate
from tests.waiting import eventually

CLASSIC_MIRRORS = 217
"""As many as the list had with which such scripts were last in use."""
_LONGER = 5
"""Seconds in which a script can answer often enough to be counted."""
_PATIENCE = 60.0
_SITE = Site(city=True, mirrors=CLASSIC_MIRRORS)
_ASKED = (
    "Each way to answer against the empty Falcon application in daemon mode, "
    "loaded in turn: 16 connections with keep-alive, one client.\n"
    f"The classic CGI script reads a list of {CLASSIC_MIRRORS} mirrors, looks the "
    "client up in a City database and makes the page of a template, in one "
    "process for each request; mirrorsel answers with the same page from the same "
    "list and database.\n"
    "The processor time of scripts holds those whose client had gone away too."
)
_CONF = """Redirect 302 /redirect https://mirror.example/file
Alias /static "{folder}/static"
ScriptAlias /cgi "{folder}/cgi"
WSGIScriptAlias /bare "{folder}/bare.py" \\
    process-group=${{MIRRORSEL_PROCESS_GROUP}} application-group=%{{GLOBAL}}
<Directory "{folder}">
    Require all granted
</Directory>
SetEnv BENCH_LIST "{folder}/mirrors.list"
SetEnv BENCH_DATABASE "{database}"
SetEnv BENCH_PAGE "{page}"
"""


def tables(run: BenchRun) -> Iterator[Table]:
    """Compare the baselines, and mirrorsel beside them."""
    found: list[tuple[str, Outcome]] = []
    folder = _lay_out(run.world)
    conf = _CONF.format(
        folder=folder,
        database=run.world.database,
        page=run.world.pages / "small.html",
    )
    try:
        with (
            empty(extra=conf if _runs_cgi() else "") as rival,
            mirrorsel(_SITE, run.world) as ours,
        ):
            one = Side(name="the empty application", server=rival, path=GET)
            warm_up(one, Load(), run.plan)
            for side in _sides(rival, ours):
                slow = "cgi" in side.path.split("/")
                plan = replace(run.plan, seconds=_LONGER) if slow else run.plan
                if slow:
                    await_answer(side)
                else:
                    warm_up(side, Load(), plan)
                outcome = duel(side, one, Load(), plan, _to_its_end)
                run.say(f"{side.name}: {outcome.rate}")
                found.append((side.name, outcome))
    finally:
        if found:
            yield _table(found)
            yield raw_table("Baselines", found)


@contextlib.contextmanager
def _to_its_end(server: Server) -> Iterator[None]:
    """Wait for the scripts whose clients have gone away: they would slow the next."""
    yield
    process = psutil.Process(server.pid)
    eventually(
        lambda: not any(map(_is_script, process.children(recursive=True))), _PATIENCE
    )


def _is_script(process: psutil.Process) -> bool:
    try:
        return process.cmdline()[:1] == [sys.executable]
    except psutil.Error:
        return False


def _runs_cgi() -> bool:
    return (locate().modules / "mod_cgid.so").exists()


def _lay_out(world: World) -> Path:
    folder = world.folder / "baselines"
    (folder / "cgi").mkdir(parents=True)
    (folder / "static").write_text("x")
    (folder / "bare.py").write_text(baseline("bare"))
    (folder / "mirrors.list").write_text(listed.lines(CLASSIC_MIRRORS))
    for name in ("minimal", "classic"):
        script = folder / "cgi" / name
        script.write_text(f"#!{sys.executable}\n{baseline(name)}")
        script.chmod(0o755)
    return folder


def _sides(rival: Server, ours: Server) -> Sequence[Side]:
    def other(name: str, path: str, status: int = 200) -> Side:
        return Side(name=name, server=rival, path=path, status=status)

    return (
        other("httpd: Redirect", "/redirect", 302),
        other("httpd: a static file", "/static"),
        other("a bare WSGI function", "/bare"),
        Side(name="mirrorsel: redirect", server=ours, path=GET, status=REDIRECT.status),
        Side(name="mirrorsel: page", server=ours, path=SMALL.path),
        other("CGI: the least that Python does", "/cgi/minimal"),
        other("CGI: the classic mirror script", "/cgi/classic"),
    )


def _table(found: Sequence[tuple[str, Outcome]]) -> Table:
    rates = {name: outcome.rate.median for name, outcome in found}
    classic = rates.get("CGI: the classic mirror script")
    return Table(
        title="Baselines",
        asked=_ASKED,
        heads=(
            "way to answer",
            "rate against the empty application",
            "processor time against it",
            "answers/s",
            "rate against the classic script",
        ),
        rows=[
            (
                name,
                str(outcome.rate),
                str(outcome.cpu),
                f"{outcome.median(lambda run: run.told.rate)[0]:,.0f}",
                f"{outcome.rate.median / classic:,.0f}" if classic else "",
            )
            for name, outcome in found
        ],
    )
