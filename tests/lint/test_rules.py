"""Tests for mirrorsel.lint by pairs of files: a list, and what must be told of it.

An ``.expected`` file has one line for each problem, with its place, severity and code.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.errors import Problem
from mirrorsel.geo import load_countries, load_towns_by_country
from mirrorsel.lint import Facts, HostFacts, lint, severity
from mirrorsel.lists import parse

CORPUS = Path(__file__).parent / "corpus"
LISTS = sorted(CORPUS.glob("*.list"))
FACTS = Facts(
    countries=load_countries(),
    towns=load_towns_by_country(),
    now=datetime(2026, 11, 23, tzinfo=UTC),
    twins=frozenset({"http://twin.example.de/", "http://twin.example.fr/"}),
    asn_database=False,
    allow_http=False,
    hosts={
        "in-france.example": HostFacts(places=(("192.0.2.1", "fr"),)),
        "in-germany.example": HostFacts(places=(("192.0.2.2", "de"),)),
        "in-both.example": HostFacts(places=(("192.0.2.1", "fr"), ("::1", "de"))),
        "in-reunion.example": HostFacts(places=(("192.0.2.3", "re"),)),
        "somewhere.example": HostFacts(places=(("192.0.2.4", "fr"), ("::2", None))),
        "nowhere.example": HostFacts(failure="nowhere.example: unknown"),
        "slow.example": HostFacts(),
    },
)


def problems_of(text: str, facts: Facts = FACTS) -> tuple[Problem, ...]:
    """Return what is wrong with the text of a list."""
    return lint(parse(text, None, countries=facts.countries), facts)


def written(problem: Problem) -> str:
    """Return a line of an ``.expected`` file."""
    place = f"{problem.line}:{problem.column}"
    return f"{place}: {severity(problem)}: {problem.message} [{problem.code}]\n"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in LISTS])
def test_corpus(path: Path) -> None:
    """A list has the problems that the file beside it names, and no others."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    found = problems_of(path.read_bytes().decode())

    assert expected == "".join(map(written, found))
