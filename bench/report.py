"""What a run has found, as one document."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bench.plan import Plan
from bench.table import Table

RESULTS = Path(__file__).with_name("RESULTS.md")
"""The results of a whole run, which are kept."""
KEPT = Path(__file__).parents[1] / "build" / "bench" / "RESULTS.md"
"""Those of the last run, whatever it was."""

_HEAD = """# What the benchmark found

Written by `./dev bench`; [docs/performance.md](../docs/performance.md) says what is measured, and how.
Every figure that counts is a ratio of two things that were measured in the same run.
"""


def document(
    tables: Sequence[Table], machine: Sequence[tuple[str, str]], plan: Plan, note: str
) -> str:
    """Return the document.

    Args:
        tables: What was found.
        machine: What it was found on, by names.
        plan: How it was measured.
        note: What is missing in it, if anything.

    """
    about = [f"- {name}: {value}" for name, value in machine]
    length = "quick" if plan.quick else "whole"
    about.append(
        f"- run: {length}, {plan.rounds} rounds of {plan.seconds} s for each side"
    )
    parts = [_HEAD, *([f"**{note}**\n"] if note else []), "\n".join(about), ""]
    return "\n".join([*parts, *(line for one in tables for line in one.lines())])


def keep(text: str, places: Sequence[Path]) -> None:
    """Write the document, whole, to some places."""
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_name(f".{place.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(place)


def day(now: datetime) -> str:
    """Return a day as documents write it."""
    return f"{now:%Y-%m-%d}"
