"""Tests for mirrorsel.pages by files: a page, and what must come of it.

The file ``.expected`` is what the page renders, ``.problems`` what is said about it.
"""

from pathlib import Path

import pytest

from mirrorsel.pages import parse, report
from tests.pages.pagefiles import VALUES, Folder

CORPUS = Path(__file__).parent / "corpus"
FILES = Folder({path.name: path.read_bytes() for path in CORPUS.glob("*.inc")})
PAGES = [pytest.param(path, id=path.stem) for path in sorted(CORPUS.glob("*.html"))]


@pytest.mark.parametrize("path", PAGES)
def test_rendered(path: Path) -> None:
    """REQ-60: known directives are replaced, and every other byte stays."""
    expected = path.with_suffix(".expected").read_bytes()

    page = parse(path.read_bytes(), name=path.name, includer=FILES)

    assert expected == page.render(VALUES, FILES)


@pytest.mark.parametrize("path", PAGES)
def test_reported(path: Path) -> None:
    """What is wrong or doubtful is named with its place."""
    problems = path.with_suffix(".problems")
    expected = problems.read_text(encoding="utf-8") if problems.exists() else ""

    page = parse(path.read_bytes(), name=path.name, includer=FILES)
    actual = [
        f"{one.problem.at(one.name)}{' (warning)' if one.problem.warning else ''}\n"
        for one in report(page, FILES)
    ]

    assert expected == "".join(actual)
