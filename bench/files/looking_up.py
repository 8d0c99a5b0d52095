"""A large index: its size, and what it costs to ask it."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.bars import single
from bench.files.asker import Asked
from bench.files.children import measured
from bench.files.plan import Plan
from bench.files.stored import Made, make_index
from bench.table import Table
from mirrorsel.state import StateFolder

_LARGEST = 1e9
_SLOWEST = 30.0


def measure(plan: Plan) -> Iterator[Table]:
    """Measure an index of generated paths."""
    with tempfile.TemporaryDirectory() as name:
        state = StateFolder(Path(name))
        made = make_index(state, plan.paths, plan.mirrors)
        yield _size(plan, state, made)
        arguments = (name, plan.paths, plan.mirrors)
        asked = measured("asker", Asked, *arguments)
    yield _memory(asked)
    yield _look_ups(asked)


def _size(plan: Plan, state: StateFolder, made: Made) -> Table:
    files = (state.files, state.holders, state.work)
    sizes = [one.stat().st_size for one in files]
    read = sizes[0] + sizes[1]
    each = (f"{one / plan.paths:,.0f}" for one in sizes)
    took = (made.edition, made.holders, made.work)
    words = (
        "`index/files`, for readers",
        "`index/holders`, for readers",
        "`index/work`, the indexer's own",
    )
    rows = [
        (word, f"{one / 1e6:,.1f}", per, f"{seconds:.1f}")
        for word, one, per, seconds in zip(words, sizes, each, took, strict=True)
    ]
    return Table(
        title=f"Size of an index of {plan.paths:,} paths with {plan.mirrors} mirrors",
        asked=(
            "Generated paths, and mirrors of which six in ten are whole, while the"
            f" others lack files or have other sizes: {made.sets:,} different sets of"
            f" mirrors. What a scan saw is taken in within {made.fold * 1000:,.0f} ms."
        ),
        heads=("file", "MB", "bytes a path", "written in, s"),
        rows=rows,
        bar=single(
            "under 1 GB", f"{read / 1e6:,.0f} MB for readers", reached=read < _LARGEST
        ),
    )


def _memory(asked: Asked) -> Table:
    return Table(
        title="Memory of a process that has this index open",
        asked=(
            "What the process shares with no other (USS); the index was opened in"
            f" {asked.opening * 1000:,.0f} ms."
        ),
        heads=("when", "MB", "more, MB"),
        rows=[
            ("before", f"{asked.before:.1f}", "-"),
            ("opened", f"{asked.opened:.1f}", f"{asked.opened - asked.before:.1f}"),
            (
                "as many answers remembered as ever are",
                f"{asked.after:.1f}",
                f"{asked.after - asked.before:.1f}",
            ),
        ],
    )


def _look_ups(asked: Asked) -> Table:
    slowest = max(asked.cold, asked.unknown, asked.warm)
    return Table(
        title="Look-up in this index, as a redirect does it",
        asked=(
            "All that one redirect asks of the index: whether the path is published,"
            " who lacks it, and its hashes. Microseconds of the process, but for the"
            " disk; random paths."
        ),
        heads=("look-up", "µs", "to a SELECT", "to a dictionary"),
        rows=[
            _took("first of a file, index in the system's memory", asked.cold, asked),
            _took("first of a path that is not published", asked.unknown, asked),
            _took("again", asked.warm, asked),
            _took("first of a file, from the disk (time passed)", asked.disk, asked),
            _took("baseline: bare SELECT of the file", asked.select, asked),
            _took("baseline: dictionary of all paths", asked.table, asked),
        ],
        bar=single(
            f"under {_SLOWEST:.0f} µs in a request",
            f"{slowest:.1f} µs",
            reached=slowest < _SLOWEST,
        ),
    )


def _took(words: str, one: float, asked: Asked) -> tuple[str, ...]:
    return words, f"{one:.1f}", f"{one / asked.select:.2f}", f"{one / asked.table:.1f}"
