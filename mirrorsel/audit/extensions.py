"""What file name extensions stand for, as mod_mime merges and looks them up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mirrorsel.audit.directive import Directive

_ADDED = {"addhandler": "handlers", "addtype": "types", "addoutputfilter": "filters"}
_REMOVED = {
    "removehandler": "handlers",
    "removetype": "types",
    "removeoutputfilter": "filters",
}
MIME = frozenset({*_ADDED, *_REMOVED})
"""The directives about extensions, in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """The directives in force by extension, in lower case and without a dot."""

    handlers: Mapping[str, Directive] = field(default_factory=dict)
    types: Mapping[str, Directive] = field(default_factory=dict)
    filters: Mapping[str, Directive] = field(default_factory=dict)

    def handler_of(self, name: str) -> Directive | None:
        """Return the AddHandler that counts for a file name.

        It may stand on any extension, so that `x.cgi.html` is a script too.
        """
        return _last(self.handlers, name)

    def type_of(self, name: str) -> Directive | None:
        """Return the AddType that counts for a file name."""
        return _last(self.types, name)

    def filter_of(self, name: str) -> Directive | None:
        """Return the AddOutputFilter that counts for a file name."""
        return _last(self.filters, name)


def extensions_of(name: str) -> tuple[str, ...]:
    """Return the extensions of a file name: the parts behind the first dot."""
    parts = name.lstrip(".").split(".")[1:]
    return tuple(one.lower() for one in parts if one)


def removes(directive: Directive) -> bool:
    """Whether a directive takes something away from extensions."""
    return directive.name in _REMOVED


def extensions_with(before: Extensions, section: Iterable[Directive]) -> Extensions:
    """Return what holds where a section is merged over what was in force.

    What a section removes is gone, even if the same section adds it.
    """
    result = before
    for one in sorted(section, key=removes):
        if kind := _REMOVED.get(one.name):
            result = _removed(result, kind, _listed(one.arguments))
        elif kind := _ADDED.get(one.name):
            result = _added(result, kind, one)
    return result


def _last(known: Mapping[str, Directive], name: str) -> Directive | None:
    found = (known[one] for one in reversed(extensions_of(name)) if one in known)
    return next(found, None)


def _removed(before: Extensions, kind: str, names: Iterable[str]) -> Extensions:
    gone = frozenset(names)
    kept = {
        name: who for name, who in getattr(before, kind).items() if name not in gone
    }
    return replace(before, **{kind: kept})


def _added(before: Extensions, kind: str, directive: Directive) -> Extensions:
    fresh = dict.fromkeys(_listed(directive.arguments[1:]), directive)
    return replace(before, **{kind: {**getattr(before, kind), **fresh}})


def _listed(arguments: Iterable[str]) -> tuple[str, ...]:
    return tuple(one.removeprefix(".").lower() for one in arguments)
