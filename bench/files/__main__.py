"""Measure what the index of published files costs, or the parts that are named."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from bench.amount import amount
from bench.ending import end_in_order
from bench.files import building, looking_up, scanning, throughput
from bench.files.plan import Plan
from bench.load import LoadError
from bench.machine import busy
from bench.table import Table

PARTS: Mapping[str, Callable[[Plan], Iterator[Table]]] = {
    "index": building.measure,
    "lookup": looking_up.measure,
    "scan": scanning.measure,
    "requests": throughput.measure,
}


def measure(parts: Sequence[str], plan: Plan) -> Iterator[Table]:
    """Yield what some parts find, one table after the other."""
    for one in parts:
        yield from PARTS[one](plan)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print tables, and write them where that is asked."""
    end_in_order()
    parser = _parser()
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.parts) - PARTS.keys()):
        parser.error(f"no such part: {', '.join(unknown)}")
    plan = Plan(**{one.name: getattr(asked, one.name) for one in fields(Plan)})
    lines: list[str] = []
    if warning := busy():
        lines += [warning, ""]
        print(warning, flush=True)
    try:
        for table in measure(asked.parts or tuple(PARTS), plan):
            lines += table.lines()
            print("\n".join(table.lines()), flush=True)
    except LoadError as error:
        raise SystemExit(f"bench: {error}") from error
    if asked.out:
        asked.out.write_text("\n".join(lines))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev bench files", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--out", type=Path, metavar="FILE", help="for the tables")
    for one in fields(Plan):
        parser.add_argument(
            f"--{one.name}",
            type=amount,
            default=one.default,
            metavar="N",
            help=f"{one.metadata['help']} [%(default)s]",
        )
    return parser


if __name__ == "__main__":
    main()
