"""The rules about what is in force for one request, each a small function."""

from collections.abc import Callable, Iterator

from mirrorsel.audit.execution import (
    Fate,
    executions,
    inclusion,
    rewrite_flags,
    rules_in_force,
    runs_includes,
)
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.options import Option
from mirrorsel.audit.question import Question
from mirrorsel.audit.runner import known_to

GATEWAYS = ("fcgi://", "scgi://", "uwsgi://", "ajp://")
"""The schemes of processes that get a file name and may run the file."""


def is_gateway(target: str) -> bool:
    """Whether a target is such a process, or a request decides what it is."""
    plain = target.lower().removeprefix("proxy:")
    return plain.startswith(("%", "$")) or any(
        one.startswith(GATEWAYS) for one in plain.split("|")
    )


def program(question: Question) -> Iterator[Finding]:
    """Report what a `.htaccess` has run without any handler."""
    for one in question.merged.programs:
        if known_to(one, question.facts.modules):
            detail = f"`{one}` is in force"
            yield finding(Code.PROGRAM, one, question.folder, detail)


Rule = Callable[[Question], Iterator[Finding]]


def exec_cgi(question: Question) -> Iterator[Finding]:
    """Report ExecCGI, whether or not a handler makes use of it."""
    if Option.CGI in question.merged.options.on:
        written = question.merged.options.on[Option.CGI]
        yield finding(
            Code.EXEC_CGI, written, question.folder, f"`{_text(written)}` is in force"
        )


def handler(question: Question) -> Iterator[Finding]:
    """Report the handlers that run a file, and those that only would."""
    modules = question.facts.modules
    for one in executions(question.merged, question.name, modules):
        names = f"files like {question.name}"
        if one.fate is Fate.RUNS:
            detail = f"{names} are run as {one.handler}"
            allowed = one.allowed
            yield finding(Code.HANDLER, one.chosen, question.folder, detail, allowed)
        else:
            why = {
                Fate.FORBIDDEN: "but ExecCGI is off",
                Fate.UNANSWERED: "but no module that executes it is loaded",
            }[one.fate]
            detail = f"{names} have the handler {one.handler}, {why}"
            yield finding(Code.DORMANT_HANDLER, one.chosen, question.folder, detail)


def includes(question: Question) -> Iterator[Finding]:
    """Report server-side includes, with or without programs."""
    modules = question.facts.modules
    written = inclusion(question.merged, question.name, modules)
    if written is not None:
        runs = runs_includes(question.merged, modules)
        code = Code.SSI_EXEC if runs else Code.SSI
        detail = f"files like {question.name} are read for includes"
        yield finding(code, written, question.folder, detail)


def action(question: Question) -> Iterator[Finding]:
    """Report an Action, which hands files to a program by handler or type."""
    if question.loaded("actions_module"):
        for kind, written in question.merged.actions.items():
            detail = f"files of {kind} are handed to {' '.join(written.arguments[1:])}"
            yield finding(Code.ACTION, written, question.folder, detail)


def gateway(question: Question) -> Iterator[Finding]:
    """Report rewriting that hands files to a process that may run them."""
    for rule in rules_in_force(question.merged):
        target = "".join(rule.arguments[1:2])
        proxied = {"p", "proxy"} & {name for name, _ in rewrite_flags(rule)}
        if proxied and is_gateway(target):
            detail = f"requests are handed to {target}"
            yield finding(Code.FASTCGI, rule, question.folder, detail)


def dav(question: Question) -> Iterator[Finding]:
    """Report WebDAV."""
    written = question.merged.dav
    if written is None or written.first.lower() == "off":
        return
    if question.loaded("dav_module"):
        detail = f"`{_text(written)}` is in force"
        yield finding(Code.DAV, written, question.folder, detail)


def symlinks(question: Question) -> Iterator[Finding]:
    """Note that links are followed, whoever made them."""
    options = question.merged.options.on
    if Option.SYMLINKS in options and Option.OWNER not in options:
        written = options[Option.SYMLINKS]
        yield finding(Code.SYMLINKS, written, question.folder, "links are followed")


def untried(question: Question) -> Iterator[Finding]:
    """Report conditions that are too many to be tried together."""
    first = question.merged.untried
    if first is not None:
        detail = "here begin more conditions than can be tried together"
        yield finding(Code.UNREAD, first, question.folder, detail)


RULES: tuple[Rule, ...] = (
    exec_cgi,
    handler,
    includes,
    action,
    program,
    gateway,
    dav,
    symlinks,
    untried,
)
"""Every rule about what is in force."""


def _text(written: object) -> str:
    return "Options" if written is None else str(written)
