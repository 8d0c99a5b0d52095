"""The text of a configuration file as nested directives."""

from collections.abc import Iterator

from mirrorsel.audit.directive import Directive, Place
from mirrorsel.audit.nesting import nested


def parse_source(text: str, path: str) -> tuple[Directive, ...]:
    """Return the directives of a configuration file or a `.htaccess`.

    Raises:
        HttpdError: sections are nested too deeply.

    """
    return nested(
        (Place(path=path, line=number), line)
        for number, line in _logical_lines(text)
        if line and not line.startswith("#")
    )


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return lines joined at a final backslash, with the number of the last.

    The last, because that is the line httpd names.
    """
    joined, number = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.endswith("\\"):
            joined += line[:-1]
            continue
        yield number, (joined + line).strip()
        joined = ""
    if joined:
        yield number, joined.strip()
