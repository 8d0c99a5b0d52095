"""A problem of one of the files that make a page."""

from dataclasses import dataclass

from mirrorsel.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem, and the name of the template that has it."""

    name: str
    problem: Problem
