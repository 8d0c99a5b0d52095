"""The folders that an httpd of this machine publishes already."""

from pathlib import Path

from mirrorsel.audit.directive import everywhere
from mirrorsel.audit.reading import read_configuration
from mirrorsel.audit.tree import absolute
from mirrorsel.errors import HttpdError


def document_roots(configuration: Path) -> tuple[Path, ...]:
    """Return the document roots of a configuration, as far as its files tell.

    Args:
        configuration: The file, or its folder; it need not be there.

    """
    try:
        read = read_configuration(configuration, None)
    except HttpdError:
        return ()
    roots = (
        absolute(one.first, read.facts.root)
        for one in everywhere(read.directives)
        if one.name == "documentroot" and one.first
    )
    return tuple(map(Path, dict.fromkeys(roots)))
