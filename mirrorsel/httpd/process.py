"""The server process that this code runs in."""

import importlib
import logging
from types import ModuleType

from mirrorsel.net.quiet import quiet_library


class _Lines(logging.Formatter):
    """Begins each line of a message with the logger's name.

    A log of several processes may put other lines between them.
    """

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).splitlines() or [""]
        return "\n".join(f"{record.name}: {line}" for line in lines)


def server_module(name: str = "mod_wsgi") -> ModuleType | None:
    """Return mod_wsgi's module; outside httpd the package of that name, or None."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        return None


def in_checker(server: ModuleType | None = None) -> bool:
    """Return whether mod_wsgi runs this process for the checker.

    Its process group is told by a name that ends in ``-checker``.

    Args:
        server: mod_wsgi's module; by default what `server_module` finds.

    """
    group = getattr(server or server_module(), "process_group", "")
    return str(group).endswith("-checker")


def log_to_server(
    server: ModuleType | None = None, logger: logging.Logger | None = None
) -> None:
    """Send logging to httpd's error log, elsewhere to standard error.

    mod_wsgi 6.0 and later have a handler that keeps the level of a record;
    through standard error each line becomes an error.

    Args:
        server: mod_wsgi's module; by default what `server_module` finds.
        logger: whose records are sent; by default everybody's.

    """
    kind = getattr(server or server_module(), "LogHandler", logging.StreamHandler)
    handler = kind()
    handler.setFormatter(_Lines())
    chosen = logger or logging.getLogger()
    chosen.addHandler(handler)
    chosen.setLevel(logging.INFO)
    quiet_library()
