"""The text of a configuration file as nested directives."""

from collections.abc import Iterator

from mirrorsel.audit.directive import Directive, Place
from mirrorsel.audit.nesting import nested
from mirrorsel.audit.words import BLANKS
from mirrorsel.errors import HttpdError


def parse_source(text: str, path: str) -> tuple[Directive, ...]:
    """Return the directives of a configuration file or a `.htaccess`.

    Raises:
        HttpdError: sections are nested too deeply, or there is a NUL byte, at which
            httpd ends a line.

    """
    if "\0" in text:
        raise HttpdError(f"{path}: has a NUL byte")
    return nested(
        (Place(path=path, line=number), line)
        for number, line in _logical_lines(text)
        if line and not line.startswith("#")
    )


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return lines joined at a final backslash, with the number of the last.

    The last, because that is the line httpd names. Only a line feed ends a line, with
    a carriage return before it or not: what else Python takes for the end of a line
    is a blank to httpd, or a letter.
    """
    parts: list[str] = []
    number = 0
    for number, ended in enumerate(text.split("\n"), start=1):
        line = ended.removesuffix("\r")
        parts.append(line.removesuffix("\\"))
        if line.endswith("\\"):
            continue
        yield number, "".join(parts).strip(BLANKS)
        parts.clear()
    if parts:
        yield number, "".join(parts).strip(BLANKS)
