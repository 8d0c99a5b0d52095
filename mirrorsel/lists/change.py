"""Changes of a list's text, which touch no other line than they are about.

A byte order mark, comments, blanks and the ends of lines stay as they are.
Lines are counted from 1, as in `Mirror.line`.
"""

from collections.abc import Collection, Iterator

from mirrorsel.lists.change_layout import Layout, laid_out
from mirrorsel.lists.change_line import Change, changed_line
from mirrorsel.lists.entries import Lines, mirror_lines
from mirrorsel.lists.line import NONE, fourth_words, option_words, place_word, quoted
from mirrorsel.model import Mirror


def change_lines(text: str, numbers: Collection[int], change: Change) -> str:
    """Return a list in which these lines say what the change asks.

    Args:
        text: The whole list.
        numbers: Lines that hold mirrors.
        change: What they are to say; its values are such that the reader takes them.

    Raises:
        ValueError: a value has a character that cannot stand in a list.

    """
    _check(change)
    lines = Lines.of(text)
    known = mirror_lines(text)
    contents = list(lines.contents)
    for number in numbers:
        layout = Layout(_nearest(known, number, lines))
        contents[number - 1] = changed_line(contents[number - 1], change, layout)
    return lines.with_contents(contents)


def remove_lines(text: str, numbers: Collection[int]) -> str:
    """Return a list without these lines."""
    lines = Lines.of(text)
    kept = [
        one for number, one in enumerate(lines.contents, 1) if number not in numbers
    ]
    return lines.with_contents(kept)


def insert_mirror(text: str, mirror: Mirror, behind: int) -> str:
    """Return a list with one more line, laid out and ended as those around it.

    Args:
        text: The whole list.
        mirror: What the line is to say.
        behind: The line behind which it comes; 0 for the top.

    """
    lines = Lines.of(text)
    near = _nearest(mirror_lines(text), behind, lines)
    content = _new_line(mirror, Layout(near)) + _end(lines, behind)
    contents = [*lines.contents[:behind], content, *lines.contents[behind:]]
    return lines.with_contents(contents)


def _new_line(mirror: Mirror, layout: Layout) -> str:
    fourth, options = fourth_words(mirror), option_words(mirror)
    if not fourth and _says_none(layout, options=bool(options)):
        fourth = (NONE,)
    fields = (mirror.kind.value, place_word(mirror), quoted(mirror.url), *fourth)
    return laid_out(fields, options, layout)


def _says_none(layout: Layout, *, options: bool) -> bool:
    """Return whether the lines around write `-` where there is no contact."""
    near = [parts for _, parts in layout.near]
    if options:
        near = [one for one in near if one.options]
    if not near:
        return options
    return near[0].fourth is not None and not near[0].published


def _nearest(known: Collection[int], number: int, lines: Lines) -> list[str]:
    """Return the lines that hold mirrors, the nearest first."""
    near = sorted(known, key=lambda one: (abs(one - number), one))
    return [lines.contents[one - 1] for one in near]


def _end(lines: Lines, behind: int) -> str:
    """Return the carriage return with which the lines around end, if they do."""
    near = lines.contents[behind - 1 : behind] if behind else lines.contents[:1]
    return "\r" if any(one.endswith("\r") for one in near) else ""


def _check(change: Change) -> None:
    for one in _texts(change):
        if not one.isprintable():
            raise ValueError(one)


def _texts(change: Change) -> Iterator[str]:
    for one in (change.url, change.country, change.contact, *change.options.values()):
        if one is not None:
            yield one
