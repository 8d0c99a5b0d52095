"""Measure what an answer costs, and how good the choice is; write the results."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from bench import documents, machine, report
from bench.bench_run import BenchRun
from bench.ending import end_in_order
from bench.load import LoadError
from bench.parts import PARTS
from bench.plan import FULL, QUICK, Plan
from bench.world import make_world
from mirrorsel.errors import MirrorselError

GOOD, CANNOT_TELL = 0, 2
_EPILOG = (
    f"Without options all parts are measured, in about {FULL.lasts}, and written to"
    " bench/RESULTS.md and the documents; every other run, and one that is ended"
    " early, writes build/bench/RESULTS.md alone. The exit code is 0 when all that was"
    " asked for was measured, whether its bars are reached or not, and 2 when it was"
    " not."
)


def main(arguments: Sequence[str]) -> int:
    """Measure the parts that are asked for; what was found is kept in any case."""
    end_in_order()
    asked = parsed(arguments)
    plan = QUICK if asked.quick else FULL
    parts = list(dict.fromkeys(asked.only or PARTS))
    found = report.Found(plan=plan, machine=machine.about(arguments), left=parts)
    if warning := machine.busy():
        _say(warning)
    if not asked.only:
        _say(f"{len(parts)} parts, about {plan.lasts}; Ctrl-C keeps what was found")
    try:
        _measure(found, plan)
    finally:
        # Whatever ended it: what was found is kept.
        _keep(found, publish=is_whole(asked) and not found.left)
    return CANNOT_TELL if found.left else GOOD


def _measure(found: report.Found, plan: Plan) -> None:
    with make_world(plan) as world:
        run = BenchRun(plan=plan, world=world, say=_say)
        names = tuple(found.left)
        for number, name in enumerate(names, start=1):
            at = f"{datetime.now(UTC):%H:%M:%S} UTC"
            _say(f"== {name}, part {number} of {len(names)}, {at}")
            try:
                for table in PARTS[name](run):
                    found.tables.append(table)
            except (LoadError, MirrorselError) as error:
                # The other parts can be measured all the same.
                _say(f"{name} ended early: {error}")
            else:
                found.left.remove(name)


def _keep(found: report.Found, *, publish: bool) -> None:
    text = report.document(found)
    print(text)
    report.keep(text, report.KEPT)
    if publish:
        report.keep(text, report.RESULTS)
        documents.fill(found)
    _say(f"written: {report.RESULTS if publish else report.KEPT}")
    if found.left:
        _say(f"not measured, or not whole: {', '.join(found.left)}")


def is_whole(asked: argparse.Namespace) -> bool:
    """Return whether a run measures everything at full length, and is published."""
    return not (asked.only or asked.quick)


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what is asked for."""
    parser = argparse.ArgumentParser(
        prog="./dev bench", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"measure what is hardest, shortly, in about {QUICK.lasts}",
    )
    parser.add_argument(
        "--only",
        action="extend",
        nargs="+",
        choices=list(PARTS),
        metavar="PART",
        help=f"measure these parts alone, of {', '.join(PARTS)}",
    )
    known, more = parser.parse_known_args(arguments)
    if more:
        hint = f"; a part is measured by --only {more[0]}" if more[0] in PARTS else ""
        parser.error(f"unrecognized arguments: {' '.join(more)}{hint}")
    return known


_say = partial(print, "bench:", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
