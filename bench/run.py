"""Compare redirects with an empty Falcon application under the same httpd.

Both sides run at the same time on the same machine and are loaded in turn, for a
second each and with the first place changing, so that what else the machine does
hits both alike; the figure that counts is the ratio. Needs wrk.
"""

import argparse
import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.ending import end_in_order
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.run import PrivateHttpd
from mirrorsel.shipped import shipped

PATH = "/get/httpd/httpd-2.4.66.tar.gz"
COUNTRIES = ("de", "fr", "us", "jp", "br", "za", "au", "uk", "in", "ca")

EMPTY = '''"""An application that does nothing, for comparison."""

import falcon


class Nothing:
    """Answers at once."""

    def on_get(self, request, response, target):
        response.text = "x"


application = falcon.App()
application.add_route("/{target:path}", Nothing())
'''

SETTINGS = "[checker]\nenabled = false\n"

# Each request from another client, as far as the trusted proxy says.
RANDOM_CLIENTS = """
math.randomseed(os.time())
request = function()
    local r = math.random
    local client = r(1, 223) .. "." .. r(0, 255) .. "." .. r(0, 255) .. "." .. r(255)
    return wrk.format("GET", nil, {["X-Forwarded-For"] = client})
end
"""

_TRIES = 30
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_BAD = re.compile(r"Non-2xx or 3xx responses|Socket errors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the load is applied."""

    seconds: int
    rounds: int
    connections: int
    mirrors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One line of the result."""

    embedded: bool
    random_clients: bool

    @property
    def name(self) -> str:
        """What was measured."""
        mode = "embedded" if self.embedded else "daemon"
        clients = "random clients" if self.random_clients else "one client"
        return f"{mode}, {clients}"


def main() -> None:
    """Run all scenarios and print a line for each."""
    end_in_order()
    plan = _plan()
    _warn_of_others()
    print(
        f"{plan.mirrors} mirrors, {plan.connections} connections,"
        f" {plan.rounds} rounds of {plan.seconds} s; requests per second"
    )
    print(f"{'scenario':28}{'mirrorsel':>12}{'empty app':>12}{'ratio':>8}  range")
    for embedded in (False, True):
        for random_clients in (False, True):
            _measure(Scenario(embedded=embedded, random_clients=random_clients), plan)


def _plan() -> Plan:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=1, help="of one run")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--mirrors", type=int, default=100)
    return Plan(**vars(parser.parse_args()))


def _warn_of_others() -> None:
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores / 4:
        print(
            f"This machine is busy (load {load:.1f} on {cores} cores):"
            " the rates are too low, and only the ratio tells something."
        )


def _measure(scenario: Scenario, plan: Plan) -> None:
    with ExitStack() as stack:
        ours = stack.enter_context(
            _server(scenario, plan, shipped("wsgi.py").read_text())
        )
        empty = stack.enter_context(_server(scenario, plan, EMPTY))
        script = None
        if scenario.random_clients:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            script = folder / "clients.lua"
            script.write_text(RANDOM_CLIENTS)
        for url in (ours, empty):
            _warm_up(url, plan, script)
        rounds = [
            _pair(ours, empty, plan, script, first=number % 2 == 0)
            for number in range(plan.rounds)
        ]
    # In a second of which others take all, nothing is compared.
    pairs = [pair for pair in rounds if all(pair)]
    if len(pairs) <= plan.rounds / 2:
        raise SystemExit("bench: this machine is too busy to compare anything")
    ratios = sorted(one / other for one, other in pairs)
    rates = [statistics.median(side) for side in zip(*pairs, strict=True)]
    print(
        f"{scenario.name:28}{rates[0]:12,.0f}{rates[1]:12,.0f}"
        f"{statistics.median(ratios):8.2f}  {ratios[0]:.2f} to {ratios[-1]:.2f}",
        flush=True,
    )


def _warm_up(url: str, plan: Plan, script: Path | None) -> None:
    """Load a server until it answers: each of its processes starts at its own pace."""
    for _ in range(_TRIES):
        if _load(url, plan, script):
            _load(url, plan, script)
            return
    raise SystemExit(f"bench: {url} does not answer")


def _pair(
    ours: str, empty: str, plan: Plan, script: Path | None, *, first: bool
) -> tuple[float, float]:
    """Return the rates of both sides, ours loaded first or last."""
    if first:
        return _load(ours, plan, script), _load(empty, plan, script)
    other = _load(empty, plan, script)
    return _load(ours, plan, script), other


@contextmanager
def _server(scenario: Scenario, plan: Plan, script: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        (home / "wsgi.py").write_text(script)
        (home / "mirrorsel.toml").write_text(SETTINGS)
        (home / "mirrors.list").write_text(_list(plan.mirrors))
        options = Options(
            home=home,
            accounts=choose_accounts(),
            embedded=scenario.embedded,
            trusted_proxies=("127.0.0.1",),
        )
        with PrivateHttpd(options) as httpd:
            yield httpd.url + PATH


def _list(mirrors: int) -> str:
    lines = [
        f"http {COUNTRIES[number % len(COUNTRIES)]} https://m{number}.example/ -"
        for number in range(mirrors)
    ]
    return "\n".join([*lines, "http Backup https://backup.example/", ""])


def _load(url: str, plan: Plan, script: Path | None) -> float:
    options = [f"-c{plan.connections}", f"-d{plan.seconds}s", "-t1"]
    if script:
        options += ["-s", str(script)]
    done = subprocess.run(
        ["wrk", *options, url], capture_output=True, text=True, check=True
    )
    rate = _RATE.search(done.stdout)
    if rate is None or _BAD.search(done.stdout):
        raise SystemExit(f"bench: {url} did not answer as it should:\n{done.stdout}")
    return float(rate[1])


if __name__ == "__main__":
    main()
