"""Tests that every requirement of the interface is proved somewhere."""

import re

from tests.docs.reference import ROOT

INTERFACE = ROOT / "docs" / "interface.md"
_NUMBER = re.compile(r"\b(?:REQ|HR)-\d+\b")
_REQUIREMENT = re.compile(r"^- \*\*((?:REQ|HR)-\d+)\*\* ", re.MULTILINE)
_DOCSTRING = re.compile(r'^def test_.*?:\n    """(.*?)"""', re.DOTALL | re.MULTILINE)


def requirements() -> list[str]:
    """Return the numbers in the order of the document."""
    return _REQUIREMENT.findall(INTERFACE.read_text(encoding="utf-8"))


def cited() -> set[str]:
    """Return the numbers that tests cite in the sentences that they prove."""
    sources = (path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py"))
    sentences = (one for source in sources for one in _DOCSTRING.findall(source))
    return {number for one in sentences for number in _NUMBER.findall(one)}


def test_every_requirement_is_cited() -> None:
    """There is a test for each number."""
    assert not set(requirements()) - cited()


def test_no_number_stands_twice() -> None:
    """A number means one requirement."""
    numbers = requirements()

    assert len(numbers) == len(set(numbers)) > 60


def test_one_sentence_a_line() -> None:
    """The document has one sentence a line."""
    text = INTERFACE.read_text(encoding="utf-8")

    assert not re.findall(r"^.*[a-z]\. [A-Z].*$", text, re.MULTILINE)
