"""What a benchmark found, as a table for ``bench/RESULTS.md`` and for the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures of one kind, measured in one run."""

    title: str
    asked: str
    """What was measured against what, and how: a sentence or two."""
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    bar: str = ""
    """What the figures have to reach, and whether they do; empty without a bar."""

    def lines(self) -> list[str]:
        """Return the table in Markdown."""
        made = [f"## {self.title}", "", self.asked, ""]
        made += [_row(self.heads), _row(["---"] * len(self.heads))]
        made += [_row(row) for row in self.rows]
        return [*made, "", *([self.bar, ""] if self.bar else [])]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
