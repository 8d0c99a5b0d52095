"""Tests of the pages that are made from the help of each verb."""

import pytest

from mirrorsel.cli.reference import Verb, describe
from tests.docs.commands import command_pages
from tests.docs.reference import ROOT

VERBS = tuple(describe().all())
LEAVES = [one for one in VERBS if not one.verbs]


def test_pages_are_those_of_the_help() -> None:
    """docs/commands/ is what ``python -m tests.docs.reference`` makes of the help."""
    folder = ROOT / "docs" / "commands"
    written = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir()}

    assert written == command_pages()


@pytest.mark.parametrize("verb", LEAVES, ids=lambda verb: verb.page)
def test_help_has_examples(verb: Verb) -> None:
    """Each verb's help ends in examples, which call that verb and fit a terminal."""
    lines = [line.strip() for one in verb.end for line in one.lines]

    assert lines[:1] == ["Examples:"]
    assert max(len(line) for line in lines) < 80 - len("  ")
    assert any(verb.name in line for line in lines[1:] if not line.startswith("#"))


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.page)
def test_options_are_explained(verb: Verb) -> None:
    """Each option has a sentence, and no name of a type that only Python knows."""
    assert [one.names for one in verb.options if not one.help] == []
    assert [one.names for one in verb.options if "RANGE" in one.names] == []
