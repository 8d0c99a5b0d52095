"""The handlers that execute what they are given, and the modules they live in."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

_SOURCE = "*-source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Executor:
    """A family of handlers that run a file, or have it run."""

    handlers: tuple[str, ...]
    """Names of handlers or of types that act as such, as shell patterns."""
    modules: frozenset[str]
    """Any one of them answers for the handlers."""
    permission: bool
    """Whether they run nothing without ExecCGI."""

    def loaded(self, modules: frozenset[str] | None) -> bool:
        """Whether a module for it is loaded; unknown modules count as loaded."""
        return modules is None or bool(self.modules & modules)


def _executor(handlers: str, modules: str, *, permission: bool) -> Executor:
    return Executor(
        handlers=tuple(handlers.split()),
        modules=frozenset(f"{one}_module" for one in modules.split()),
        permission=permission,
    )


EXECUTORS = (
    _executor("cgi-script application/x-httpd-cgi", "cgi cgid", permission=True),
    _executor("fcgid-script", "fcgid", permission=True),
    _executor("fastcgi-script", "fastcgi", permission=True),
    _executor("wsgi-script application/x-httpd-wsgi", "wsgi", permission=True),
    _executor("isapi-handler isapi-isa", "isapi", permission=True),
    _executor("lua-script", "lua", permission=False),
    _executor(
        "application/x-httpd-*php* application/x-lsphp php*-script php-script"
        " x-httpd-php*",
        "php php4 php5 php7 suphp lsapi",
        permission=False,
    ),
    _executor("application/x-httpd-suphp x-httpd-suphp", "suphp", permission=False),
    _executor("perl-script modperl", "perl", permission=False),
    _executor("mod_python python-program", "python", permission=False),
    _executor("ruby-object", "ruby", permission=False),
    _executor("mono", "mono", permission=False),
    _executor("proxy:*fcgi:*", "proxy_fcgi", permission=False),
    _executor("proxy:*scgi:*", "proxy_scgi", permission=False),
    _executor("proxy:*uwsgi:*", "proxy_uwsgi", permission=False),
    _executor("proxy:*ajp:*", "proxy_ajp", permission=False),
)
"""Every handler that is known to execute."""

CGI_MODULES = frozenset({"cgi_module", "cgid_module"})


def type_of(handler: str) -> str:
    """Return a handler or type in lower case, without the parameters of a type."""
    name = handler.lower()
    return name if name.startswith("proxy:") else name.partition(";")[0].rstrip()


@lru_cache(maxsize=1024)
def executor_of(handler: str) -> Executor | None:
    """Return what a handler or type executes with, or None for a harmless one."""
    name = type_of(handler)
    if fnmatchcase(name, _SOURCE):
        return None
    known = (
        one
        for one in EXECUTORS
        if any(fnmatchcase(name, pattern) for pattern in one.handlers)
    )
    return next(known, None)
