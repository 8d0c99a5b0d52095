"""The form JSON: an array with an object for each mirror."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import Any

import msgspec

from mirrorsel.errors import MOST_PROBLEMS, ListError, Problem, hint
from mirrorsel.lists.forms.draft import NAMES, read_texts, shown
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
from mirrorsel.lists.forms.json_entry import Entry, entry_of, texts_of_entry

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_BYTE = re.compile(r" ?\(byte (?P<byte>[0-9]+)\)")
_PATH = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?", re.DOTALL)
_DEEP = "it is nested too deeply"


def read_json(sources: Sources, countries: Container[str] | None) -> Taken:
    """Read an array of objects.

    Raises:
        ListError: it is not UTF-8, no JSON or no array.

    """
    (page,) = sources.pages
    found = Gathering()
    for number, raw in enumerate(_items(page)):
        if found.hopeless(page.path):
            break
        _take(found, page, f"$[{number}]", raw, countries)
    return found.taken()


def write_json(listing: Listing) -> str:
    """Return an array with every field of every mirror."""
    entries = [entry_of(one) for one in listing.mirrors.mirrors]
    return msgspec.json.format(msgspec.json.encode(entries)).decode() + "\n"


def json_schema() -> dict[str, Any]:
    """Return the schema of the form (JSON Schema 2020-12)."""
    schema = msgspec.json.schema(list[Entry])
    return {"$schema": DIALECT, "title": "A list of mirrors", **schema}


def _items(page: Page) -> list[msgspec.Raw]:
    text = text_of(page)
    try:
        return msgspec.json.decode(text, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise ListError(page.path, _problem(str(error), text.encode())) from error
    except RecursionError as error:
        raise ListError(page.path, Problem(message=_DEEP)) from error


def _problem(message: str, content: bytes) -> Problem:
    """Return what is wrong with a text, at the line and column of the byte."""
    byte = _BYTE.search(message)
    if byte is None:
        message = f"it must be an array of objects: {message}"
        return Problem(message=message)
    before = content[: int(byte["byte"])]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    message = _BYTE.sub("", message)
    return Problem(message=message, line=line, column=column)


def _take(
    found: Gathering,
    page: Page,
    path: str,
    raw: msgspec.Raw,
    countries: Container[str] | None,
) -> None:
    try:
        read = read_texts(texts_of_entry(_entry(raw)), countries)
    except _KeyError as error:
        found.report(page.path, *error.problems(path))
    except msgspec.DecodeError as error:
        found.report(page.path, Problem(message=_at(path, str(error))))
    except RecursionError:
        found.report(page.path, Problem(message=f"{path}: {_DEEP}"))
    else:
        problems = (
            replace(one, message=f"{path}: {one.message}") for one in read.problems
        )
        found.report(page.path, *problems)
        if read.mirror is not None:
            found.add(page.path, read.mirror, path)


class _KeyError(Exception):
    """An object has keys that are none."""

    def __init__(self, keys: Iterable[str]) -> None:
        super().__init__()
        self.keys = tuple(keys)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield a problem for each."""
        for one in self.keys[:MOST_PROBLEMS]:
            message = f"{path}: unknown key {shown(one)}{hint(one.lower(), NAMES)}"
            yield Problem(message=message)


def _entry(raw: msgspec.Raw) -> Entry:
    value = msgspec.json.decode(raw, type=dict[str, Any])
    unknown = value.keys() - set(NAMES)
    if unknown:
        raise _KeyError(one for one in value if one in unknown)
    return msgspec.convert(value, Entry)


def _at(path: str, message: str) -> str:
    """Return a decoder's message with the whole path before it."""
    parts = _PATH.fullmatch(message)
    what, more = (parts["what"], parts["path"]) if parts else (message, "")
    return f"{path}{more or ''}: {what}"


JSON = Form(
    name="json",
    about="the form JSON",
    holds=EVERY_FIELD | {Field.ALONE, Field.ORDER},
    read=read_json,
    write=alone(write_json),
)
