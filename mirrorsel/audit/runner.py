"""The directives by which a `.htaccess` has a program run, without any handler."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mirrorsel.audit.directive import Directive

ANY = "any"
"""The group of directives that every AllowOverride with a group lets through."""

LISTED = "listed"
"""The group of those that AllowOverrideList alone lets through, where it names them."""

EXEC = "exec:"
"""What stands before a program whose output is a secret, in lower case."""


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
    mark: str = ""
    """What an argument begins with that names a program; empty: any does."""


def _runner(
    prefix: str, group: str, modules: str, example: str, mark: str = ""
) -> Runner:
    return Runner(
        prefix=prefix,
        group=group,
        modules=frozenset(f"{one}_module" for one in modules.split()),
        example=example,
        mark=mark,
    )


RUNNERS = (
    _runner("luahook", ANY, "lua", "LuaHookFixups x.lua run"),
    _runner("luamaphandler", ANY, "lua", "LuaMapHandler . x.lua"),
    _runner("luaquickhandler", ANY, "lua", "LuaQuickHandler x.lua run"),
    _runner("luainputfilter", ANY, "lua", "LuaInputFilter x x.lua run"),
    _runner("luaoutputfilter", ANY, "lua", "LuaOutputFilter x x.lua run"),
    # These lead what another file runs to files of the one who writes them.
    _runner("luaroot", ANY, "lua", "LuaRoot x"),
    _runner("luapackage", ANY, "lua", "LuaPackagePath x"),
    _runner("lua_", ANY, "lua", "Lua_____ByteCodeHack x"),
    # The only ones of httpd's own that take `exec:` here; httpd -L tells the group.
    _runner(
        "authldapbindpassword",
        "authconfig",
        "authnz_ldap",
        "AuthLDAPBindPassword exec:x",
        mark=EXEC,
    ),
    _runner(
        "sessioncryptopassphrase",
        "authconfig",
        "session_crypto",
        "SessionCryptoPassphrase exec:x",
        mark=EXEC,
    ),
    _runner("wsgihandlerscript", LISTED, "wsgi", "WSGIHandlerScript x x.py"),
    _runner("wsgidispatchscript", LISTED, "wsgi", "WSGIDispatchScript x.py"),
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

_HARMLESS = frozenset({"sessioncryptopassphrasefile"})

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
    family = runner_of(one.name)
    if family is None or one.name in _HARMLESS:
        return False
    return any(word.lower().startswith(family.mark) for word in one.arguments or ("",))


def known_to(one: Directive, modules: frozenset[str] | None) -> bool:
    """Whether a module knows a directive; unknown modules count as loaded."""
    family = runner_of(one.name)
    return family is not None and (modules is None or bool(family.modules & modules))
