"""Entries of options that say what another entry says."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.subject import Subject
from mirrorsel.lists.words import Word
from mirrorsel.model import Mirror, Scope, listed_country

REDUNDANT = Code(
    name="redundant-entry",
    what="An entry of `prefix`, `refuses` or `only` changes nothing beside the others.",
    why="Whoever reads the line believes that it does, and another entry was perhaps"
    " meant.",
    mend="Remove the entry, or write what was meant.",
)

CODES = (REDUNDANT,)


def redundancy(subject: Subject) -> Iterator[Problem]:
    """Find the entries that could be left out."""
    for one in subject.mirrors:
        found = dict([*_prefixes(subject, one), *_scopes(subject, one)])
        for entry, why in (found | dict(_refusals(subject, one))).items():
            yield REDUNDANT.at(f"`{entry.text}` {why}", one.line, entry.column)


def _prefixes(subject: Subject, mirror: Mirror) -> Iterator[tuple[Word, str]]:
    if len(mirror.prefixes) < 2:  # noqa: PLR2004 - one alone is never redundant
        return
    entries = subject.entries(mirror, "prefix")
    first: dict[str, Word] = {}
    for path, entry in zip(mirror.prefixes, entries, strict=True):
        first.setdefault(path, entry)
    for path, entry in zip(mirror.prefixes, entries, strict=True):
        wider = next((one for one in _above(path) if one in first), None)
        if wider is not None:
            yield entry, f"lies within `{first[wider].text}`, which is listed too"
        elif first[path] is not entry:
            yield entry, "is listed already"


def _above(path: str) -> Iterator[str]:
    """Yield the folders that hold a folder, the outermost first."""
    end = path.find("/") + 1
    while 0 < end < len(path):
        yield path[:end]
        end = path.find("/", end) + 1


def _refusals(subject: Subject, mirror: Mirror) -> Iterator[tuple[Word, str]]:
    seen: set[str] = set()
    for entry in subject.entries(mirror, "refuses") if mirror.refuses else ():
        code = listed_country(entry.text)
        if code in seen:
            yield entry, "is refused already"
        elif Scope.COUNTRY in mirror.only and code != mirror.country:
            yield entry, "is refused by `only=country` already"
        seen.add(code)


def _scopes(subject: Subject, mirror: Mirror) -> Iterator[tuple[Word, str]]:
    seen: set[str] = set()
    for entry in subject.entries(mirror, "only") if mirror.only else ():
        if entry.text in seen:
            yield entry, "is demanded already"
        elif entry.text == Scope.CONTINENT and Scope.COUNTRY in mirror.only:
            yield entry, "is demanded by `country` already"
        seen.add(entry.text)
