"""A change of one line, in which all other words stay as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mirrorsel.lists.change_layout import Field, Layout
from mirrorsel.lists.columns import reach
from mirrorsel.lists.line import BACKUP, NONE, option_word, quoted
from mirrorsel.lists.options import OPTIONS, read_country
from mirrorsel.lists.parts import Part, Parts, gap_behind, parts_of
from mirrorsel.lists.urls import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a line is to say; of what is None it says what it did."""

    url: str | None = None
    """A base URL that the reader takes as it is; the type follows its scheme."""
    country: str | None = None
    """A country as in `Mirror.country`, or `Backup`."""
    contact: str | None = None
    """Any text, or `-` for none; it takes the place of an epoch with its URLs."""
    options: Mapping[str, str | None] = field(default_factory=dict)
    """Values by name, as they are written but for quotes; None for no such option."""


def changed_line(content: str, change: Change, layout: Layout) -> str:
    """Return a line that holds a mirror, without its end, as the change asks.

    What says the same already stays as it is written. A value that is replaced takes
    the place of the old one, a new one comes behind the last word and before a
    comment. What follows keeps its column, as far as there are blanks.

    Args:
        content: The line.
        change: What it is to say.
        layout: How lines like it are laid out.

    """
    if change.url is not None:
        content = _with_url(content, change.url, layout)
    if change.country is not None:
        content = _with_country(content, change.country, layout)
    if change.contact is not None:
        content = _with_contact(content, change.contact, layout)
    for name, value in change.options.items():
        if value is None:
            content = _without_option(content, name)
        else:
            content = _with_option(content, name, value, layout)
    return content


def _with_url(content: str, url: str, layout: Layout) -> str:
    parts = parts_of(content)
    if parts.url.text == url:
        return content
    content = _replaced(content, parts.url, quoted(url), layout)
    kind = KINDS[url.partition(":")[0]]
    if KINDS[parts.kind.text.lower()] is kind:
        return content
    return _replaced(content, parts.kind, kind.value, layout)


def _with_country(content: str, country: str, layout: Layout) -> str:
    part = parts_of(content).country
    return (
        content
        if _place(part.text) == _place(country)
        else _replaced(content, part, country, layout)
    )


def _with_contact(content: str, contact: str, layout: Layout) -> str:
    parts = parts_of(content)
    fourth, word = parts.fourth, quoted(contact)
    if contact == NONE and (fourth is None or parts.published):
        return content
    if fourth is None:
        return _inserted(content, parts.url.end, Field.FOURTH, word, layout)
    if fourth.text == contact:
        return content
    return _replaced(content, fourth, word, layout)


def _with_option(content: str, name: str, value: str, layout: Layout) -> str:
    parts, word = parts_of(content), option_word(name, value)
    part = parts.option(name)
    if part is None:
        where = Field.NEXT_OPTION if parts.options else Field.OPTION
        return _appended(content, parts.end, where, word, layout)
    read = OPTIONS[name].read
    if read(part.text.partition("=")[2]) == read(value):
        return content
    return _replaced(content, part, word, layout)


def _without_option(content: str, name: str) -> str:
    parts = parts_of(content)
    part = parts.option(name)
    if part is None:
        return content
    if part.end == parts.end:
        return content[: _end_before(parts, part)] + content[part.end :]
    # The next option comes into its place, which may be a column.
    return content[: part.start] + content[gap_behind(content, part.end) :]


def _end_before(parts: Parts, part: Part) -> int:
    words = [*parts.fields, *(one for _, one in parts.options)]
    return words[words.index(part) - 1].end


def _replaced(content: str, part: Part, word: str, layout: Layout) -> str:
    start, next_word = content[: part.start], gap_behind(content, part.end)
    if next_word == len(content):
        return start + word + content[part.end :]
    behind = content[part.end : next_word]
    gap = layout.keep(content[: part.end], behind, reach(start + word))
    return start + word + gap + content[next_word:]


def _inserted(content: str, end: int, where: Field, word: str, layout: Layout) -> str:
    """Put a word in; what follows keeps its column as far as there are blanks."""
    start = content[:end]
    nothing = Part(end, end, "")
    return _replaced(content, nothing, layout.before(where, start) + word, layout)


def _appended(content: str, end: int, where: Field, word: str, layout: Layout) -> str:
    """Put a word in; the blanks before a comment stay, so that it can be undone."""
    start = content[:end]
    return start + layout.before(where, start) + word + content[end:]


def _place(text: str) -> str:
    return BACKUP if text.capitalize() == BACKUP else read_country(text)
