"""What a mirror says of one file by FTP."""

import contextlib
import ftplib
from functools import partial

from mirrorsel.errors import FetchError
from mirrorsel.listing import ListedFile
from mirrorsel.listing.moment import read_stamp
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.ftp import fetch_ftp
from mirrorsel.net.ftp_failure import FTP_ERRORS, cannot_start_within, translate
from mirrorsel.net.ftp_session import Session
from mirrorsel.net.limits import Limits
from mirrorsel.net.span import Span
from mirrorsel.net.target import Target

_MISSING = 550
_BYTE = Span(0, 1)


def look_ftp(
    url: str, path: str, limits: Limits, resolve: Resolver
) -> ListedFile | None:
    """Return what SIZE and MDTM say (RFC 3659); None for no such file.

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
    with contextlib.closing(Session(to.text, limits, deadline)) as session:
        try:
            session.start(target.port)
            found = _look(session, target.path.decode(session.encoding), path)
        except FTP_ERRORS as error:
            deadline.check()
            raise translate(error, connected=session.sock is not None) from error
        session.leave()
        return found


def _look(session: Session, name: str, path: str) -> ListedFile | None:
    try:
        size = session.told_size(name)
    except ftplib.error_perm as error:
        if cannot_start_within(error):
            return None
        raise
    modified = None
    # Not all servers tell it.
    with contextlib.suppress(ftplib.error_perm):
        modified = read_stamp(session.sendcmd(f"MDTM {name}")[3:].strip())
    seconds = modified.seconds if modified else None
    return ListedFile(path=path, size=size, modified=seconds)
