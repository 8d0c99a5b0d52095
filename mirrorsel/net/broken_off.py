"""What a server that ends the connection too early is told by."""

from mirrorsel.errors import FetchError


class BrokenOffError(FetchError):
    """The connection ended before the answer did, which says nothing of a file."""
