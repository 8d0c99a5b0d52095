"""Reading mirrors as `mb show` and `mb export --format=vcs` print them, one a file."""

import re
from collections.abc import Container, Iterator
from types import MappingProxyType

from mirrorsel.lists.forms.draft import Text
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

RULE = "---------- comments ----------"
"""The line around the comment."""

_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9,]*) *: *(?P<text>.*)")
_NETWORK = re.compile(r"Prefix: \S+ \(AS(?P<asn>[0-9]{1,10})\)")
_PLACE = "lat,lng"
_NONE = "None"
_SCOPES = MappingProxyType(
    {
        "regionOnly": Scope.CONTINENT,
        "countryOnly": Scope.COUNTRY,
        "asOnly": Scope.AS,
    }
)
_LOST = MappingProxyType(
    {
        "otherCountries": "a second country of a mirror (otherCountries)",
        "operatorName": "names of operators",
        "publicNotes": "public notes",
    }
)


def read_mirrorbrain(sources: Sources, countries: Container[str] | None) -> Taken:
    """Read a mirror from each file.

    Raises:
        ListError: a file is not UTF-8.

    """
    lost = Loss(what="the identifiers of mirrors")
    return read_records(sources, _record, lost, countries)


def _record(page: Page) -> Record:
    values, comment = _read(text_of(page).replace("\r\n", "\n"))
    weight = values.whole("score", USUAL_WEIGHT)
    # A score of 0 takes a mirror out of service too.
    enabled = values.answer("enabled", usual=True) and weight > 0
    only = (scope for name, scope in _SCOPES.items() if values.answer(name))
    return Record(
        urls=tuple(
            values[name]
            for name in ("baseurl", "baseurlFtp", "baseurlRsync")
            if name in values
        ),
        texts=dict(_texts(values, weight)),
        scopes=frozenset(only),
        network_only=values.answer("prefixOnly"),
        enabled=enabled,
        comment=comment,
        lost=tuple(_lost(values, comment if enabled else "")),
    )


def _texts(values: Values, weight: int) -> Iterator[tuple[str, Text]]:
    yield "country", values["country"]
    contact = Contact(name=values["admin"].text, mail=values["adminEmail"].text)
    yield "contact", values["adminEmail"]._replace(text=contact.text)
    yield "link", values["operatorUrl"]
    yield from values.place("lat", "lng").items()
    if values["asn"].text.strip("0"):
        yield "asn", values["asn"]
    yield "weight", values["score"]._replace(text=str(within(weight)))
    if values.answer("ipv6Only"):
        yield "ipv4", values["ipv6Only"]._replace(text="no")


def _lost(values: Values, comment: str) -> Iterator[str]:
    for name, what in _LOST.items():
        if name in values:
            yield what
    if values["fileMaxsize"].text.strip("0"):
        yield "sizes of files (fileMaxsize)"
    if comment:
        yield "comments"
    weight = values.whole("score", USUAL_WEIGHT)
    if weight > 0 and weight != within(weight):
        yield "scores so high"


def _read(text: str) -> tuple[Values, str]:
    """Return the values of an entry, and its comment.

    The lines behind the comment tell the networks of the mirror; one is taken.
    """
    head, _, rest = text.partition(f"{RULE}\n")
    comment, _, tail = rest.rpartition(RULE)
    values = dict(_values(head))
    if "baseurl" not in values:
        raise RecordError("there is no line `baseurl`, as `mb show` prints it")
    for line in tail.splitlines():
        if network := _NETWORK.fullmatch(line):
            values.setdefault("asn", Text(network["asn"]))
    return Values(values), comment.strip("\n")


def _values(head: str) -> Iterator[tuple[str, Text]]:
    for number, content in enumerate(head.split("\n"), start=1):
        if not content.strip() or content.startswith("#"):
            continue
        line = _LINE.fullmatch(content)
        if line is None:
            raise RecordError("a line must be a name, a colon and a value", number, 1)
        text = Text(line["text"].rstrip(), number, line.start("text") + 1)
        if line["name"] == _PLACE:
            yield from _place(text)
        else:
            yield line["name"], text._replace(text=_some(text.text))


def _place(text: Text) -> Iterator[tuple[str, Text]]:
    latitude, _, longitude = text.text.partition(",")
    yield "lat", text._replace(text=_some(latitude.strip()))
    yield "lng", text._replace(text=_some(longitude.strip()))


def _some(text: str) -> str:
    return "" if text == _NONE else text
