"""Tests that every problem of a list is of a kind that is explained."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given

import mirrorsel.lists
from mirrorsel.errors import Problem
from mirrorsel.lint import CODES, Code, Facts, Severity, severity
from mirrorsel.lint.parsed import FILE, OPTIONS, URLS, WORDS
from mirrorsel.lists import parse
from tests.lint.test_rules import FACTS, LISTS, problems_of
from tests.lint.texts import TEXTS

PACKAGE = Path(mirrorsel.lists.__file__).parent
READING = ("reader.py", "entry.py", "words.py", "urls.py", "file.py")
HOSTILE = sorted((Path(__file__).parents[1] / "lists" / "corpus").glob("*.list"))
BEYOND_TEXT = {"unreadable-file", "not-utf-8"}
"""What keeps a file from being read as text at all."""


def is_explained(problem: Problem) -> bool:
    """Tell whether a problem has a known code, of the severity that it has."""
    code = CODES.get(problem.code)
    if code is None:
        return False
    # That there are more may be of either level.
    error = code.severity is Severity.ERROR
    return problem.code == "more-problems" or problem.warning is not error


def literals(path: Path) -> set[str]:
    """Return the codes that stand in a module, as far as it looks like one."""
    nodes = ast.walk(ast.parse(path.read_bytes()))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {one for one in texts if isinstance(one, str) and one in CODES}


@given(TEXTS)
def test_every_problem_of_reading_is_explained(text: str) -> None:
    """Whatever is read, each problem has a code of the table."""
    found = parse(text, None, countries=FACTS.countries)

    assert all(map(is_explained, (*found.found, *found.problems)))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in HOSTILE])
def test_every_problem_of_the_corpus_is_explained(path: Path) -> None:
    """The lists by which the parser is tested have no problem without a code."""
    found = parse(path.read_bytes().decode(), None, countries={"de", "fr"})

    assert all(map(is_explained, found.found))


def test_no_problem_of_reading_is_made_without_a_code() -> None:
    """Each place in the code that makes one names its code."""
    makers = {"Problem", "LineError"}
    without = [
        (name, node.lineno)
        for name in READING
        for node in ast.walk(ast.parse((PACKAGE / name).read_bytes()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in makers
        and "code" not in {keyword.arg for keyword in node.keywords}
    ]

    assert not without


def test_every_code_of_reading_is_one_of_the_table() -> None:
    """What reading can name is what the table has, and nothing is only explained."""
    named = set().union(*(literals(PACKAGE / name) for name in READING))

    known = {one.name for one in (*FILE, *WORDS, *URLS, *OPTIONS)}

    assert known == named | {"more-problems"}


def test_every_code_can_be_met() -> None:
    """There is a list for each code of which that is a problem."""
    texts = [path.read_bytes().decode() for path in (*LISTS, *HOSTILE)]
    texts += ["x" * 9000 + "\n", "nonsense\n" * 200]
    met = {one.code for text in texts for one in problems_of(text)}
    met |= {one.code for text in texts for one in parse(text, None).problems}

    assert set(CODES) - BEYOND_TEXT == met


@pytest.mark.parametrize(
    "code", [pytest.param(one, id=one.name) for one in CODES.values()]
)
def test_code_is_well_explained(code: Code) -> None:
    """A name is a phrase in hyphens, and each text is made of whole sentences."""
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", code.name)
    assert not code.needs or hasattr(Facts(), code.needs)
    for text in (code.what, code.why, code.mend):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")
        assert text.count("`") % 2 == 0
    assert ". " not in code.what


def test_what_cannot_be_silenced() -> None:
    """Errors cannot be silenced, and neither can what is wrong with comments."""
    fixed = {one.name for one in CODES.values() if not one.silenceable}
    errors = {one.name for one in CODES.values() if one.severity is Severity.ERROR}

    assert {"unused-ignore", "unknown-code"} < fixed - errors
    assert errors < fixed


def test_severity_of_an_unknown_problem() -> None:
    """A problem of an unknown kind is as bad as it says itself."""
    found = [severity(Problem(message="x", warning=one)) for one in (False, True)]

    assert [Severity.ERROR, Severity.WARNING] == found


def test_place_of_a_code() -> None:
    """A problem that a code makes says what kind and how bad it is."""
    code = CODES["gb-written"]
    expected = Problem(message="x", line=3, column=4, warning=True, code="gb-written")

    assert expected == code.at("x", 3, 4)
