"""The text of a configuration file as nested directives."""

from collections.abc import Iterator

from mirrorsel.audit.directive import Directive, Place
from mirrorsel.audit.nesting import nested


def parse_source(text: str, path: str) -> tuple[Directive, ...]:
    """Return the directives of a configuration file or a `.htaccess`."""
    return nested(
        (Place(path=path, line=number), line)
        for number, line in _logical_lines(text)
        if line and not line.startswith("#")
    )


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Return lines joined at a final backslash, with the number of the first."""
    started, joined = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        started = started or number
        if line.endswith("\\"):
            joined += line[:-1]
            continue
        yield started, (joined + line).strip()
        started, joined = 0, ""
    if joined:
        yield started, joined.strip()
