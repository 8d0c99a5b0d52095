"""The rules about what a `.htaccess` asks for and does not get."""

from collections.abc import Iterable, Iterator

from mirrorsel.audit.attack import asks
from mirrorsel.audit.directive import Directive, Place, everywhere
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.override import Override

SWITCHED = Override(
    names=frozenset({"redirect", "redirectmatch", "directoryindex"}),
    lenient=True,
    forgiving=True,
)
"""What a `.htaccess` may do once `Use MirrorselDocumentRoot` is in force."""

_REFUSING = frozenset(
    {"require", "requireall", "requireany", "requirenone", "deny", "allow", "order"}
)


def ignored(
    folder: str,
    htaccess: Iterable[Directive],
    override: Override,
    modules: frozenset[str] | None,
) -> Iterator[Finding]:
    """Note what of a `.htaccess` is not let through.

    What asks for execution is told apart from the rest, which somebody may miss. Of
    a file that is not read, the rest is told as a whole.
    """
    written = tuple(htaccess)
    for one in everywhere(written):
        if asks(one) and not override.permits(one):
            detail = f"`{one}` is not allowed; {_outcome(one, override, modules)}"
            yield finding(Code.HTACCESS_IGNORED, one, folder, detail)
    missed = [one for one in _dropped(written, override) if not asks(one)]
    if not override.reads:
        for path in dict.fromkeys(one.place.path for one in missed):
            place = Place(path=path, line=0)
            yield finding(Code.HTACCESS_DROPPED, place, folder, "the file is not read")
        return
    for one in missed:
        detail = f"`{one}` is not allowed; {_outcome(one, override, modules)}"
        yield finding(Code.HTACCESS_DROPPED, one, folder, detail + _harm(one))


def foretold(
    folder: str, htaccess: Iterable[Directive], override: Override
) -> Iterator[Finding]:
    """Note what of a `.htaccess` counts now, and no more with `SWITCHED`."""
    for one in _dropped(htaccess, SWITCHED):
        if override.permits(one):
            detail = f"`{one}` will be ignored under `Use MirrorselDocumentRoot`"
            yield finding(Code.HTACCESS_DROPPED, one, folder, detail + _harm(one))


def _dropped(htaccess: Iterable[Directive], override: Override) -> Iterator[Directive]:
    """Return what is not let through; of a section that is not, nothing inside."""
    for one in htaccess:
        if not override.permits(one):
            yield one
        else:
            yield from _dropped(one.children, override)


def _outcome(one: Directive, override: Override, modules: frozenset[str] | None) -> str:
    if not override.reads:
        return "the file is not read"
    if override.forgives(one, modules):
        return "the line is ignored"
    return "the folder is answered with 500"


def _harm(one: Directive) -> str:
    return ", so that it refuses nobody" if one.name in _REFUSING else ""
