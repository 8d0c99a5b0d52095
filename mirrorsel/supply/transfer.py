"""Downloads that are tried again where that may help."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from mirrorsel.answer import Answer
from mirrorsel.errors import FetchError, SupplyError
from mirrorsel.model import Outcome
from mirrorsel.net import (
    Limits,
    Progress,
    Resolver,
    download,
    no_progress,
    plain,
    resolve,
)
from mirrorsel.regular import MEBIBYTE
from mirrorsel.supply.account import Account
from mirrorsel.words import why

LARGEST = 1024 * MEBIBYTE
"""The most bytes of a database, and of its compressed form."""

_LARGE = Limits(
    timeout=30,
    # A database of 60 MB through a line of 300 kbit/s.
    deadline=1800,
    size=LARGEST,
    # A server may send small chunks.
    overhead=LARGEST // 16,
)
# What is no database.
_SHORT = MEBIBYTE
_SOON = 60.0
_PAUSES = (2.0, 8.0)
# What may be over in some seconds.
_PASSING = frozenset(
    {
        Outcome.TIMEOUT,
        Outcome.REFUSED,
        Outcome.NO_ROUTE,
        Outcome.DNS,
        Outcome.PROTOCOL,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told how a transfer goes."""

    progress: Progress = no_progress
    """Of the bytes that have come."""
    trouble: Callable[[str], None] = field(default=lambda _words: None)
    """Of what went wrong, where it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """How files are got from one server."""

    account: Account | None = None
    private_addresses: bool = False
    """Whether the server, and where it redirects to, may have addresses that are not
    public: that of the operator's own choice may."""
    told: Told = Told()
    sleep: Callable[[float], None] = time.sleep
    resolve: Resolver = resolve
    limits: Limits = _LARGE
    """The limits of a database."""

    def read(self, url: str) -> Answer:
        """Return a short answer, with the first bytes of its body; see `get`."""
        body, deadline = BytesIO(), min(self.limits.deadline, _SOON)
        limits = replace(self.limits, size=_SHORT, deadline=deadline)
        answer = self._get(url, body, limits, no_progress)
        return replace(answer, body=body.getvalue() or answer.body)

    def get(self, url: str, into: BinaryIO) -> Answer:
        """Get a file, which fills `into` where the status of the answer is 200.

        What may pass by itself, such as a server that has no time, is tried three
        times, with pauses.

        Raises:
            SupplyError: there is no answer within the limits.
            OSError: `into` cannot be written.

        """
        return self._get(url, into, self.limits, self.told.progress)

    def hide(self, words: str) -> str:
        """Return words of a server without the secrets that it was sent."""
        return self.account.hide(words) if self.account else words

    def _get(
        self, url: str, into: BinaryIO, limits: Limits, progress: Progress
    ) -> Answer:
        for pause in (*_PAUSES, None):
            found = self._try(url, into, limits, progress)
            if pause is None or not _may_pass(found):
                break
            words = self._words(url, found)
            self.told.trouble(f"{words}; trying again in {pause:.0f} s")
            self.sleep(pause)
        if isinstance(found, FetchError):
            raise SupplyError(self._words(url, found)) from found
        return found

    def _try(
        self, url: str, into: BinaryIO, limits: Limits, progress: Progress
    ) -> Answer | FetchError:
        into.seek(0)
        into.truncate()
        try:
            return download(
                url,
                into,
                replace(limits, private_addresses=self.private_addresses),
                authorization=self.account.authorization if self.account else "",
                progress=progress,
                resolve=self.resolve,
            )
        except FetchError as error:
            return error

    def _words(self, url: str, found: Answer | FetchError) -> str:
        if isinstance(found, Answer):
            return f"{host_of(found.url)} answers {found.status}"
        words = why(Outcome(found.outcome), found.detail, url)
        return self.hide(f"{host_of(url)}: {words}")


def host_of(url: str) -> str:
    """Return the host of a URL as it is shown: the rest may hold a signature."""
    return plain(urlsplit(url).netloc)


def _may_pass(found: Answer | FetchError) -> bool:
    if isinstance(found, Answer):
        return (
            found.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            or found.status == HTTPStatus.REQUEST_TIMEOUT
        )
    return found.outcome in _PASSING
