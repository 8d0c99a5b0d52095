"""What a run has found, as one document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.plan import Plan
from bench.table import Table

RESULTS = Path(__file__).with_name("RESULTS.md")
"""The results of the last whole run."""
KEPT = Path(__file__).parents[1] / "build" / "bench" / "RESULTS.md"
"""Those of the last run that was quick, of some parts, or ended early."""
RAW = "every run"
"""How the titles of tables end that come last."""

_HEAD = (
    "# What the benchmark found\n"
    "\n"
    "Written by `./dev bench`; [docs/performance.md](../docs/performance.md) says "
    "what is measured, and how.\n"
    "Every figure that counts is a ratio of two things that were measured in the "
    "same run.\n"
)


@dataclass(slots=True, kw_only=True)
class Found:
    """What a run has found so far."""

    plan: Plan
    machine: Sequence[tuple[str, str]]
    """What is to be known of the machine, by names."""
    left: list[str]
    """The parts that are still to be measured."""
    tables: list[Table] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Return where and when that was, in a few words."""
        known = dict(self.machine)
        return f"{known.get('processor', 'this machine')}, {known.get('time', '')}"


def document(found: Found) -> str:
    """Return the document; tables of raw numbers come last."""
    raw = [one for one in found.tables if one.title.endswith(RAW)]
    rest = [one for one in found.tables if one not in raw]
    lines = [_HEAD, *_note(found), *_about(found), ""]
    lines += [line for one in (*rest, *raw) for line in one.lines()]
    return "\n".join(lines)


def keep(text: str, place: Path) -> None:
    """Write a document, whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(place)


def _note(found: Found) -> list[str]:
    if not found.left:
        return []
    return [f"**It ended early, without all of: {', '.join(found.left)}.**", ""]


def _about(found: Found) -> list[str]:
    plan = found.plan
    length = "quick" if plan.quick else "at full length"
    return [
        *(f"- {name}: {value}" for name, value in found.machine),
        f"- run: {length}, {plan.rounds} rounds of {plan.seconds} s for each side",
    ]
