"""What can go wrong, as a tree of exceptions that say what the caller may do.

* MirrorselError
  x InputError          a file that a person or program wrote cannot be used
    + ListError         mirrors.list
    + SettingsError     mirrorsel.toml
    + StateError        a snapshot or another state file
    + DatabaseError     a GeoIP database
    + WeightsError      how many clients each country has
  x FetchError          a mirror did not answer as it should
  x SupplyError         a GeoIP database could not be had from where it comes from
  x IndexingError       the published tree cannot be looked at
  x HttpdError          httpd or mod_wsgi is missing, refuses or failed to start
  x InstanceError       a folder cannot be made an instance as it was asked for
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_PROBLEMS = 100
"""How many problems of one file are told; reading stops at more errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with an input, and where."""

    message: str
    """What is wrong, and what would be right, as one sentence without a full stop."""
    line: int = 0
    """The line, counted from 1; 0 when the whole file is meant."""
    column: int = 0
    """The column in characters, counted from 1; 0 when the whole line is meant."""
    warning: bool = False
    """Whether the input can be used in spite of it."""
    code: str = ""
    """The kind of problem as a word with hyphens, such as ``unknown-country``."""

    def at(self, path: Path | str) -> str:
        """Return the problem as ``file:line:column: message``."""
        place = "".join(f":{number}" for number in (self.line, self.column) if number)
        return f"{path}{place}: {self.message}"


def first_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first hundred problems of a file, in the order of the lines.

    Errors go before warnings where there are more, and a last problem says so.
    """
    found = sorted(problems, key=lambda one: (one.line, one.column))
    if len(found) <= MOST_PROBLEMS:
        return tuple(found)
    first = sorted(found, key=lambda one: one.warning)[:MOST_PROBLEMS]
    first.sort(key=lambda one: (one.line, one.column))
    only_warnings = all(one.warning for one in found)
    more = Problem(message="and more", warning=only_warnings, code="more-problems")
    return (*first, more)


def hint(name: str, known: Iterable[str], end: str = "") -> str:
    """Return the end of a message about an unknown name: what may have been meant.

    Args:
        name: What was written.
        known: What could have been.
        end: What stands behind the name where it is right, such as ``=``.

    """
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean `{near[0]}{end}`?" if near else ""


class MirrorselError(Exception):
    """The base of everything that mirrorsel raises on purpose."""


class InputError(MirrorselError):
    """A file cannot be used as it is; the last good value stays in force."""

    path: Path
    """The file."""
    problems: tuple[Problem, ...]
    """Everything that is wrong with it, in the order of the lines; never empty."""

    def __init__(self, path: Path, *problems: Problem) -> None:
        super().__init__("\n".join(problem.at(path) for problem in problems))
        self.path = path
        self.problems = problems


class ListError(InputError):
    """A list of mirrors is missing, unreadable or has lines that cannot be used."""


class SettingsError(InputError):
    """A settings file is missing, unreadable or holds a setting that cannot be."""


class StateError(InputError):
    """A state file is missing, unreadable, damaged or of an unknown format."""


class DatabaseError(InputError):
    """A GeoIP database is missing, unreadable or of a kind that holds no places."""


class WeightsError(InputError):
    """A file of clients by country is missing, unreadable or has wrong lines."""


class FetchError(MirrorselError):
    """A mirror did not answer as it should; trying again later is safe."""

    outcome: str
    """The value of the `mirrorsel.model.Outcome` that says in what way."""
    detail: str
    """More about it for a person; may contain text that the mirror sent."""
    family: int | None
    """The IP family that was tried last, 4 or 6; None if no address was."""
    status: int | None = None
    """The status of the answer, where that is what was wrong."""
    url: str = ""
    """The URL that was answered last, after redirects; empty without an answer."""
    certificate: Any = None
    """The `mirrorsel.model.Certificate` that came with that answer, if one did."""

    def __init__(
        self,
        outcome: str,
        detail: str,
        family: int | None = None,
        *,
        status: int | None = None,
    ) -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail
        self.family = family
        self.status = status


class SupplyError(MirrorselError):
    """A GeoIP database could not be had; the one in place is as it was."""


class IndexingError(MirrorselError):
    """The published tree cannot be looked at; what is known of it stays in force."""


class HttpdError(MirrorselError):
    """Apache httpd cannot be run as asked; the message says what to do."""


class InstanceError(MirrorselError):
    """An instance cannot be made as asked; the message says what to do instead."""
