"""One HTTP request, answered at the first address that can be reached."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import requests

from mirrorsel.model import Certificate
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.limits import Limits
from mirrorsel.net.pinned import PinnedAdapter

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """The head of an answer, whose body can still be read."""

    response: requests.Response
    family: int
    """The IP family that was used: 4 or 6."""
    certificate: Certificate | None
    """What the server showed; None without TLS."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """How requests are sent that share a deadline.

    The connection goes to the very address that was checked, IPv4 before IPv6; to
    another one of the host only where there was no connection.
    """

    limits: Limits
    deadline: Deadline
    resolve: Resolver
    """Gives the addresses of a host that may be tried, of one at least."""

    def send(
        self,
        request: requests.PreparedRequest,
        size: int,
        read: Callable[[Arrived], T],
    ) -> T:
        """Return what is read of the answer.

        Args:
            request: What is sent.
            size: The most bytes of the body that may come.
            read: Reads an answer, as long as it is there.

        Raises:
            FetchError: there is no answer within the limits, or `read` raised it.

        """

        def ask(to: Address) -> T:
            allowance = size + self.limits.overhead
            with (
                closing(PinnedAdapter(to.text, self.deadline, allowance)) as adapter,
                adapter.answer(request, self.limits, self.deadline) as response,
            ):
                return read(
                    Arrived(
                        response=response,
                        family=to.family,
                        certificate=adapter.certificate,
                    )
                )

        host = urlsplit(request.url or "").hostname or ""
        addresses = candidates(host, self.limits, self.deadline, self.resolve)
        return first_reached(addresses, ask, self.deadline)
