"""Count the instructions of requests, which no other load changes."""

import argparse

from bench.amount import amount
from bench.ending import end_in_order
from bench.instructions.counting import Counts, instructions
from bench.instructions.plan import Plan
from bench.instructions.scenarios import (
    BARE,
    CITIES,
    DESCRIBED,
    EMPTY,
    INDEXED,
    JSON,
    KNOWN,
    METALINK,
    MISSING,
    PAGE,
    RANDOM,
    STATUS,
    VISITED,
)
from bench.instructions.steps import STEPS
from bench.instructions.worlds import Size
from bench.table import Table

SIZES = (Size(mirrors=10), Size(mirrors=10_000), Size(mirrors=10_000, apart=True))
REQUESTS = 100
"""So many of each scenario are counted."""
NAMES = (
    *(KNOWN, RANDOM, CITIES, INDEXED, METALINK, DESCRIBED),
    *(PAGE, VISITED, JSON, STATUS, MISSING),
)


def main() -> None:
    """Count, and print the table."""
    end_in_order()
    parser = argparse.ArgumentParser(
        prog="./dev bench instructions", description=__doc__
    )
    parser.add_argument(
        "--requests",
        type=amount,
        default=REQUESTS,
        metavar="N",
        help="how many of each scenario are counted [%(default)s]",
    )
    requests = parser.parse_args().requests
    print("\n".join(table(measure(requests)).lines()))


def measure(requests: int) -> Counts:
    """Count all scenarios with all sizes of lists."""
    return instructions(Plan(sizes=SIZES, names=(*NAMES, *STEPS), requests=requests))


def table(counts: Counts) -> Table:
    """Return the counts as a table."""
    empty = counts[EMPTY, None]
    rows = [
        [name, _number(counts[name, None]), "", "", f"{counts[name, None] / empty:.2f}"]
        for name in (BARE, EMPTY)
    ]
    for name in (*NAMES, *STEPS):
        found = [counts[name, size] for size in SIZES]
        rows.append([name, *map(_number, found), f"{found[0] / empty:.2f}"])
    return Table(
        title="Instructions per request",
        asked="The WSGI application alone, in one process, as valgrind counts it:"
        " the figure does not depend on the machine's load."
        " Lists of 10 and 10,000 mirrors in ten places, and of 10,000 apart.",
        heads=[
            "request",
            *(one.name for one in SIZES),
            "the first, in empty applications",
        ],
        rows=rows,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}"


if __name__ == "__main__":
    main()
