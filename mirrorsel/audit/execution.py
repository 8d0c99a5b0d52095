"""Whether a file would be run, by which handler, and by whose permission."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.handlers import CGI_MODULES, EXECUTORS, Executor, executor_of
from mirrorsel.audit.merged import Merged
from mirrorsel.audit.options import Option

_FLAGS = re.compile(r"\[(?P<flags>[^\]]*)\]")
_CHOOSING = frozenset({"h", "handler", "t", "type"})
_SERVER_PARSED = frozenset({"server-parsed", "text/x-server-parsed-html"})
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
        if _dynamic(handler) or executor_of(handler) is not None
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
    if inclusion(merged, name, modules) and runs_includes(merged, modules):
        found.add("by server-side includes")
    return frozenset(found)


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
    possible = EXECUTORS if _dynamic(handler) else (executor_of(handler),)
    fates = [_fate(one, merged, modules) for one in possible if one is not None]
    best = min(fates, key=list(Fate).index)
    allowed = merged.options.on.get(Option.CGI)
    return Execution(handler=handler, fate=best, chosen=chosen, allowed=allowed)


def _fate(executor: Executor, merged: Merged, modules: frozenset[str] | None) -> Fate:
    if not executor.loaded(modules):
        return Fate.UNANSWERED
    if executor.permission and Option.CGI not in merged.options.on:
        return Fate.FORBIDDEN
    return Fate.RUNS


def _dynamic(handler: str) -> bool:
    """Whether a request decides which handler it is."""
    return handler.startswith(("%{", "$"))


def _handlers(merged: Merged, name: str) -> Iterator[tuple[str, Directive]]:
    if merged.engine is not None and merged.engine.first.lower() == "on":
        for rule in merged.rewrites:
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
        merged.extensions.handler_of(name),
        merged.forced if _real(merged.forced) else None,
        merged.extensions.type_of(name),
    )
    return next((one for one in choices if one is not None), None)


def _real(directive: Directive | None) -> bool:
    return directive is not None and directive.first.lower() != "none"


def _filtered(merged: Merged, name: str) -> bool:
    """Whether a page goes through the filter for includes."""
    by_name = merged.extensions.filter_of(name)
    filters = [one.first for one in (merged.output, by_name) if one is not None]
    if any("INCLUDES" in one.upper().split(";") for one in filters):
        return True
    settled = _settled(merged, name)
    if settled is not None and settled.first.lower() in _SERVER_PARSED:
        return True
    return merged.xbithack is not None and merged.xbithack.first.lower() in _XBIT
