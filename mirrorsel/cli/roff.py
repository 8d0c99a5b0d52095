"""Manual pages in the language of man(7)."""

import re
from collections.abc import Iterator

from mirrorsel.cli.reference import Paragraph, Verb

_CODE = re.compile(r"`([^`]+)`")
_EXAMPLES = "Examples:"
_EXITS = (
    "0 when all is good, 1 when there are findings, and 2 when it cannot tell or was"
    " used wrongly, unless the description says otherwise."
)


def manual(verb: Verb, version: str, *, below: str = "") -> str:
    """Return the manual page of a verb, in section 1.

    Args:
        verb: The verb.
        version: The program's.
        below: The page of the group that it belongs to; empty for the program.

    """
    return "\n".join(_lines(verb, version, below)) + "\n"


def _lines(verb: Verb, version: str, below: str) -> Iterator[str]:
    title = verb.page.upper()
    yield f'.TH "{title}" 1 "" "mirrorsel {version}" "User Commands"'
    yield ".SH NAME"
    yield rf"{_plain(verb.page)} \- {_plain(verb.summary)}"
    yield ".SH SYNOPSIS"
    yield rf"\fB{_plain(verb.name)}\fR {_plain(verb.usage)}"
    yield ".SH DESCRIPTION"
    for one in verb.text:
        yield from _paragraph(one)
    if verb.verbs:
        yield ".SH COMMANDS"
        for below_it in verb.verbs:
            yield ".TP"
            yield rf"\fB{_plain(below_it.page)}\fR(1)"
            yield _text(f"{below_it.summary}.")
    yield ".SH OPTIONS"
    for option in verb.options:
        yield ".TP"
        yield rf"\fB{_plain(option.names)}\fR"
        yield _text(option.help)
    yield from (".SH EXIT STATUS", _EXITS)
    if verb.end:
        yield ".SH EXAMPLES"
        for one in verb.end:
            yield from _paragraph(one)
    if below:
        yield from (".SH SEE ALSO", rf"\fB{_plain(below)}\fR(1)")


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    if not paragraph.kept:
        yield ".PP"
        yield _text(" ".join(paragraph.lines))
        return
    yield from (".PP", ".nf")
    yield from (_text(one) for one in paragraph.lines if one != _EXAMPLES)
    yield ".fi"


def _text(words: str) -> str:
    return _CODE.sub(r"\\fB\1\\fR", _plain(words))


def _plain(words: str) -> str:
    """Return text of which nothing is a request or an escape."""
    escaped = words.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
