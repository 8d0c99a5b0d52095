"""The documents that a run writes."""

import argparse
from pathlib import Path

import pytest

from bench.__main__ import is_whole, parsed
from bench.amount import amount
from bench.documents import DOCS, DOCUMENTS, filled
from bench.plan import FULL, QUICK
from bench.report import Found, document, keep
from bench.table import Table

TABLE = Table(
    title="Memory",
    asked="How much it takes.",
    heads=("server", "MiB"),
    rows=[("one", "12.0")],
    bar="**Bar:** less.",
)
RAW = Table(title="Memory: every run", asked="All.", heads=("n",), rows=[("1",)])
LINES = "| server | MiB |\n| --- | --- |\n| one | 12.0 |"


def found(*tables: Table, left: tuple[str, ...] = ()) -> Found:
    """Return what a run has found."""
    machine = [("processor", "one, 2 cores"), ("time", "2026-11-29 20:00 UTC")]
    return Found(plan=FULL, machine=machine, left=list(left), tables=list(tables))


def test_a_whole_run() -> None:
    """Machine, plan and tables are there, the raw numbers at the end."""
    text = document(found(RAW, TABLE))

    assert "ended early" not in text
    assert "- processor: one, 2 cores\n" in text
    assert f"- run: at full length, {FULL.rounds} rounds" in text
    assert text.index(LINES) < text.index("## Memory: every run")


def test_a_run_that_ended_early() -> None:
    """It says what is missing."""
    text = document(found(TABLE, left=("start", "quality")))

    assert "**It ended early, without all of: start, quality.**" in text


def test_documents_are_filled() -> None:
    """A table takes the place that has its title; the others stay."""
    text = (
        "a\n\n<!-- bench: Memory -->\nold\n<!-- end -->\n\n"
        "<!-- bench: Start -->\nkept\n<!-- end -->\n"
    )

    once = filled(text, found(TABLE))

    assert LINES in once
    assert "old" not in once
    assert "<!-- bench: Start -->\nkept\n<!-- end -->\n" in once
    assert "Measured on one, 2 cores, 2026-11-29 20:00 UTC." in once
    assert once == filled(once, found(TABLE))


def test_results_replace_a_file_whole(tmp_path: Path) -> None:
    """Folders are made, and nothing else is left beside the file."""
    place = tmp_path / "a" / "RESULTS.md"
    for text in ("one\n", "two\n"):
        keep(text, place)

    assert place.read_text() == "two\n"
    assert list(place.parent.iterdir()) == [place]


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [
        pytest.param([], True, id="everything"),
        pytest.param(["--quick"], False, id="quick"),
        pytest.param(["--only", "start", "--only", "memory"], False, id="some parts"),
    ],
)
def test_only_a_whole_run_is_published(arguments: list[str], *, whole: bool) -> None:
    """What is quick, or of some parts, leaves the results of the last whole run."""
    assert is_whole(parsed(arguments)) is whole


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("--only start files", id="in one go"),
        pytest.param("--only start --only files", id="repeated"),
    ],
)
def test_several_parts_are_named(arguments: str) -> None:
    """They may be named one after the other, or each with the option."""
    assert parsed(arguments.split()).only == ["start", "files"]


def test_only_parts_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Each name is looked at, and those that there are are told."""
    with pytest.raises(SystemExit, match="2"):
        parsed(["--only", "start", "nothing"])

    assert "'nothing' (choose from" in capsys.readouterr().err


def test_a_part_without_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Who names a part alone is told how it is named."""
    with pytest.raises(SystemExit, match="2"):
        parsed(["start"])

    assert "by --only start\n" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", ""])
def test_amounts(text: str) -> None:
    """None of something cannot be measured."""
    with pytest.raises(argparse.ArgumentTypeError, match="no whole number"):
        amount(text)

    assert amount("12") == 12


@pytest.mark.parametrize("document", ["dev", "docs/performance.md"])
def test_how_long_it_takes(document: str) -> None:
    """What a run says of its length is what documents say."""
    text = (DOCS.parent / document).read_text()

    assert f"about {FULL.lasts}" in text
    assert QUICK.lasts in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_have_places(name: str) -> None:
    """Each document that is filled has a place to be filled."""
    assert "<!-- bench: " in (DOCS / name).read_text()
