"""What an edit has made wrong."""

import re
from collections import Counter

from mirrorsel.errors import Problem
from mirrorsel.lists.entries import Lines
from mirrorsel.lists.reader import Loaded

# Of a duplicate, the message names the line that counts, which an edit may shift.
_LINE = re.compile(r"\bline [0-9]+")


def brought(before: Loaded, after: Loaded) -> tuple[Problem, ...]:
    """Return the errors and warnings of a list that it did not have before an edit.

    Lines may have shifted; of problems of one kind, those of changed lines are taken.
    """
    known = set(Lines.of(before.text).contents)
    contents = Lines.of(after.text).contents

    def is_old(problem: Problem) -> bool:
        line = contents[problem.line - 1 : problem.line] if problem.line else ()
        return all(one in known for one in line)

    left = Counter(_kind(one) for one in before.problems)
    new: list[Problem] = []
    for one in sorted(after.problems, key=is_old, reverse=True):
        if left[_kind(one)]:
            left[_kind(one)] -= 1
        else:
            new.append(one)
    return tuple(sorted(new, key=lambda one: (one.line, one.column)))


def _kind(problem: Problem) -> tuple[str, bool]:
    return _LINE.sub("line", problem.message), problem.warning
