"""How many clients each country has, as a preview counts them."""

import csv
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path

from mirrorsel.errors import Problem, WeightsError, first_problems
from mirrorsel.geo import addresses
from mirrorsel.model import Country, listed_country
from mirrorsel.preview import UNKNOWN
from mirrorsel.regular import MEBIBYTE, read_regular

_HEAD = ["country", "clients"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The clients of each country, in any unit."""

    clients: Mapping[str, float]
    about: str
    """What they are, in words."""


def default_weights(countries: Mapping[str, Country]) -> Weights:
    """Return the estimate that needs nothing but what comes with mirrorsel."""
    about = "the IPv4 addresses that each country has in the embedded table"
    return Weights(clients=addresses(countries), about=about)


def read_weights(path: Path, countries: Mapping[str, Country]) -> Weights:
    """Return the clients of each country as a CSV file gives them.

    It has the columns ``country`` and ``clients``, with a head or without; what a
    country has several lines of is added up.

    Raises:
        WeightsError: it cannot be read, or a line is wrong.

    """
    clients: defaultdict[str, float] = defaultdict(float)
    problems: list[Problem] = []
    for number, row in _rows(path):
        if problem := _wrong(row, countries):
            problems.append(Problem(message=problem, line=number))
        else:
            clients[listed_country(row[0].strip())] += float(row[1])
    if not problems and not sum(clients.values()):
        problems.append(Problem(message="there are no clients in it"))
    if problems:
        raise WeightsError(path, *first_problems(problems))
    return Weights(clients=clients, about=f"the file {path}")


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = read_regular(path, largest=MEBIBYTE).decode("utf-8-sig")
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise WeightsError(path, Problem(message=message)) from error
    except UnicodeDecodeError as error:
        raise WeightsError(path, Problem(message="is not UTF-8 text")) from error
    lines = csv.reader(text.splitlines())
    for row in lines:
        if row and [one.strip() for one in row] != _HEAD:
            yield lines.line_num, row


def _wrong(row: list[str], countries: Container[str]) -> str:
    """Return what is wrong with a line, empty if nothing is."""
    if len(row) != len(_HEAD):
        return f"there are {len(row)} columns, not a country and its clients"
    country = listed_country(row[0].strip())
    if country not in countries and country != UNKNOWN:
        return f"unknown country {row[0]!r}; right are codes such as de, or {UNKNOWN}"
    try:
        clients = float(row[1])
    except ValueError:
        clients = -1
    return "" if 0 <= clients < inf else f"{row[1]!r} is no number of clients"
