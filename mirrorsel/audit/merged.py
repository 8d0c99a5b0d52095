"""What is in force for one folder or file: directives merged as httpd merges them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from mirrorsel.audit import options
from mirrorsel.audit.directive import Directive, everywhere, flat
from mirrorsel.audit.extensions import MIME, Extensions, extensions_with
from mirrorsel.audit.options import Options, options_of
from mirrorsel.audit.override import Override, override_with

_REQUIRES = frozenset({"require", "requireall", "requireany", "requirenone"})
_OTHERS = _REQUIRES | {"options"}
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
    served: tuple[Directive, ...] = ()
    """The rules of the server itself, which no folder turns off."""
    filters: tuple[Directive, ...] = ()
    """What else names filters: AddOutputFilterByType and FilterProvider."""
    magic: Directive | None = None
    """A type that executes, which the content of a file gives it."""
    path_info: bool = False
    """Whether what follows a file in a URL counts for its extensions."""
    programs: tuple[Directive, ...] = ()
    """What has programs run, of a `.htaccess` that may say so."""
    actions: Mapping[str, Directive] = field(default_factory=dict)
    """Action, by handler or type."""
    requires: tuple[Directive, ...] = ()
    satisfies: bool = False
    """Whether Satisfy or AuthMerging was met, by which access is hard to tell."""
    files: tuple[Directive, ...] = ()
    """The sections for files that were met on the way, in their order."""
    conditions: tuple[Directive, ...] = ()
    """The sections whose condition only a request decides."""
    untried: Directive | None = None
    """The first of them, where they are too many to be tried together."""

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


def _merging(before: Merged, one: Directive) -> Merged:
    return before if one.first.lower() == "off" else _satisfy(before, one)


def _filter(before: Merged, one: Directive) -> Merged:
    return replace(before, filters=(*before.filters, one))


def _magic(before: Merged, one: Directive) -> Merged:
    return replace(before, magic=one)


def _path_info(before: Merged, one: Directive) -> Merged:
    return replace(before, path_info=one.first.lower() == "on")


def _files(before: Merged, one: Directive) -> Merged:
    return replace(before, files=(*before.files, one))


def _condition(before: Merged, one: Directive) -> Merged:
    """Remember a condition that decides something, with those inside of it."""
    met = [
        each
        for each in everywhere([one])
        if each.name in CONDITIONS and _matters(each.children)
    ]
    return replace(before, conditions=(*before.conditions, *met))


def decides(one: Directive) -> bool:
    """Whether a directive can change what is in force."""
    return one.name in _CHANGES or one.name in MIME or one.name in _OTHERS


def _matters(section: Iterable[Directive]) -> bool:
    """Whether anything in a section can change what is in force."""
    return any(decides(one) for one in everywhere(section))


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
    "authmerging": _merging,
    "addoutputfilterbytype": _filter,
    "filterprovider": _filter,
    "mimemagictype": _magic,
    "modmimeusepathinfo": _path_info,
    **dict.fromkeys(FILES, _files),
    **dict.fromkeys(CONDITIONS, _condition),
}
