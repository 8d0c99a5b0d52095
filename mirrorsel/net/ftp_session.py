"""An FTP session that trusts its server in nothing."""

import contextlib
import ftplib
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from mirrorsel.errors import FetchError
from mirrorsel.hostname import is_port
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.ftp_failure import FTP_ERRORS, translate
from mirrorsel.net.limits import Limits

_CHUNK = 16384
_LONGEST_LINE = 65536
# RFC 3659, section 4; more digits make no size of a file.
_SIZE = re.compile(r"213[ ]+(?P<size>[0-9]{1,18})[ ]*", re.ASCII)
# What servers say behind the list of a folder that they read in part.
_CUT = re.compile(r"truncated|failed", re.IGNORECASE)


class Session(ftplib.FTP):
    """An anonymous session with one address, which a deadline ends.

    What the server says is bounded in all, not only line by line. Names are sent
    and replies read byte for byte.

    Args:
        address: The only one that is connected to, also for data.
        limits: What waiting and the replies may cost.
        deadline: What shuts the connections down.

    """

    def __init__(self, address: str, limits: Limits, deadline: Deadline) -> None:
        # Latin-1 has a character for every byte.
        super().__init__(encoding="latin-1")
        self._address = address
        self._limits = limits
        self._deadline = deadline
        self._left = limits.overhead

    def start(self, port: int) -> None:
        """Connect, log in, and ask for files as their bytes stand there."""
        self.sock = socket.create_connection((self._address, port), self._patience())
        self._deadline.guard(self.sock)
        self.af = self.sock.family
        self.file = self.sock.makefile("r", encoding=self.encoding)
        self.welcome = self.getresp()
        self.login()
        self.voidcmd("TYPE I")

    def size_of(self, name: str) -> int | None:
        """Return the size of a file; None where the server does not tell it."""
        try:
            return self.told_size(name)
        except ftplib.error_perm:
            return None

    def told_size(self, name: str) -> int | None:
        """Return the size of a file; None where the answer makes no sense.

        Raises:
            ftplib.error_perm: there is no such file, or the server does not tell.

        """
        found = _SIZE.fullmatch(self.sendcmd(f"SIZE {name}"))
        return int(found["size"]) if found else None

    def read(self, name: str, start: int, most: int) -> bytes:
        """Return what a file holds from `start` on, at most so many bytes.

        It is less only where the server says that the file ended there. Nothing
        more can be asked for afterwards.
        """
        with self.transfercmd(f"RETR {name}", start or None) as connection:
            self._deadline.guard(connection)
            body = b""
            while len(body) < most:
                data = connection.recv(min(_CHUNK, most - len(body)))
                if not data:
                    break
                body += data
        # The connection ends as well when the deadline cuts it.
        self._deadline.check()
        if len(body) < most:
            self.voidresp()
        return body

    @contextmanager
    def within(self, deadline: Deadline) -> Iterator[None]:
        """Give what follows a deadline of its own, and replies as many bytes again."""
        self._deadline, self._left = deadline, self._limits.overhead
        if self.sock is not None:
            deadline.guard(self.sock)
            self.sock.settimeout(self._patience())
        yield

    def lines_of(self, command: str, most: int) -> Iterator[bytes]:
        """Yield the lines that a command sends as data, and check that it ended.

        Args:
            command: The command.
            most: How many bytes may come.

        Raises:
            FetchError: more came (TOO_LARGE).
            ValueError: the server says that not all came.

        """
        line = b""
        with self.transfercmd(command) as connection:
            self._deadline.guard(connection)
            while data := connection.recv(_CHUNK):
                most -= len(data)
                if most < 0:
                    raise FetchError(Outcome.TOO_LARGE, "a list without end")
                *lines, line = (line + data).split(b"\n")
                if len(line) > _LONGEST_LINE:
                    raise FetchError(Outcome.TOO_LARGE, "a line without end")
                yield from (one.removesuffix(b"\r") for one in lines)
        # The connection ends as well when the deadline cuts it.
        self._deadline.check()
        reply = self.voidresp()
        if _CUT.search(reply) or line:
            raise ValueError(f"not all of a list: {reply[:80]}")

    def leave(self) -> None:
        """Say goodbye, and wait for no answer."""
        with contextlib.suppress(OSError):
            self.putcmd("QUIT")

    def makepasv(self) -> tuple[str, int]:
        """Return where the data is, at this address whatever the server names."""
        _, port = super().makepasv()
        if not is_port(port):
            raise ValueError(f"no port: {port}")
        self.timeout = self._patience()
        return self._address, port

    def getline(self) -> str:
        """Return the next line of a reply."""
        line = super().getline()
        self._left -= len(line) + len("\r\n")
        if self._left < 0:
            detail = f"more than {self._limits.overhead} bytes of replies"
            raise FetchError(Outcome.TOO_LARGE, detail)
        return line

    def _patience(self) -> float:
        return min(self._limits.timeout, self._deadline.remaining)


@contextmanager
def opened(to: Address, limits: Limits, deadline: Deadline) -> Iterator[Session]:
    """Give a session with one address, not started yet, and close it at the end.

    Raises:
        FetchError: what the FTP library raised meanwhile, as one of the outcomes.

    """
    with contextlib.closing(Session(to.text, limits, deadline)) as session:
        try:
            yield session
        except FTP_ERRORS as error:
            deadline.check()
            raise translate(error, connected=session.sock is not None) from error
