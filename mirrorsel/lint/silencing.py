"""What is left of the problems of a list when its comments have silenced some."""

from collections.abc import Iterator, Sequence

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.codes import CODES, meant
from mirrorsel.lint.ignore import NOT_SILENCEABLE, UNKNOWN, UNUSED, Ignore, Ignores
from mirrorsel.lint.subject import Subject
from mirrorsel.lists.words import Word, in_ticks


def silenced(subject: Subject, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield the problems that no comment silences, and those of the comments."""
    ignores = Ignores(subject.lines)
    yield from ignores.problems
    wanted = {
        (0 if one.whole else one.target, code.text)
        for one in ignores.found
        for code in one.codes
        if one.whole or one.target
    }
    found: set[tuple[int, str]] = set()
    for one in problems:
        code = CODES.get(one.code)
        places = {(0, one.code), (one.line, one.code)} & wanted
        if code is not None and code.silenceable and places:
            found |= places
        else:
            yield one
    for ignore in ignores.found:
        yield from _wrong(subject, ignore, found)


def _wrong(
    subject: Subject, ignore: Ignore, found: set[tuple[int, str]]
) -> Iterator[Problem]:
    """Yield what is wrong with the codes that a comment names."""
    place = 0 if ignore.whole else ignore.target
    for name in ignore.codes:
        code = CODES.get(name.text)
        if code is None:
            near = meant(name.text)
            hint = f"; did you mean `{near}`?" if near else ""
            message = f"there is no code {in_ticks(name.text)}{hint}"
            yield UNKNOWN.at(message, ignore.line, name.column)
        elif not code.silenceable:
            message = f"`{code.name}` cannot be silenced"
            yield NOT_SILENCEABLE.at(message, ignore.line, name.column)
        elif (place, code.name) not in found and _would_be_found(subject, code):
            yield _unused(ignore, name)


def _would_be_found(subject: Subject, code: Code) -> bool:
    """Return whether a problem of that kind would be known if it were there."""
    # Lines with errors are no mirrors, and without all mirrors not all is judged.
    known = not code.needs or bool(getattr(subject.facts, code.needs))
    return known and subject.loaded.ok


def _unused(ignore: Ignore, name: Word) -> Problem:
    where = "the list" if ignore.whole else "the line"
    message = f"{where} has no `{name.text}` to silence"
    return UNUSED.at(message, ignore.line, name.column)
