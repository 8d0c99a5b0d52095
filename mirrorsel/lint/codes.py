"""The kinds of all problems that a list can have."""

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from mirrorsel.errors import Problem
from mirrorsel.lint import (
    backups,
    coordinates,
    countries,
    duplicates,
    ignore,
    network,
    parsed,
    redundancy,
    schemes,
    scopes,
    shares,
    times,
)
from mirrorsel.lint.code import Code, Severity

SECTIONS: Mapping[str, tuple[Code, ...]] = MappingProxyType(
    {
        "The file": parsed.FILE,
        "Words and fields": parsed.WORDS,
        "The URL": parsed.URLS,
        "Contact, epoch and options": parsed.OPTIONS,
        "Mirrors listed twice": duplicates.CODES,
        "Places": (*countries.CODES, *coordinates.CODES, *network.CODES),
        "Who is served": (*scopes.CODES, *schemes.CODES, *backups.CODES),
        "How clients are shared out": shares.CODES,
        "What says nothing": (*redundancy.CODES, *times.CODES),
        "Silencing": ignore.CODES,
    }
)
"""By the headings under which they are explained."""

CODES: Mapping[str, Code] = MappingProxyType(
    {one.name: one for section in SECTIONS.values() for one in section}
)
"""By their names."""


def severity(problem: Problem) -> Severity:
    """Return how bad a problem is."""
    if not problem.warning:
        return Severity.ERROR
    known = CODES.get(problem.code)
    noted = known is not None and known.severity is Severity.NOTE
    return Severity.NOTE if noted else Severity.WARNING


def meant(name: str) -> str:
    """Return the code that is nearly named so, empty if there is none."""
    near = difflib.get_close_matches(name.lower(), CODES, n=1)
    return near[0] if near else ""
