"""The `.htaccess` that an attacker would drop, tried on what is in force."""

from collections.abc import Iterator

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.execution import rewrite_flags
from mirrorsel.audit.finding import Code, Finding, finding
from mirrorsel.audit.handlers import EXECUTORS, executor_of
from mirrorsel.audit.options import Option
from mirrorsel.audit.override import Override
from mirrorsel.audit.runner import RUNNERS, runs_program
from mirrorsel.audit.source import parse_source

# Whatever of it a folder lets through counts. The section comes last of all in
# httpd's order, so that it undoes what a `Location` would forbid.
_WISHES = """\
Options +ExecCGI
SetHandler {handler}
ForceType {handler}
AddHandler {handler} {extensions}
AddType {handler} {extensions}
RewriteEngine on
RewriteRule . - [H={handler}]
"""
_INCLUDES = """\
Options +Includes
SetOutputFilter INCLUDES
AddOutputFilter INCLUDES {extensions}
AddOutputFilterByType INCLUDES text/html text/plain
FilterProvider includes INCLUDES true
FilterChain includes
SetHandler server-parsed
XBitHack on
"""
_CONDITION = "<If true>\n{wishes}</If>\n"
_EXTENSIONS = ".html .any"
_ASKING = frozenset(
    {
        "sethandler",
        "addhandler",
        "forcetype",
        "addtype",
        "action",
        "xbithack",
        "setoutputfilter",
        "addoutputfilter",
        "addoutputfilterbytype",
        "filterprovider",
    }
)


def drafts(modules: frozenset[str] | None) -> tuple[tuple[Directive, ...], ...]:
    """Return one `.htaccess` for each way to run code that the modules offer."""
    handlers = [one.handlers[0] for one in EXECUTORS if one.loaded(modules)]
    texts = [
        _WISHES.format(handler=_concrete(one), extensions=_EXTENSIONS)
        for one in handlers
    ]
    texts += [
        f"{one.example}\n"
        for one in RUNNERS
        if modules is None or one.modules & modules
    ]
    texts.append(_INCLUDES.format(extensions=_EXTENSIONS))
    return tuple(
        parse_source(text + _CONDITION.format(wishes=text), "") for text in texts
    )


def outcome(
    gained: frozenset[str], folder: str, override: Override
) -> Iterator[Finding]:
    """Report the ways to run code that a `.htaccess` opened.

    Args:
        gained: the ways that were not there without it.
        folder: where it was dropped.
        override: what let it through.

    """
    for way in sorted(gained):
        detail = f"it can have files run {way}"
        also = override.listed_by
        yield finding(Code.HTACCESS_RUNS, override.blamed, folder, detail, also)


def permission(folder: str, override: Override) -> Iterator[Finding]:
    """Report what a `.htaccess` may ask for, whatever comes of it."""
    if override.may_set(Option.CGI):
        detail = "it can say `Options +ExecCGI`"
        also = override.listed_by
        yield finding(Code.HTACCESS_EXEC_CGI, override.blamed, folder, detail, also)
    chosen = next((one for one in sorted(_ASKING) if override.may(one)), None)
    if chosen is not None:
        detail = "it can choose a handler"
        yield finding(Code.HTACCESS_HANDLER, override.blamed, folder, detail)


def asks(one: Directive) -> bool:
    """Whether a directive of a `.htaccess` asks for something that could run code."""
    if one.name == "options":
        words = (word.lower() for word in one.arguments if not word.startswith("-"))
        dangerous = {"execcgi", "all", "includes", "runscripts"}
        return any(word.lstrip("+") in dangerous for word in words)
    if runs_program(one):
        return True
    if one.name == "rewriterule":
        flags = {"h", "handler", "t", "type", "p", "proxy"}
        return any(name in flags for name, _ in rewrite_flags(one))
    harmless = one.name.startswith("add") and executor_of(one.first) is None
    return one.name in _ASKING and not harmless


def _concrete(pattern: str) -> str:
    """Return a handler's name for a pattern of names."""
    if pattern.startswith("proxy:"):
        return f"proxy:{pattern.strip('*').split('*')[1]}//localhost/"
    return pattern.rstrip("*")
