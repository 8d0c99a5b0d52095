"""The taking in of new and changed files of a folder."""

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass

from mirrorsel.indexing.claims import may_claim, read_claims
from mirrorsel.indexing.crosscheck import keep_claims
from mirrorsel.indexing.hashing import Hashed, Hasher
from mirrorsel.indexing.omission import Omission, Omissions
from mirrorsel.indexing.root import Root
from mirrorsel.indexing.sign import Sign
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.indexing.walk import LARGEST, reason
from mirrorsel.model import Pieces

_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found in a file."""

    facts: Facts
    pieces: Pieces | None
    sign: Sign | None
    content: bytes | None


class Intake:
    """Takes files into the store, or leaves them out.

    Args:
        store: Where they go.
        root: Where they are.
        omissions: Takes what is left out.
        hasher: Reads them.
        wall: The present, in seconds of Unix time.

    """

    def __init__(
        self,
        store: Store,
        root: Root,
        omissions: Omissions,
        hasher: Hasher,
        *,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._root = root
        self._omissions = omissions
        self._hasher = hasher
        self._wall = wall

    def adopt(self, path: str, size: int, sign: Sign) -> bool:
        """Take in a file that is known by another name; return whether it is.

        So it is with hard links, and with all files of a folder that was renamed.
        What a hash file says hangs on its name, so that it is read again.
        """
        twin = None if may_claim(path, size) else self._store.twin(sign, size)
        if twin is None:
            return False
        self._store.put(path, twin.facts, twin.pieces, sign)
        return True

    def take(self, path: str) -> None:
        """Take in a file as it is now."""
        try:
            descriptor = self._root.open_file(path)
        except OSError as error:
            self._leave_out(path, reason(error))
            return
        try:
            found = self._read(path, descriptor)
        except OSError as error:
            found = reason(error) or Omission.FAULT
        finally:
            os.close(descriptor)
        if isinstance(found, Omission):
            self._leave_out(path, found)
        elif found is not None:
            self._keep(path, found)

    def _read(self, path: str, descriptor: int) -> _Read | Omission | None:
        """Return what is in a file, or why not; None if it was adopted."""
        for _ in range(_TRIES):
            began = self._wall()
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Omission.KIND
            size, sign = status.st_size, Sign.of(status)
            if size > LARGEST:
                return Omission.LARGE
            if self.adopt(path, size, sign):
                return None
            os.lseek(descriptor, 0, os.SEEK_SET)
            hashed = self._hasher.hash(descriptor, size, keep=may_claim(path, size))
            if hashed and Sign.of(os.fstat(descriptor)) == sign:
                sure = sign if sign.is_settled(began) else None
                return _Read(
                    _facts(status, hashed), hashed.pieces, sure, hashed.content
                )
        return Omission.CHANGING

    def _keep(self, path: str, found: _Read) -> None:
        number = self._store.put(path, found.facts, found.pieces, found.sign)
        if found.content is not None:
            keep_claims(self._store, number, read_claims(path, found.content))

    def _leave_out(self, path: str, why: Omission | None) -> None:
        if why is not None:
            self._omissions.add(path, why)
        number = self._store.number(path)
        if number is not None and why is not Omission.FAULT:
            self._store.forget(number)


def _facts(status: os.stat_result, hashed: Hashed) -> Facts:
    return Facts(
        size=status.st_size,
        modified=int(status.st_mtime),
        sha256=hashed.sha256,
        sha512=hashed.sha512,
    )
