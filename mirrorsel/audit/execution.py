"""Whether a file would be run, by which handler, and by whose permission."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.handlers import (
    CGI_MODULES,
    EXECUTORS,
    Executor,
    executor_of,
    type_of,
)
from mirrorsel.audit.merged import Merged
from mirrorsel.audit.options import Option
from mirrorsel.audit.runner import known_to

_FLAGS = re.compile(r"\[(?P<flags>.*)\]", re.DOTALL)
_DECIDED = re.compile(r"%\{[^}]*\}|\$\{[^}]*\}|[%$]\d")
_CHOOSING = frozenset({"h", "handler", "t", "type"})
_SERVER_PARSED = frozenset({"server-parsed", "text/x-server-parsed-html"})
# Which argument names the filters.
_FILTER = {"addoutputfilterbytype": 0, "filterprovider": 1}
_XBIT = frozenset({"on", "full"})


class Fate(StrEnum):
    """What happens to a file that a handler is set for."""

    RUNS = "runs"
    FORBIDDEN = "forbidden"
    """The handler wants ExecCGI, which is not in force."""
    UNANSWERED = "unanswered"
    """No module that answers for the handler is loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """A handler that executes, set for a file."""

    handler: str
    fate: Fate
    chosen: Directive
    """What set the handler."""
    allowed: Directive | None = None
    """The Options that it needs to run."""


def executions(
    merged: Merged, name: str, modules: frozenset[str] | None
) -> tuple[Execution, ...]:
    """Return the executing handlers that are or may be set for a file.

    Args:
        merged: what is in force for it.
        name: its file name.
        modules: the loaded modules; None when unknown.

    """
    return tuple(
        _execution(handler, chosen, merged, modules)
        for handler, chosen in _handlers(merged, name)
        if _possible(handler)
    )


def inclusion(
    merged: Merged, name: str, modules: frozenset[str] | None
) -> Directive | None:
    """Return the Options by which a page is read for includes, if it is.

    Whether the includes may run programs is another question; see
    `runs_includes`.
    """
    if modules is not None and "include_module" not in modules:
        return None
    if Option.INCLUDES not in merged.options.on or not _filtered(merged, name):
        return None
    return merged.options.on[Option.INCLUDES]


def runs_includes(merged: Merged, modules: frozenset[str] | None) -> bool:
    """Whether `#exec` in a page that is read for includes runs a program."""
    loaded = modules is None or bool(CGI_MODULES & modules)
    return loaded and Option.EXEC in merged.options.on


def ways(merged: Merged, name: str, modules: frozenset[str] | None) -> frozenset[str]:
    """Return the ways in which a file runs, or has programs run, as phrases."""
    found = {
        f"as {one.handler}"
        for one in executions(merged, name, modules)
        if one.fate is Fate.RUNS
    }
    found |= {f"by {one.written}" for one in merged.programs if known_to(one, modules)}
    if inclusion(merged, name, modules) and runs_includes(merged, modules):
        found.add("by server-side includes")
    return frozenset(found)


def may_execute(handler: str) -> bool:
    """Whether a handler or type executes, or is one for includes."""
    return (
        bool(_possible(handler))
        or type_of(handler) in _SERVER_PARSED
        or "includes" in handler.lower().split(";")
    )


def rules_in_force(merged: Merged) -> tuple[Directive, ...]:
    """Return the rewriting rules that count: the server's own, and the folder's."""
    on = merged.engine is not None and merged.engine.first.lower() == "on"
    return (*merged.served, *(merged.rewrites if on else ()))


def rewrite_flags(rule: Directive) -> tuple[tuple[str, str], ...]:
    """Return the flags of a RewriteRule as names in lower case with their values."""
    match = _FLAGS.fullmatch(rule.arguments[-1]) if rule.arguments else None
    if match is None:
        return ()
    parts = (one.partition("=") for one in match["flags"].split(","))
    return tuple((name.strip().lower(), value.strip()) for name, _, value in parts)


def _execution(
    handler: str, chosen: Directive, merged: Merged, modules: frozenset[str] | None
) -> Execution:
    fates = [_fate(one, merged, modules) for one in _possible(handler)]
    best = min(fates, key=list(Fate).index)
    allowed = merged.options.on.get(Option.CGI)
    return Execution(handler=handler, fate=best, chosen=chosen, allowed=allowed)


def _fate(executor: Executor, merged: Merged, modules: frozenset[str] | None) -> Fate:
    if not executor.loaded(modules):
        return Fate.UNANSWERED
    if executor.permission and Option.CGI not in merged.options.on:
        return Fate.FORBIDDEN
    return Fate.RUNS


def _possible(handler: str) -> tuple[Executor, ...]:
    """Return what a handler may execute with; a request may decide parts of it."""
    known = executor_of(handler)
    if known is not None or not _DECIDED.search(handler):
        return (known,) if known else ()
    parts = (re.escape(one) for one in _DECIDED.split(handler.lower()))
    wanted = re.compile(".*".join(parts), re.DOTALL)
    return tuple(
        one
        for one in EXECUTORS
        if any(wanted.fullmatch(name.replace("*", "x")) for name in one.handlers)
    )


def _handlers(merged: Merged, name: str) -> Iterator[tuple[str, Directive]]:
    for rule in rules_in_force(merged):
        for flag, value in rewrite_flags(rule):
            if flag in _CHOOSING:
                yield value, rule
    settled = _settled(merged, name)
    if settled is not None:
        yield settled.first, settled


def _settled(merged: Merged, name: str) -> Directive | None:
    """Return what sets the handler; a type is one where no handler is set."""
    choices = (
        merged.handler if _real(merged.handler) else None,
        merged.extensions.handler_of(name) or _behind(merged),
        merged.forced if _real(merged.forced) else None,
        merged.extensions.type_of(name),
        merged.magic,
    )
    return next((one for one in choices if one is not None), None)


def _behind(merged: Merged) -> Directive | None:
    """Return an executing handler that a URL can name behind any file."""
    known = merged.extensions.handlers.values() if merged.path_info else ()
    return next((one for one in known if _possible(one.first)), None)


def _real(directive: Directive | None) -> bool:
    return directive is not None and directive.first.lower() != "none"


def _filtered(merged: Merged, name: str) -> bool:
    """Whether a page goes through the filter for includes."""
    by_name = merged.extensions.filter_of(name)
    filters = [one.first for one in (merged.output, by_name) if one is not None]
    filters += [
        one.arguments[_FILTER[one.name]]
        for one in merged.filters
        if one.arguments[_FILTER[one.name] :]
    ]
    if any("INCLUDES" in one.upper().split(";") for one in filters):
        return True
    settled = _settled(merged, name)
    if settled is not None and type_of(settled.first) in _SERVER_PARSED:
        return True
    return merged.xbithack is not None and merged.xbithack.first.lower() in _XBIT
