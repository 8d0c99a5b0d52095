"""The form CSV: a row for each mirror, below a row of names."""

import csv
import io
from collections.abc import Container

from mirrorsel.errors import ListError, Problem, hint
from mirrorsel.lists.forms.cells import CellError, guarded, rows_of, unguarded
from mirrorsel.lists.forms.draft import NAMES, Text, read_texts, shown, texts_of
from mirrorsel.lists.forms.fields import EVERY_FIELD, Field
from mirrorsel.lists.forms.form import (
    Form,
    Listing,
    Page,
    Sources,
    Taken,
    alone,
    text_of,
)
from mirrorsel.lists.forms.gathering import Gathering

TEXTS = frozenset({"contact", "logo", "link", "prefix", "disabled"})
"""The columns that anybody's text may stand in; the others have a form of their own."""

_NEEDED = ("url", "country")


def read_csv(sources: Sources, countries: Container[str] | None) -> Taken:
    """Read a table; only the columns `url` and `country` must be there.

    Raises:
        ListError: it is not UTF-8 or no CSV, or its first row is not one of names.

    """
    (page,) = sources.pages
    found = Gathering()
    rows = rows_of(text_of(page))
    try:
        names = _names(page, next(rows, ()))
        for row in rows:
            if found.hopeless(page.path):
                break
            if len(row) == len(names):
                texts = dict(zip(names, row, strict=True))
                _take(found, page, texts, countries)
            else:
                message = f"a row has {len(names)} cells, not {len(row)}"
                found.report(page.path, _problem(message, row[0]))
    except CellError as error:
        problem = _problem(str(error), error.place)
        raise ListError(page.path, problem) from error
    return found.taken()


def write_csv(listing: Listing) -> str:
    """Return a table with every column."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(NAMES)
    for mirror in listing.mirrors.mirrors:
        texts = texts_of(mirror)
        cells = {**texts, **{one: guarded(texts[one]) for one in TEXTS & texts.keys()}}
        writer.writerow(cells.get(name, "") for name in NAMES)
    return text.getvalue()


def _names(page: Page, row: tuple[Text, ...]) -> tuple[str, ...]:
    names = [one.text for one in row]
    problems = [
        _problem(
            f"unknown column {shown(one.text)}{hint(one.text.lower(), NAMES)}", one
        )
        for one in row
        if one.text not in NAMES
    ]
    problems += [
        _problem(f"the column {shown(one.text)} is there twice", one)
        for place, one in enumerate(row)
        if one.text in names[:place]
    ]
    problems += [
        Problem(message=f"the first line must name the column `{one}`", line=1)
        for one in _NEEDED
        if one not in names
    ]
    if problems:
        raise ListError(page.path, *problems)
    return tuple(names)


def _take(
    found: Gathering,
    page: Page,
    cells: dict[str, Text],
    countries: Container[str] | None,
) -> None:
    texts = {name: unguarded(cells[name]) for name in TEXTS & cells.keys()}
    read = read_texts({**cells, **texts}, countries)
    found.report(page.path, *read.problems)
    if read.mirror is not None:
        place = f"line {read.mirror.line}"
        found.add(page.path, read.mirror, place, cells["url"].column)


def _problem(message: str, place: Text) -> Problem:
    return Problem(message=message, line=place.line, column=place.column)


CSV = Form(
    name="csv",
    about="the form CSV",
    holds=EVERY_FIELD | {Field.ALONE, Field.ORDER},
    read=read_csv,
    write=alone(write_csv),
)
