"""A way to get a file, by whatever protocol."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from mirrorsel.model import Kind
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.fetch import Fetched, fetch
from mirrorsel.net.ftp import fetch_ftp
from mirrorsel.net.limits import Limits
from mirrorsel.net.rsync import fetch_rsync
from mirrorsel.net.span import Span


class Transport(Protocol):
    """A function like `mirrorsel.net.fetch`."""

    def __call__(
        self,
        url: str,
        limits: Limits,
        *,
        span: Span | None = None,
        resolve: Resolver = resolve,
    ) -> Fetched:
        """Return a file, or a part of it, within the limits.

        Args:
            url: Where the file is, without a user name.
            limits: What it may cost, and where it may go. Where there is a span, its
                length counts instead of `limits.size`.
            span: The part that is wanted; None for the whole file. What comes instead
                of a part where the server knows none, each way says itself.
            resolve: Gives the addresses of a host that may be tried, of one at least.

        Raises:
            FetchError: there is none; its detail is fit to be shown.

        """
        ...


TRANSPORTS: Mapping[Kind, Transport] = MappingProxyType(
    {Kind.HTTP: fetch, Kind.FTP: fetch_ftp, Kind.RSYNC: fetch_rsync}
)
"""The way to the files of each kind of mirror."""
