"""What is wrong with a version, and what was before."""

from pathlib import Path

import pytest

from mirrorsel.cli.edit_findings import Examiner, first_line
from mirrorsel.errors import Problem
from mirrorsel.geo import load_countries
from mirrorsel.lint import Facts

COUNTRIES = load_countries()
EXAMINER = Examiner(
    path=Path("mirrors.list"),
    countries=COUNTRIES,
    facts=lambda _: Facts(countries=COUNTRIES),
)
GOOD = b"http de https://a.example/ -\nhttp Backup https://c.example/\n"
DOUBT = b"http zz https://b.example/ -\n"


def _new(before: bytes, after: bytes) -> list[tuple[str, int]]:
    """Return kinds and lines of what is new in a version."""
    found = EXAMINER.examine(after).since(EXAMINER.examine(before))
    return [(one.code, one.line) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        pytest.param(GOOD, GOOD, [], id="nothing"),
        pytest.param(GOOD, GOOD + DOUBT, [("unknown-country", 3)], id="new"),
        pytest.param(GOOD + DOUBT, GOOD + DOUBT, [], id="old"),
        pytest.param(DOUBT + GOOD, GOOD + DOUBT, [], id="elsewhere"),
        pytest.param(
            GOOD + DOUBT,
            GOOD + DOUBT + DOUBT.replace(b"b.", b"d."),
            [("unknown-country", 4)],
            id="one more",
        ),
        pytest.param(
            b"what\n" + GOOD, b"what\n" + GOOD, [("too-few-fields", 1)], id="error"
        ),
    ],
)
def test_since(before: bytes, after: bytes, new: list[tuple[str, int]]) -> None:
    """Warnings are new where the version before had not the same; errors always."""
    assert _new(before, after) == new


def test_not_text() -> None:
    """What is not UTF-8 is an error with its place."""
    found = EXAMINER.examine(GOOD + b"# caf\xe9\n")

    assert found.errors
    assert [(one.line, one.column) for one in found.problems] == [(3, 6)]
    assert "caf\ufffd" in found.text


def test_first_line() -> None:
    """An error is gone to before a warning, whatever is first in the file."""
    warning = Problem(message="", line=2, warning=True)
    error = Problem(message="", line=9)

    assert first_line((warning, error)) == 9
    assert first_line((warning,)) == 2
    assert first_line(()) == 0
