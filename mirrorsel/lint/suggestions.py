"""What was likely meant where a country cannot be read."""

import difflib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from mirrorsel.errors import Problem
from mirrorsel.lint.subject import Subject
from mirrorsel.lists.words import spans
from mirrorsel.model import Country, listed_country

_URL = 2
_LIKENESS = 0.8
_CODE = 2
_LONGEST_NAME = 60
# Codes of languages, of countries that are no more, and of other systems.
_USUAL: Mapping[str, str] = MappingProxyType(
    {
        "da": "dk",
        "deu": "de",
        "el": "gr",
        "en": "uk",
        "eng": "uk",
        "fra": "fr",
        "gbr": "uk",
        "ger": "de",
        "ja": "jp",
        "jpn": "jp",
        "ko": "kr",
        "su": "ru",
        "yu": "rs",
        "zh": "cn",
        "usa": "us",
    }
)
# Domains of countries that are sold to everybody.
_ANYWHERE = frozenset({"ai", "cc", "co", "io", "me", "tv", "to", "ws", "fm", "la"})
_COUNTRY_CODES = frozenset({"not-a-country", "unknown-country"})


def suggested(problem: Problem, subject: Subject) -> Problem:
    """Return a problem of a mirror's country with what was likely meant at its end."""
    if problem.code not in _COUNTRY_CODES or "; did you mean" in problem.message:
        return problem
    countries = subject.facts.countries
    line = subject.lines[problem.line - 1]
    written = _written(line, problem.column)
    if not written:
        return problem
    meant = _named(written, countries) or _domain(line, countries)
    if meant is None:
        return problem
    hint = f"; did you mean `{meant}` for {countries[meant].name}?"
    return replace(problem, message=f"{problem.message}{hint}")


def _written(line: str, column: int) -> str:
    found = (line[start:end] for start, end in spans(line) if start + 1 == column)
    return next(found, "").strip('"')


def _named(written: str, countries: Mapping[str, Country]) -> str | None:
    """Return the country that is written out, or by another code."""
    usual = _USUAL.get(written.lower())
    if usual in countries:
        return usual
    if not _CODE < len(written) <= _LONGEST_NAME:
        return None
    names = {one.name.lower(): code for code, one in countries.items()}
    near = difflib.get_close_matches(written.lower(), names, n=1, cutoff=_LIKENESS)
    return names[near[0]] if near else None


def _domain(line: str, countries: Mapping[str, Country]) -> str | None:
    """Return the country whose domain the mirror's host is in."""
    words = [line[start:end] for start, end in spans(line)]
    if len(words) <= _URL:
        return None
    host = words[_URL].partition("//")[2].partition("/")[0].partition(":")[0]
    domain = listed_country(host.rpartition(".")[2])
    return domain if domain in countries and domain not in _ANYWHERE else None
