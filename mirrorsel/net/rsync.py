"""One bounded fetch of one small file, or of a size, by rsync."""

import re
import stat
from functools import partial
from pathlib import Path

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver, resolve
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.empty_folder import empty_folder
from mirrorsel.net.fetch import Fetched
from mirrorsel.net.limits import Limits
from mirrorsel.net.rsync_client import Client, installed
from mirrorsel.net.rsync_failure import explain
from mirrorsel.net.rsync_target import file_of
from mirrorsel.net.span import Span
from mirrorsel.net.target import Target

# What a server may have listed for one name: mode, size, date, time and name.
_LISTED = re.compile(rb"-\S{9}\S? +(?P<size>[0-9]{1,18}) [0-9/]{10} [0-9:]{8} .*\n")


def fetch_rsync(
    url: str,
    limits: Limits,
    *,
    span: Span | None = None,
    resolve: Resolver = resolve,
    program: str = "rsync",
) -> Fetched:
    """Get a file from an rsync daemon, by the client of that name.

    The client is given the checked address in the place of the host's name, an
    empty folder of its own, and nothing of this process's environment.

    rsync cannot get a part of a file, and a large file is too much for a probe. So
    where a part is wanted that is not all of the file, the answer has only the size
    of the file, as the daemon lists it, and an empty body.

    The rest is as of a `Transport`.

    Args:
        url: An rsync URL with a module and a path.
        limits: Of these, `overhead` is for what the client prints.
        span: The part that is wanted.
        resolve: Gives addresses.
        program: The client, by its name or path.

    Raises:
        FetchError: anything but what was asked for within the limits.

    """
    target = file_of(url)
    client = installed(program)
    with Deadline(limits.deadline) as deadline:
        addresses = candidates(target.host, limits, deadline, resolve)
        most = limits.size if span is None else span.length
        transfer = _Transfer(url, target, Client(client, limits, deadline, most))
        ask = partial(transfer.answer, span)
        return first_reached(addresses, ask, deadline)


class _Transfer:
    """What one fetch is about, and how it is asked for."""

    def __init__(self, url: str, target: Target, client: Client) -> None:
        self._url = url
        self._target = target
        self._client = client

    def answer(self, span: Span | None, to: Address) -> Fetched:
        """Get the file, or else its size where a part of it is wanted."""
        if span is not None and span.start:
            return self.look(to)
        try:
            return self.fetch(to)
        except FetchError as error:
            if span is None or error.outcome != Outcome.TOO_LARGE:
                raise
            return self.look(to)

    def fetch(self, to: Address) -> Fetched:
        """Get the file from one address."""
        with empty_folder() as folder:
            copy = folder / "copy"
            ended = self._client.copy(self._target, to, copy)
            most = self._client.size
            body = _content(copy, most) if ended.status == 0 else None
            if body is None:
                _take_room(folder, most)
        if body is None:
            raise explain(ended)
        return self._found(to, body, len(body))

    def look(self, to: Address) -> Fetched:
        """Get the size of the file from one address."""
        with empty_folder() as folder:
            ended = self._client.list(self._target, to, folder)
        listed = _LISTED.fullmatch(ended.output)
        if ended.status != 0 or listed is None:
            raise explain(ended)
        return self._found(to, b"", int(listed["size"]))

    def _found(self, to: Address, body: bytes, size: int) -> Fetched:
        return Fetched(url=self._url, body=body, family=to.family, size=size)


def _take_room(folder: Path, size: int) -> None:
    """Write so many bytes.

    What the client says of a full disk may be the daemon's words.

    Raises:
        OSError: there is no room for them.

    """
    (folder / "room").write_bytes(bytes(size))


def _content(copy: Path, most: int) -> bytes | None:
    """Return what was copied; None if that is no ordinary file.

    Raises:
        FetchError: it is larger than was allowed (TOO_LARGE).

    """
    try:
        found = copy.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    # The system bounds it as well, though not before the client runs.
    if found.st_size > most:
        raise FetchError(Outcome.TOO_LARGE, f"more than {most} bytes")
    return copy.read_bytes()
