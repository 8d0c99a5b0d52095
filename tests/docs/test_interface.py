"""Tests that every requirement of the interface is proved somewhere."""

import ast
import re
from collections.abc import Iterator

from tests.docs.reference import ROOT

INTERFACE = ROOT / "docs" / "interface.md"
CONTRACT = frozenset(
    f"{kind}-{number}"
    for kind, first, last in (
        ("REQ", 1, 32),
        ("REQ", 40, 61),
        ("REQ", 70, 75),
        ("REQ", 80, 82),
        ("REQ", 90, 90),
        ("HR", 1, 10),
    )
    for number in range(first, last + 1)
)
"""All numbers that were ever given; a number never goes, whatever becomes of it."""
_NUMBER = re.compile(r"\b(?:REQ|HR)-\d+\b")
_REQUIREMENT = re.compile(r"^- \*\*((?:REQ|HR)-\d+)\*\* \S", re.MULTILINE)
_UNMET = re.compile(r"\(((?:REQ|HR)-\d+)\)")


def text() -> str:
    """Return the document."""
    return INTERFACE.read_text(encoding="utf-8")


def requirements() -> list[str]:
    """Return the numbers in the order of the document."""
    return _REQUIREMENT.findall(text())


def proofs() -> Iterator[ast.FunctionDef]:
    """Yield each test that pytest finds and runs."""
    for path in ROOT.glob("tests/**/test_*.py"):
        for node in ast.parse(path.read_bytes()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = "".join(map(ast.unparse, node.decorator_list))
                if not re.search(r"\bmark\.(skip|skipif|xfail)\b", marks):
                    yield node


def cited() -> set[str]:
    """Return the numbers that tests cite in the sentences that they prove."""
    sentences = (ast.get_docstring(test) or "" for test in proofs())
    return {number for one in sentences for number in _NUMBER.findall(one)}


def test_every_requirement_is_cited() -> None:
    """There is a test for each number."""
    assert not set(requirements()) - cited()


def test_no_test_cites_what_is_not_required() -> None:
    """A number in a test is one of the document."""
    assert not cited() - set(requirements())


def test_no_number_is_missing() -> None:
    """Each is a requirement, or the document says that it is not met."""
    unmet = set(_UNMET.findall(text()))

    assert set(requirements()) | unmet == CONTRACT
    assert not set(requirements()) & unmet


def test_no_number_stands_twice() -> None:
    """A number means one requirement."""
    numbers = requirements()

    assert len(numbers) == len(set(numbers))


def test_clients_count_on_requirements() -> None:
    """What the table of clients names is a requirement."""
    rows = [line for line in text().splitlines() if line.startswith("|")]
    named = {number for row in rows for number in _NUMBER.findall(row)}

    assert named
    assert not named - set(requirements())


def test_one_sentence_a_line() -> None:
    """The document has one sentence a line."""
    assert not re.findall(r"^.*[a-z]\. [A-Z].*$", text(), re.MULTILINE)
