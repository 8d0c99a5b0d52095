"""The files that the directives of a server have httpd run, load or import."""

import shlex
from collections.abc import Iterator, Mapping

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.runner import EXEC, PHP_FILES
from mirrorsel.audit.tree import absolute

# Which argument of a directive is a file that httpd runs or loads; -1: any.
_PROGRAMS: Mapping[str, int] = {
    "wsgiscriptalias": 1,
    "wsgiscriptaliasmatch": 1,
    "wsgihandlerscript": 1,
    "wsgiimportscript": 0,
    "wsgidispatchscript": 0,
    "wsgiaccessscript": 0,
    "wsgiauthuserscript": 0,
    "wsgiauthgroupscript": 0,
    "wsgipythonhome": 0,
    "wsgipythoneggs": 0,
    "loadmodule": 1,
    "loadfile": -1,
    "luamaphandler": 1,
    "luaauthzprovider": 1,
    "luapackagepath": 0,
    "luapackagecpath": 0,
    "luaquickhandler": 0,
    "luainputfilter": 1,
    "luaoutputfilter": 1,
    "luaroot": 0,
    "include": 0,
    "includeoptional": 0,
    "perlrequire": -1,
    "perlconfigrequire": -1,
    "perlpostconfigrequire": -1,
    "perlswitches": -1,
    "phpinidir": 0,
    "rewritemap": 1,
    "extfilterdefine": -1,
    "fcgidwrapper": 0,
    "fcgidaccesschecker": 0,
    "fcgidauthenticator": 0,
    "fcgidauthorizer": 0,
    "fcgidinitialenv": -1,
    "fastcgiserver": 0,
    "fastcgiwrapper": 0,
    "mdnotifycmd": -1,
    "mdmessagecmd": -1,
    "mdchallengedns01": -1,
    "defineexternalauth": -1,
    "defineexternalgroup": -1,
    "addexternalauth": -1,
    "addexternalgroup": -1,
    "secrulescript": 0,
    "passengerruby": 0,
    "passengerpython": 0,
    "passengernodejs": 0,
}
# Those whose argument is a program only behind one of the marks.
_MARKED: Mapping[str, int] = {
    "customlog": 0,
    "transferlog": 0,
    "globallog": 0,
    "errorlog": 0,
    "forensiclog": 0,
    "securityfilter": 0,
    "secguardianlog": 0,
    "secauditlog": 0,
    "sslpassphrasedialog": 0,
    "sslrandomseed": 1,
    "authldapbindpassword": 0,
    "sessioncryptopassphrase": -1,
}
_PHP = frozenset({"php_value", "php_admin_value"})
_PREFIXES = ("prg:", EXEC, "cmd=", "|$", "||", "|")
# The options of WSGIDaemonProcess that name folders to import from.
_IMPORTED = frozenset({"home", "python-path", "python-home", "python-eggs"})


def programs(one: Directive, root: str) -> Iterator[str]:
    """Return the files and folders of code that a directive names.

    Of a command each word that is a path counts, since any may be what an
    interpreter is given to run.

    Args:
        one: the directive.
        root: ServerRoot, an absolute path.

    """
    for word in _words(one):
        first, *more = _split(word) or ("",)
        paths = (first, *(each for each in more if "/" in each))
        for path in filter(None, paths):
            yield absolute(before_variable(path), root)


def _words(one: Directive) -> Iterator[str]:
    if one.name == "wsgidaemonprocess":
        for option in one.arguments[1:]:
            name, _, value = option.partition("=")
            if name.lower() in _IMPORTED:
                yield from value.split(":")
    elif one.name == "wsgipythonpath":
        yield from one.first.split(":")
    elif one.name in _MARKED:
        for word in _chosen(one, _MARKED[one.name]):
            if _bare(word) != word:
                yield _bare(word)
    else:
        yield from map(_bare, _chosen(one, _position(one)))


def _chosen(one: Directive, position: int | None) -> tuple[str, ...]:
    if position is None:
        return ()
    return one.arguments if position < 0 else one.arguments[position : position + 1]


def _position(one: Directive) -> int | None:
    """Return which argument of a directive is a program; None where none is."""
    if one.name.startswith("luahook"):
        return 0
    if one.name in _PHP and one.first.lower() in PHP_FILES:
        return 1
    return _PROGRAMS.get(one.name)


def _bare(word: str) -> str:
    """Return a word without the mark that makes a program of it."""
    for prefix in _PREFIXES:
        if word.lower().startswith(prefix):
            return word[len(prefix) :].strip()
    return word


def _split(command: str) -> list[str]:
    """Return the words of a command; quotes without an end are letters."""
    try:
        return shlex.split(command)
    except ValueError:
        return [word.strip("\"'") for word in command.split()]


def before_variable(path: str) -> str:
    """Return the folder that a path with a variable part lies in."""
    found = [path.index(mark) for mark in "$%*?[" if mark in path]
    return path[: min(found)].rpartition("/")[0] or "/" if found else path
