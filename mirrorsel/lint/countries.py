"""Codes of countries that are unknown or unusual."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code, Severity
from mirrorsel.lint.parsed import WORDS
from mirrorsel.lint.subject import Subject
from mirrorsel.model import listed_country

GB = Code(
    name="gb-written",
    what="The United Kingdom is written `gb`.",
    why="Lists write `uk`, and the published list does; both are read as one, but"
    " whoever searches for `uk` misses the line.",
    mend="Write `uk`.",
    severity=Severity.NOTE,
)

CODES = (GB,)

_UNKNOWN = next(one for one in WORDS if one.name == "unknown-country")


def countries(subject: Subject) -> Iterator[Problem]:
    """Find unusual codes of mirrors' countries, and unknown ones of refused clients."""
    for one in subject.mirrors:
        if one.country == "uk":
            word = subject.country(one)
            if word.text.lower() == "gb":
                message = f"`{word.text}` is written `uk` in lists"
                yield GB.at(message, one.line, word.column)
        if one.refuses and subject.facts.countries:
            for entry in subject.entries(one, "refuses"):
                code = listed_country(entry.text)
                if code not in subject.facts.countries:
                    message = f"no country has the code `{code}`"
                    yield _UNKNOWN.at(message, one.line, entry.column)
