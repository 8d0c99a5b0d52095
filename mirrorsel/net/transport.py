"""A way to get a file, by whatever protocol."""

from typing import Protocol

from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.fetch import Fetched
from mirrorsel.net.limits import Limits
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

        Raises:
            FetchError: there is none; its detail is fit to be shown.

        """
        ...
