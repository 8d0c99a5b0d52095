"""Tests that the document of forms says what the code does."""

import re

import pytest

from mirrorsel.lists.forms.draft import NAMES
from mirrorsel.lists.forms.form import Sources
from mirrorsel.lists.forms.table import FORMS
from mirrorsel.lists.options import OPTIONS
from tests.docs import reference
from tests.lists.forms.making import page, unnumbered

DOCUMENT = reference.ROOT / "docs" / "import-export.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_reference() -> None:
    """The table and the examples are what the code makes."""
    assert TEXT.partition(reference.MARK)[2] == reference.forms_reference()


@pytest.mark.parametrize("name", FORMS)
def test_example(name: str) -> None:
    """The example of each form is read without a complaint, and has the URLs."""
    (shown,) = re.findall(rf"### `--to {name}`\n.*?```\n(.*?)```", TEXT, re.DOTALL)
    form = FORMS[name]
    listed = reference.example_listing().mirrors.mirrors
    source = page(shown)
    taken = form.read(Sources(pages=(source,)), None)

    assert taken.skipped == ()
    assert [one.url for one in taken.mirrors.mirrors] == [one.url for one in listed]
    if name in {"source", "csv", "json"}:
        assert tuple(map(unnumbered, taken.mirrors.mirrors)) == tuple(
            map(unnumbered, listed)
        )


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_a_heading(name: str) -> None:
    """Each form is explained."""
    headings = re.findall(r"^## (.*)$", TEXT, re.MULTILINE)

    assert any(f"`{name}`" in one for one in headings)


def test_columns() -> None:
    """Each column is in the table, or is an option of a list."""
    named = {
        one
        for row in re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
        for one in re.findall(r"`(\w+)`", row)
    }

    assert set(NAMES) - set(OPTIONS) == named


def test_one_sentence_a_line() -> None:
    """The document has one sentence a line."""
    lines = TEXT.partition(reference.MARK)[0].splitlines()

    assert not [one for one in lines if re.search(r"[a-z]\. [A-Z]", one)]
