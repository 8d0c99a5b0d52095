"""What a mirror holds: one file."""

from collections.abc import Callable
from urllib.parse import quote

from mirrorsel.listing import ListedFile
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.limits import Limits
from mirrorsel.net.look_ftp import look_ftp
from mirrorsel.net.look_http import look_http
from mirrorsel.net.look_rsync import look_rsync

_Look = Callable[[str, str, Limits, Resolver], ListedFile | None]


def look(
    url: str, path: str, limits: Limits, *, resolve: Resolver = resolve
) -> ListedFile | None:
    """Return what a mirror says of one file; None if it has no such file.

    A web page in the place of another file counts as none. Redirects are followed as
    those of probes.

    Args:
        url: The mirror's root: http, https, ftp or rsync, ending in a slash.
        path: Of the file, below the root.
        limits: What it may cost, and where it may go.
        resolve: Gives the addresses of a host that may be tried, of one at least.

    Raises:
        FetchError: nobody knows; its detail is fit to be shown.

    """
    by: dict[str, _Look] = {"ftp": look_ftp, "rsync": look_rsync}
    there = by.get(url.partition(":")[0], look_http)
    return there(url + quote(path), path, limits, resolve)
