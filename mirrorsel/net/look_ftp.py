"""What a mirror says of one file by FTP."""

import ftplib
from functools import partial

from mirrorsel.errors import FetchError
from mirrorsel.listing import ListedFile
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.ftp import fetch_ftp
from mirrorsel.net.ftp_failure import cannot_start_within
from mirrorsel.net.ftp_session import opened
from mirrorsel.net.limits import Limits
from mirrorsel.net.span import Span
from mirrorsel.net.target import Target

_MISSING = 550
_BYTE = Span(0, 1)


def look_ftp(
    url: str, path: str, limits: Limits, resolve: Resolver
) -> ListedFile | None:
    """Return what SIZE says (RFC 3659, section 4); None for no such file.

    A server that does not know SIZE is asked for one byte.
    """
    target = Target.of(url, "ftp", ftplib.FTP_PORT)
    try:
        with Deadline(limits.deadline) as deadline:
            addresses = candidates(target.host, limits, deadline, resolve)
            ask = partial(_ask, target, path, limits, deadline)
            found = first_reached(addresses, ask, deadline)
        if found is None:
            fetch_ftp(url, limits, span=_BYTE, resolve=resolve)
    except FetchError as error:
        if error.status == _MISSING:
            return None
        raise
    return found or ListedFile(path=path)


def _ask(
    target: Target, path: str, limits: Limits, deadline: Deadline, to: Address
) -> ListedFile | None:
    """Return what one address says; None where it does not know SIZE."""
    found = None
    with opened(to, limits, deadline) as session:
        session.start(target.port)
        name = target.path.decode(session.encoding)
        try:
            found = ListedFile(path=path, size=session.told_size(name))
        except ftplib.error_perm as error:
            if not cannot_start_within(error):
                raise
        session.leave()
    return found
