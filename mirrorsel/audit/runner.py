"""The directives by which a `.htaccess` has a program run, without any handler."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mirrorsel.audit.directive import Directive

ANY = "any"
"""The group of directives that every AllowOverride with a group lets through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Directives of a family that name a program, or are one."""

    prefix: str
    """What their names begin with, in lower case."""
    group: str
    """The group of AllowOverride that they belong to, or `ANY`."""
    modules: frozenset[str]
    """Any one of them knows the directives."""
    example: str
    """The one that is tried."""


def _runner(prefix: str, group: str, modules: str, example: str) -> Runner:
    return Runner(
        prefix=prefix,
        group=group,
        modules=frozenset(f"{one}_module" for one in modules.split()),
        example=example,
    )


RUNNERS = (
    _runner("luahook", ANY, "lua", "LuaHookFixups x.lua run"),
    _runner("luamaphandler", ANY, "lua", "LuaMapHandler . x.lua"),
    _runner("wsgiaccessscript", "authconfig", "wsgi", "WSGIAccessScript x.py"),
    _runner("wsgiauthuserscript", "authconfig", "wsgi", "WSGIAuthUserScript x.py"),
    _runner("wsgiauthgroupscript", "authconfig", "wsgi", "WSGIAuthGroupScript x.py"),
    _runner("fcgidaccesschecker", "fileinfo", "fcgid", "FcgidAccessChecker x"),
    _runner("fcgidauthenticator", "fileinfo", "fcgid", "FcgidAuthenticator x"),
    _runner("fcgidauthorizer", "fileinfo", "fcgid", "FcgidAuthorizer x"),
    _runner("fcgidwrapper", "fileinfo", "fcgid", "FcgidWrapper x"),
    _runner("perl", ANY, "perl", "PerlFixupHandler x"),
    _runner("python", ANY, "python", "PythonFixupHandler x"),
    _runner(
        "php_value", "options", "php php4 php5 php7", "php_value auto_prepend_file x"
    ),
    _runner("passenger", "options", "passenger", "PassengerAppRoot x"),
)
"""Every family that is known."""

PHP_FILES = frozenset({"auto_prepend_file", "auto_append_file", "include_path"})
"""The settings of PHP that name files which it runs."""

_GROUPS: Mapping[str, str] = {"php_flag": "options"}


@cache
def runner_of(name: str) -> Runner | None:
    """Return the family of a directive, by its name in lower case."""
    return next((one for one in RUNNERS if name.startswith(one.prefix)), None)


def group_of(name: str) -> str | None:
    """Return the group of a directive that has programs run; None for another."""
    family = runner_of(name)
    return family.group if family else _GROUPS.get(name)


def runs_program(one: Directive) -> bool:
    """Whether a directive names a program, or a file that PHP reads as one."""
    if one.name == "php_value":
        return one.first.lower() in PHP_FILES
    return runner_of(one.name) is not None


def known_to(one: Directive, modules: frozenset[str] | None) -> bool:
    """Whether a module knows a directive; unknown modules count as loaded."""
    family = runner_of(one.name)
    return family is not None and (modules is None or bool(family.modules & modules))
