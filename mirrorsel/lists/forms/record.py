"""What an entry of mirrorbits or MirrorBrain says, whatever it is written in."""

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mirrorsel.errors import Problem
from mirrorsel.lists.forms.draft import Text, read_texts
from mirrorsel.lists.forms.form import Loss, Page, Sources, Taken
from mirrorsel.lists.forms.gathering import Gathering
from mirrorsel.lists.line import decimal
from mirrorsel.model import HIGHEST_WEIGHT, Scope
from mirrorsel.printable import printable

_ANSWERS = MappingProxyType({"true": True, "false": False, "1": True, "0": False})
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?(?:[eE]-[0-9]{1,2})?")
_UNNAMED = "out of service where it came from"
_NETWORK = "serves only its own network, which nothing here names"


def within(weight: int) -> int:
    """Return the nearest weight that a list can hold."""
    return min(max(weight, 1), HIGHEST_WEIGHT)


class RecordError(Exception):
    """An entry cannot be used; it never leaves this package."""

    problem: Problem

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.problem = Problem(message=message, line=line, column=column)


class Values:
    """The values of one entry, by their names in the other program."""

    def __init__(self, values: Mapping[str, Text]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> Text:
        """Return a value; it is empty where it is not given."""
        return self._values.get(name, Text(""))

    def __contains__(self, name: str) -> bool:
        """Return whether a value is given and not empty."""
        return bool(self[name].text)

    def answer(self, name: str, *, usual: bool = False) -> bool:
        """Return a value that is true or false.

        Raises:
            RecordError: it is neither.

        """
        text, line, column = self[name]
        answer = _ANSWERS.get(text.lower(), None if text else usual)
        if answer is None:
            raise RecordError(f"`{name}` must be true or false", line, column)
        return answer

    def whole(self, name: str, usual: int) -> int:
        """Return a value that is a whole number.

        Raises:
            RecordError: it is none.

        """
        text, line, column = self[name]
        if text and not _WHOLE.fullmatch(text):
            raise RecordError(f"`{name}` must be a whole number", line, column)
        return int(text) if text else usual

    def place(self, latitude: str, longitude: str) -> dict[str, Text]:
        """Return both coordinates as a list has them; none where both are 0."""
        given = {"lat": self[latitude], "lon": self[longitude]}
        texts = {
            name: one._replace(text=_plain(one.text)) for name, one in given.items()
        }
        return texts if any(one.text.strip("0.-") for one in texts.values()) else {}


def _plain(number: str) -> str:
    """Return a number without an exponent; what is none is left to be refused."""
    if not _NUMBER.fullmatch(number):
        return number
    return decimal(float(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry."""

    urls: tuple[Text, ...]
    texts: Mapping[str, Text]
    """By the names of a list's fields, as far as they are given: all but the URL."""
    scopes: frozenset[Scope] = frozenset()
    """Whom it serves only."""
    network_only: bool = False
    """Whether it serves only a network, which a list cannot say."""
    enabled: bool = True
    comment: str = ""
    lost: tuple[str, ...] = ()
    """What else it has that a list cannot hold, in words."""


def read_records(
    sources: Sources,
    read: Callable[[Page], Record],
    lost: Loss,
    countries: Container[str] | None,
) -> Taken:
    """Read a mirror from each file.

    Args:
        sources: The files.
        read: Returns what one of them says; raises a `RecordError` if it cannot.
        lost: What no list can hold of any of them.
        countries: The known countries, as `parse` takes them.

    Raises:
        ListError: a file is not UTF-8.

    """
    found = Gathering()
    for page in sources.pages:
        try:
            record = read(page)
        except RecordError as error:
            found.report(page.path, error.problem)
        else:
            _gather(found, page, record, countries)
    return found.taken(lost)


def _gather(
    found: Gathering, page: Page, record: Record, countries: Container[str] | None
) -> None:
    """Take the mirrors of an entry: one for each of its URLs.

    One that serves only a network that a list cannot name is taken out of service,
    for without that it would serve everybody.
    """
    if not record.urls:
        found.report(page.path, Problem(message="the mirror has no URL"))
        return
    texts = {**record.texts, **dict(_service(record))}
    for url in record.urls:
        read = read_texts({**texts, "url": url}, countries)
        found.report(page.path, *read.problems)
        if read.mirror is not None:
            found.add(page.path, read.mirror, page.path.name, url.column)
    for what in record.lost:
        found.lose(what, record.urls[0].text)


def _service(record: Record) -> Iterator[tuple[str, Text]]:
    """Yield what restricts whom a mirror serves."""
    scopes = record.scopes
    nowhere = record.network_only
    if Scope.AS in scopes and "asn" not in record.texts:
        scopes, nowhere = scopes - {Scope.AS}, True
    if scopes:
        yield "only", Text(",".join(sorted(scopes)))
    if not record.enabled:
        reason = printable(record.comment.strip()).strip()
        yield "disabled", Text(reason or _UNNAMED)
    elif nowhere:
        yield "disabled", Text(_NETWORK)
