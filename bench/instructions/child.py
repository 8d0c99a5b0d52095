"""The process that valgrind watches: it marks where a scenario begins and ends."""

import os
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bench.instructions.plan import Counted, Plan
from bench.instructions.scenarios import Scenario, references, scenarios
from bench.instructions.steps import steps
from bench.instructions.worlds import Size, build
from mirrorsel.geo import load_countries
from mirrorsel.web.garbage import collect_seldom

_WARM_UP = 6
_FEWER = 10


def main() -> None:
    """Do what the plan says, in the folder that the parent has laid out."""
    folder = Path(sys.argv[1])
    plan = Plan.read(sys.argv[2])
    for one, size in _planned(plan, folder):
        requests = max(1, plan.requests // _FEWER) if one.few else plan.requests
        _run(one, requests)
        print(Counted(scenario=one.name, size=size, requests=requests).written())


def _planned(plan: Plan, folder: Path) -> Iterator[tuple[Scenario, Size | None]]:
    yield from ((one, None) for one in references())
    countries = load_countries()
    for size in plan.sizes:
        world = build(size, folder, countries)
        for one in chain(scenarios(world, folder), steps(world.realm)):
            if one.name in plan.names:
                yield one, size


def _run(scenario: Scenario, requests: int) -> None:
    addresses = scenario.addresses()
    made = [scenario.ask(one) for one in islice(addresses, (_WARM_UP + 1) * requests)]
    _answer(scenario, made[:-requests])
    # Neither the garbage of the warm-up counts, nor that the requests are made before.
    collect_seldom()
    _mark()
    _answer(scenario, made[-requests:])
    _mark()


def _answer(scenario: Scenario, environs: list[Any]) -> None:
    for environ in environs:
        for _ in scenario.app(environ, _start):
            pass


def _start(_status: str, _headers: object, _error: object = None) -> None:
    return None


def _mark() -> None:
    """Call what nothing else here calls: it is there that valgrind writes its count."""
    os.getppid()


if __name__ == "__main__":
    main()
