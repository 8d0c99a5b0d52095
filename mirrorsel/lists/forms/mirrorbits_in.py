"""Reading mirrors as `mirrorbits show` prints them, one a file."""

import re
from collections.abc import Container, Iterator
from types import MappingProxyType
from typing import Any

import yaml

from mirrorsel.lists.forms.draft import Text, shown
from mirrorsel.lists.forms.entries import Contact
from mirrorsel.lists.forms.form import Loss, Page, Sources, Taken, text_of
from mirrorsel.lists.forms.record import (
    Record,
    RecordError,
    Values,
    read_records,
    within,
)
from mirrorsel.model import USUAL_WEIGHT, Scope

COMMENTS = "##### Comments go below this line #####"
"""The line between the fields and the comment in the editor of mirrorbits."""

_COMMENT = re.compile(rf"^(?:Comment:|{COMMENTS})[ \t\r]*$", re.MULTILINE)
_SCOPES = MappingProxyType(
    {
        "ContinentOnly": Scope.CONTINENT,
        "CountryOnly": Scope.COUNTRY,
        "ASOnly": Scope.AS,
    }
)
_NOTHING = ("null", "~")
_SHAPE = "a mirror is a YAML document of names with plain values"
_FRAME = (
    *(yaml.StreamStartEvent, yaml.StreamEndEvent),
    *(yaml.DocumentStartEvent, yaml.DocumentEndEvent),
    *(yaml.MappingStartEvent, yaml.MappingEndEvent),
)
_LOST = MappingProxyType(
    {
        "SponsorName": "names of sponsors",
        "CustomData": "data for clients (CustomData)",
        "AllowRedirects": "whether a mirror may redirect (AllowRedirects)",
    }
)


def read_mirrorbits(sources: Sources, countries: Container[str] | None) -> Taken:
    """Read a mirror from each file.

    Raises:
        ListError: a file is not UTF-8.

    """
    lost = Loss(what="the names of mirrors")
    return read_records(sources, _record, lost, countries)


def _record(page: Page) -> Record:
    text, *rest = _COMMENT.split(text_of(page), maxsplit=1)
    values, comment = Values(_values(text)), "".join(rest).strip()
    enabled = values.answer("Enabled", usual=True)
    only = (scope for name, scope in _SCOPES.items() if values.answer(name))
    return Record(
        urls=tuple(_urls(values)),
        texts=dict(_texts(values)),
        scopes=frozenset(only),
        enabled=enabled,
        comment=comment,
        lost=tuple(_lost(values, comment if enabled else "")),
    )


def _urls(values: Values) -> Iterator[Text]:
    web = values["HttpURL"]
    if web.text and "://" not in web.text:
        # Without a scheme it is both.
        yield web._replace(text=f"https://{web.text}")
        yield web._replace(text=f"http://{web.text}")
    elif web.text:
        yield web
    yield from (values[name] for name in ("FtpURL", "RsyncURL") if name in values)


def _texts(values: Values) -> Iterator[tuple[str, Text]]:
    codes = values["CountryCodes"]
    country = "".join(codes.text.split()[:1])
    yield "country", codes._replace(text=country)
    contact = Contact(name=values["AdminName"].text, mail=values["AdminEmail"].text)
    yield "contact", values["AdminEmail"]._replace(text=contact.text)
    yield "logo", values["SponsorLogoURL"]
    yield "link", values["SponsorURL"]
    yield from values.place("Latitude", "Longitude").items()
    if values["ASNum"].text.strip("0"):
        yield "asn", values["ASNum"]
    weight = USUAL_WEIGHT + values.whole("Score", 0)
    yield "weight", values["Score"]._replace(text=str(within(weight)))
    refused = values["ExcludedCountryCodes"]
    yield "refuses", refused._replace(text=",".join(refused.text.split()))


def _lost(values: Values, comment: str) -> Iterator[str]:
    if len(values["CountryCodes"].text.split()) > 1:
        yield "a second country of a mirror"
    if comment:
        yield "comments"
    for name, what in _LOST.items():
        if name in values:
            yield what
    weight = USUAL_WEIGHT + values.whole("Score", 0)
    if weight != within(weight):
        yield "scores so low or high"


def _values(text: str) -> dict[str, Text]:
    """Return the values of a document that is one mapping of plain values."""
    values: dict[str, Text] = {}
    key = None
    for scalar in _scalars(text):
        if key is None:
            key = scalar
        elif values.setdefault(key.text, scalar) is scalar:
            key = None
        else:
            raise RecordError(f"{shown(key.text)} is given twice", key.line, key.column)
    return values


def _scalars(text: str) -> Iterator[Text]:
    """Yield keys and values in turn.

    The document is taken as a stream of events: a value stays the text that it is,
    so that Norway's code is no `false`, and nothing can nest, refer to something
    else or make an object.
    """
    mappings = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            mappings += isinstance(event, yaml.MappingStartEvent)
            if isinstance(event, yaml.ScalarEvent) and mappings == 1:
                yield _scalar(event)
            elif not isinstance(event, _FRAME) or mappings > 1:
                raise RecordError(_SHAPE, *_place(event.start_mark))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RecordError(f"{_SHAPE}, which this is not", *_place(mark)) from error


def _scalar(event: yaml.ScalarEvent) -> Text:
    empty = event.implicit[0] and event.value in _NOTHING
    return Text("" if empty else event.value, *_place(event.start_mark))


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)
