"""Comments that silence problems, such as ``# lint: ignore[no-backup] reason``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lists.words import Word, spans

_LINT = re.compile(r"#\s*lint\s*:\s*", re.IGNORECASE)
_IGNORE = re.compile(r"(?P<verb>ignore(?:-file)?)\s*\[(?P<codes>[^][]*)\](?P<why>.*)")
_CODE = re.compile(r"[^\s,]+")
_DASHES = " \t\r-:\u2013\u2014"
"""What may stand between the codes and the reason."""

MALFORMED = Code(
    name="malformed-ignore",
    what="A comment starts with `lint:` and silences nothing in the way it is written.",
    why="Whoever wrote it believes that something is silenced.",
    mend="Write `# lint: ignore[code] reason` at the end of the line or above it, or"
    " `# lint: ignore-file[code] reason` above the first mirror.",
    silent=False,
)
NO_REASON = Code(
    name="ignore-without-reason",
    what="A comment silences a problem and does not say why.",
    why="Without the reason, nobody can tell later whether it still holds.",
    mend="Write the reason behind the bracket.",
    silent=False,
)
UNKNOWN = Code(
    name="unknown-code",
    what="A comment silences a code that there is none of.",
    why="What it was to silence is told all the same, or will be.",
    mend="Take the code from the end of the message; `mirrorsel lint --codes` prints"
    " all.",
    silent=False,
)
NOT_SILENCEABLE = Code(
    name="not-silenceable",
    what="A comment silences an error, or a problem of such comments.",
    why="With an error the list is refused, whatever a comment says.",
    mend="Mend the error, and remove the code.",
    silent=False,
)
UNUSED = Code(
    name="unused-ignore",
    what="A comment silences what is not there.",
    why="It would silence the same mistake when somebody makes it anew.",
    mend="Remove the code, or the comment.",
    silent=False,
)

CODES = (MALFORMED, NO_REASON, UNKNOWN, NOT_SILENCEABLE, UNUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """One comment that silences problems of some kinds."""

    line: int
    """Where it stands."""
    codes: tuple[Word, ...]
    """What it silences, each with its column."""
    whole: bool
    """Whether it does so in the whole file."""
    target: int = 0
    """The line in which it does so otherwise; 0 for none."""


class Ignores:
    """All such comments of a list.

    One at the end of a line is for that line, one on a line of its own for the next
    line that holds more than a comment.
    """

    found: list[Ignore]
    problems: list[Problem]
    """What is wrong with the comments themselves."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.found = []
        self.problems = []
        self._waiting: list[Ignore] = []
        self._in_head = True
        for number, line in enumerate(lines, start=1):
            self._take(number, line)
        self.found += self._waiting

    def _take(self, number: int, line: str) -> None:
        bare = line.strip(" \t\r")
        alone = bare.startswith("#")
        if bare and not alone:
            self.found += (replace(one, target=number) for one in self._waiting)
            self._waiting = []
            self._in_head = False
        # Few lines have such a comment, and none is taken apart without one.
        if _LINT.search(line):
            self._read(number, line, 0 if alone else number)

    def _read(self, number: int, line: str, target: int) -> None:
        *_, (start, _) = spans(line)
        lint = _LINT.match(line, start)
        if lint is None:
            return
        found = _IGNORE.match(line, lint.end())
        codes = _codes(line, found) if found else ()
        whole = found is not None and found["verb"] == "ignore-file"
        if found is None or not codes:
            message = "this silences nothing; write `# lint: ignore[code] reason`"
            self.problems.append(MALFORMED.at(message, number, start + 1))
            return
        if whole and not self._in_head:
            message = "`ignore-file` counts only above the first mirror"
            self.problems.append(MALFORMED.at(message, number, start + 1))
            return
        if not found["why"].strip(_DASHES):
            message = "the reason is missing behind the bracket"
            self.problems.append(NO_REASON.at(message, number, start + 1))
        ignore = Ignore(line=number, codes=codes, whole=whole, target=target)
        (self.found if whole or target else self._waiting).append(ignore)


def _codes(line: str, found: re.Match[str]) -> tuple[Word, ...]:
    inside = _CODE.finditer(line, *found.span("codes"))
    return tuple(Word(one[0], one.start() + 1) for one in inside)
