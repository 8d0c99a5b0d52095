"""What all fetches of one probe share: the transport, the addresses, the time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Deadline, Fetched, Limits, Resolver, Span, Transport, plain

# A wait ends a little before the deadline that it would otherwise run into, so that
# a server that is silent is told from one that sends a byte now and then.
_PATIENCE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The way to one mirror, for as long as one probe lasts."""

    transport: Transport
    limits: Limits
    """What the whole probe may cost, and where it may go."""
    deadline: Deadline
    """The end of the whole probe."""
    resolve: Resolver
    """Remembers what it was asked, so that all fetches go to the same addresses."""

    def families(self, url: str, allowed: Sequence[int]) -> list[int]:
        """Return the allowed IP families of which a host has addresses.

        Raises:
            FetchError: there is none, or no answer in time.

        """
        host = urlsplit(url).hostname or ""
        private = self.limits.private_addresses
        found = self.deadline.wait_for(partial(self.resolve, host, private=private))
        has = {one.family for one in found}
        if families := [one for one in allowed if one in has]:
            return families
        names = " or ".join(f"IPv{one}" for one in allowed)
        raise FetchError(Outcome.DNS, f"{plain(host)} has no address of {names}")

    def fetch(
        self, url: str, family: int, *, share: float = 1.0, span: Span | None = None
    ) -> Fetched:
        """Get a file over one IP family.

        Args:
            url: Its URL.
            family: 4 or 6.
            share: How much of the time that is left it may take.
            span: The part that is asked for; None for the whole file.

        Raises:
            FetchError: as the transport does.

        """
        seconds = self.deadline.remaining * share
        limits = replace(
            self.limits,
            timeout=min(self.limits.timeout, seconds * _PATIENCE),
            deadline=seconds,
            size=span.length if span else self.limits.size,
            families=frozenset({family}),
        )
        return self.transport(url, limits, span=span, resolve=self.resolve)
