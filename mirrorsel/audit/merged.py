"""What is in force for one folder or file: directives merged as httpd merges them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from mirrorsel.audit import options
from mirrorsel.audit.directive import Directive, flat
from mirrorsel.audit.extensions import Extensions, extensions_with
from mirrorsel.audit.options import Options, options_of
from mirrorsel.audit.override import Override, override_with

_REQUIRES = frozenset({"require", "requireall", "requireany", "requirenone"})
FILES = frozenset({"files", "filesmatch"})
CONDITIONS = frozenset({"if", "elseif", "else"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The settings that count in one place, each with the directive that made it."""

    options: Options = options.DEFAULT
    override: Override = field(default_factory=Override)
    extensions: Extensions = field(default_factory=Extensions)
    handler: Directive | None = None
    """SetHandler."""
    forced: Directive | None = None
    """ForceType."""
    output: Directive | None = None
    """SetOutputFilter."""
    xbithack: Directive | None = None
    dav: Directive | None = None
    engine: Directive | None = None
    """RewriteEngine."""
    rewrites: tuple[Directive, ...] = ()
    """The rules of this and the outer sections."""
    actions: Mapping[str, Directive] = field(default_factory=dict)
    """Action, by handler or type."""
    requires: tuple[Directive, ...] = ()
    satisfies: bool = False
    """Whether Satisfy was met, which makes access too hard to tell."""
    files: tuple[Directive, ...] = ()
    """The sections for files that were met on the way, in their order."""
    conditions: tuple[Directive, ...] = ()
    """The sections whose condition only a request decides."""

    @property
    def denied(self) -> Directive | None:
        """The directive that refuses every client, if that is sure."""
        if self.satisfies or not self.requires:
            return None
        if all(_denies(one) for one in self.requires):
            return self.requires[0]
        return None


def merge(before: Merged, section: Iterable[Directive]) -> Merged:
    """Return what is in force where a section is merged over `before`."""
    written = tuple(section)
    content = tuple(flat(written))
    result = replace(
        before,
        options=before.options.then(options_of(content)),
        extensions=extensions_with(before.extensions, content),
    )
    requires = tuple(one for one in written if one.name in _REQUIRES)
    if requires:
        result = replace(result, requires=requires)
    for one in content:
        change = _CHANGES.get(one.name)
        if change is not None:
            result = change(result, one)
    return result


def _denies(require: Directive) -> bool:
    words = tuple(one.lower() for one in require.arguments)
    return require.name == "require" and words == ("all", "denied")


def _override(before: Merged, one: Directive) -> Merged:
    return replace(before, override=override_with(before.override, one))


def _handler(before: Merged, one: Directive) -> Merged:
    return replace(before, handler=one)


def _forced(before: Merged, one: Directive) -> Merged:
    return replace(before, forced=one)


def _output(before: Merged, one: Directive) -> Merged:
    return replace(before, output=one)


def _xbithack(before: Merged, one: Directive) -> Merged:
    return replace(before, xbithack=one)


def _dav(before: Merged, one: Directive) -> Merged:
    return replace(before, dav=one)


def _engine(before: Merged, one: Directive) -> Merged:
    return replace(before, engine=one)


def _rewrite(before: Merged, one: Directive) -> Merged:
    return replace(before, rewrites=(*before.rewrites, one))


def _action(before: Merged, one: Directive) -> Merged:
    return replace(before, actions={**before.actions, one.first.lower(): one})


def _satisfy(before: Merged, _one: Directive) -> Merged:
    return replace(before, satisfies=True)


def _files(before: Merged, one: Directive) -> Merged:
    return replace(before, files=(*before.files, one))


def _condition(before: Merged, one: Directive) -> Merged:
    return replace(before, conditions=(*before.conditions, one))


_CHANGES: Mapping[str, Callable[[Merged, Directive], Merged]] = {
    "allowoverride": _override,
    "allowoverridelist": _override,
    "sethandler": _handler,
    "forcetype": _forced,
    "setoutputfilter": _output,
    "xbithack": _xbithack,
    "dav": _dav,
    "rewriteengine": _engine,
    "rewriterule": _rewrite,
    "action": _action,
    "satisfy": _satisfy,
    **dict.fromkeys(FILES, _files),
    **dict.fromkeys(CONDITIONS, _condition),
}
