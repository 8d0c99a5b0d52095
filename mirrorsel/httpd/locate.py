"""Where httpd, its modules and mod_wsgi lie on this machine."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.errors import HttpdError

_ADVICE = (
    "apt-get install apache2 apache2-dev,"
    " then pip install --no-cache-dir 'mirrorsel[httpd]';"
    " without root: pip install --no-cache-dir 'mirrorsel[standalone]'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Httpd:
    """An httpd that can load mod_wsgi."""

    program: Path
    modules: Path
    """The folder of its modules."""
    wsgi: Path
    """The module mod_wsgi."""
    libraries: str = ""
    """A folder for LD_LIBRARY_PATH; empty where none is needed."""


DEBIAN = Httpd(
    program=Path("/usr/sbin/apache2"),
    modules=Path("/usr/lib/apache2/modules"),
    wsgi=Path("/usr/lib/apache2/modules/mod_wsgi.so"),
)
"""What Debian's apache2 and libapache2-mod-wsgi-py3 install."""


def packaged(package: str = "mod_wsgi.express") -> Httpd | None:
    """Return what mod_wsgi of this Python environment was built for, if it is here."""
    try:
        build = importlib.import_module(f"{package}.apxs_config")
        platform = importlib.import_module(f"{package}.platform")
    except ModuleNotFoundError:
        return None
    return Httpd(
        program=Path(build.HTTPD),
        modules=Path(build.LIBEXECDIR),
        wsgi=Path(platform.MOD_WSGI_SO),
        libraries=build.SHLIBPATH,
    )


def locate(candidates: Sequence[Httpd | None] | None = None) -> Httpd:
    """Find an httpd for the Python that is running.

    Args:
        candidates: what to look at, in this order; by default the mod_wsgi of
            the Python environment, for it was built for this very Python, then
            Debian's.

    Raises:
        HttpdError: httpd or mod_wsgi is missing; the message says what to install.

    """
    known = (packaged(), DEBIAN) if candidates is None else candidates
    found = next((one for one in known if one and one.wsgi.exists()), None)
    if found is None:
        raise HttpdError(f"mod_wsgi is not installed: {_ADVICE}")
    if not found.program.exists() or not found.modules.is_dir():
        raise HttpdError(f"Apache httpd is not installed: {_ADVICE}")
    return found
