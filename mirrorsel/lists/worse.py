"""What an edit has made wrong."""

import re
from collections import Counter
from collections.abc import Iterable

from mirrorsel.errors import Problem
from mirrorsel.lists.entries import Lines

# Messages name other lines, which an edit may shift, and numbers of mirrors.
_NUMBER = re.compile(r"[0-9]+")


def brought(
    before: Iterable[Problem], after: Iterable[Problem], old: str, new: str
) -> tuple[Problem, ...]:
    """Return the problems of a list that it did not have before an edit.

    Lines may have shifted; of problems of one kind, those of changed lines are taken.

    Args:
        before: The problems that it had.
        after: Those that it has.
        old: What it said.
        new: What it says.

    """
    known = set(Lines.of(old).contents)
    contents = Lines.of(new).contents

    def is_old(problem: Problem) -> bool:
        line = contents[problem.line - 1 : problem.line] if problem.line else ()
        return all(one in known for one in line)

    left = Counter(map(_kind, before))
    found: list[Problem] = []
    for one in sorted(after, key=is_old, reverse=True):
        if left[_kind(one)]:
            left[_kind(one)] -= 1
        else:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.line, one.column)))


def _kind(problem: Problem) -> tuple[str, str, bool]:
    return problem.code, _NUMBER.sub("", problem.message), problem.warning
