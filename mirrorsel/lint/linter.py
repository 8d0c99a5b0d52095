"""All that is wrong with a list."""

from mirrorsel.errors import Problem
from mirrorsel.lint.backups import backups
from mirrorsel.lint.coordinates import coordinates
from mirrorsel.lint.countries import countries
from mirrorsel.lint.duplicates import duplicates
from mirrorsel.lint.facts import Facts
from mirrorsel.lint.network import network
from mirrorsel.lint.redundancy import redundancy
from mirrorsel.lint.schemes import schemes, twins
from mirrorsel.lint.scopes import reach, scopes
from mirrorsel.lint.shares import idle_options, shares
from mirrorsel.lint.silencing import silenced
from mirrorsel.lint.subject import Rule, Subject
from mirrorsel.lint.suggestions import suggested
from mirrorsel.lint.times import times
from mirrorsel.lists import Loaded

_OF_MIRRORS: tuple[Rule, ...] = (
    duplicates,
    countries,
    coordinates,
    network,
    scopes,
    twins,
    idle_options,
    redundancy,
    times,
)
# A line with an error may hold the mirror that they miss.
_OF_WHOLE_LISTS: tuple[Rule, ...] = (backups, reach, schemes, shares)


def lint(loaded: Loaded, facts: Facts) -> tuple[Problem, ...]:
    """Return the problems of a list in the order of its lines, the whole list's first.

    They are those that reading found and those that its rules find, without what
    comments in the list silence.
    """
    subject = Subject(loaded=loaded, facts=facts)
    rules = (*_OF_MIRRORS, *(_OF_WHOLE_LISTS if loaded.ok else ()))
    problems = [suggested(one, subject) for one in loaded.found]
    problems += (problem for rule in rules for problem in rule(subject))
    left = set(silenced(subject, problems))
    return tuple(sorted(left, key=_place))


def _place(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line, problem.column, problem.code, problem.message
