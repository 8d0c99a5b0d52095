"""The lists of a mirror's folders, by FTP."""

import ftplib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from types import TracebackType
from typing import Self

from mirrorsel.errors import FetchError
from mirrorsel.listing import Entry
from mirrorsel.listing.ftp import read_list, read_mlsd
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.ftp_failure import FTP_ERRORS, cannot_start_within, translate
from mirrorsel.net.ftp_session import Session
from mirrorsel.net.limits import Limits
from mirrorsel.net.pace import Pace
from mirrorsel.net.target import Target

Read = Callable[[bytes], Entry | None]


class FtpFolders:
    """Lists one folder after the other, in one session.

    A folder is entered before it is listed: servers take the argument of LIST for an
    option or a pattern, and answer with an empty list where there is no such folder.

    Args:
        target: The mirror's root.
        limits: What each folder may cost, and where connections may go.
        resolve: Gives the addresses of a host that may be tried, of one at least.
        pace: When folders are asked for.

    """

    hides = True
    """Servers leave out names with a dot at their beginning."""

    def __init__(
        self, target: Target, limits: Limits, resolve: Resolver, pace: Pace
    ) -> None:
        self._target = target
        self._limits = limits
        self._resolve = resolve
        self._pace = pace
        self._address: Address | None = None
        self._session: Session | None = None
        self._start = ""
        self._knows_mlsd = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            self._session.leave()
        self._end()

    def read(self, folder: str) -> tuple[Entry, ...]:
        """Return what lies in a folder.

        Raises:
            FetchError: it cannot be listed.

        """
        self._pace.turn()
        was_open = self._session is not None
        with Deadline(min(self._limits.deadline, self._pace.remaining)) as deadline:
            try:
                return self._read(folder, deadline)
            except FetchError as error:
                # The server may have ended the session meanwhile.
                if not was_open or self._session is not None:
                    raise
                if error.outcome not in {Outcome.REFUSED, Outcome.PROTOCOL}:
                    raise
            return self._read(folder, deadline)

    def _read(self, folder: str, deadline: Deadline) -> tuple[Entry, ...]:
        session = self._session or self._open(deadline)
        try:
            with session.within(deadline):
                session.cwd(self._path(folder).encode().decode(session.encoding))
                return self._list(session)
        except FTP_ERRORS as error:
            if not isinstance(error, ftplib.Error):
                self._end()
            deadline.check()
            raise translate(error, connected=True) from error
        except FetchError:
            # What is left of the list would be taken for an answer.
            self._end()
            raise

    def _path(self, folder: str) -> str:
        return _below(self._start, folder) if folder else self._start

    def _list(self, session: Session) -> tuple[Entry, ...]:
        if self._knows_mlsd:
            try:
                return self._entries(session, "MLSD", read_mlsd)
            except ftplib.error_perm as error:
                if not cannot_start_within(error):
                    raise
                self._knows_mlsd = False
        now = datetime.now(UTC)
        return self._entries(session, "LIST", partial(read_list, now=now))

    def _entries(self, session: Session, command: str, read: Read) -> tuple[Entry, ...]:
        found: dict[str, Entry] = {}
        for line in session.lines_of(command, self._pace.reach.page):
            self._pace.receive(len(line))
            if (entry := read(line)) is not None:
                found[entry.name] = entry
        return tuple(found.values())

    def _open(self, deadline: Deadline) -> Session:
        if self._address is None:
            host = self._target.host
            found = candidates(host, self._limits, deadline, self._resolve)
        else:
            found = (self._address,)
        return first_reached(found, partial(self._begin, deadline), deadline)

    def _begin(self, deadline: Deadline, to: Address) -> Session:
        session = self._session = Session(to.text, self._limits, deadline)
        try:
            session.start(self._target.port)
            self._start = self._root(session)
            self._knows_mlsd = _knows_mlsd(session)
        except FTP_ERRORS as error:
            connected = session.sock is not None
            self._end()
            deadline.check()
            raise translate(error, connected=connected) from error
        self._address = to
        return session

    def _root(self, session: Session) -> str:
        """Return the path of the mirror's root, whatever folder one begins in."""
        begun = session.pwd().encode(session.encoding).decode()
        inner = self._target.path.decode().strip("/")
        return _below(begun, inner) if inner else begun or "/"

    def _end(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _below(folder: str, path: str) -> str:
    return f"{folder.rstrip('/')}/{path}"


def _knows_mlsd(session: Session) -> bool:
    try:
        return "MLST" in session.sendcmd("FEAT").upper()
    except ftplib.error_perm:
        return False
