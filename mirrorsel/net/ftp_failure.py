"""What an exception of the FTP library says of a mirror."""

import ftplib
import re

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.broken_off import BrokenOffError
from mirrorsel.net.candidates import UnreachedError
from mirrorsel.net.failure import NO_ROUTE
from mirrorsel.net.plain import plain

FTP_ERRORS = (ftplib.Error, OSError, EOFError, ValueError)
"""What the FTP library raises; ValueError where a reply makes no sense."""

# A command that is not known, or not with such an argument (RFC 959, section 4.2).
_NOT_UNDERSTOOD = frozenset({"500", "501", "502", "503", "504"})
_STATUS = re.compile(r"[45][0-9]{2}\b", re.ASCII)


def cannot_start_within(error: ftplib.error_perm) -> bool:
    """Return whether a server refused to start within a file, not the file."""
    return str(error)[:3] in _NOT_UNDERSTOOD


def translate(error: Exception, *, connected: bool) -> FetchError:
    """Return the failure as one of the outcomes, with a detail for a person."""
    outcome = _outcome(error)
    if not connected:
        return UnreachedError(outcome, _words(error))
    if isinstance(error, EOFError):
        return BrokenOffError(outcome, _words(error))
    status = int(str(error)[:3]) if outcome is Outcome.STATUS else None
    return FetchError(outcome, _words(error), status=status)


def _outcome(error: Exception) -> Outcome:
    if isinstance(error, (ftplib.error_temp, ftplib.error_perm)):
        # The library looks at the first character only.
        return Outcome.STATUS if _STATUS.match(str(error)) else Outcome.PROTOCOL
    if isinstance(error, TimeoutError):
        return Outcome.TIMEOUT
    if isinstance(error, OSError):
        return Outcome.NO_ROUTE if error.errno in NO_ROUTE else Outcome.REFUSED
    return Outcome.PROTOCOL


def _words(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "the server closed the connection"
    if isinstance(error, OSError) and error.strerror:
        return plain(error.strerror)
    # Replies were read byte for byte; most servers mean UTF-8 (RFC 2640).
    said = str(error).encode("latin-1", errors="replace")
    return plain(said.decode(errors="replace")) or type(error).__name__
