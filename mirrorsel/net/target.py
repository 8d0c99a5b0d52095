"""What a URL names, for the protocols that have no library for URLs."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote_to_bytes

from mirrorsel.errors import FetchError
from mirrorsel.hostname import is_host, is_port, split_server
from mirrorsel.model import Outcome
from mirrorsel.net.plain import plain

_URL = re.compile(r"(?P<scheme>[a-z]+)://(?P<server>[^/?#]*)/(?P<path>[^?#]*)")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file on a host."""

    host: str
    """A name, or an address without brackets."""
    port: int
    path: bytes
    """Without the first slash, percent-decoded once; free of control characters."""

    @classmethod
    def of(cls, url: str, scheme: str, port: int) -> Self:
        """Return what a URL names.

        Args:
            url: An absolute URL (RFC 3986, section 3), its scheme in lower case.
            scheme: The only one that is taken.
            port: What counts where the URL names none.

        Raises:
            FetchError: it is no such URL, has a user name, a query or a fragment, or
                a control character, which could end a command (PROTOCOL).

        """
        parts = _URL.fullmatch(url)
        if parts is None or parts["scheme"] != scheme:
            raise _refusal(f"no {scheme} URL of a file", url)
        server = split_server(parts["server"])
        if server is None or not is_host(server[0]):
            raise _refusal("no host, or not only a host", parts["server"])
        host, named = server
        if named is not None and not is_port(named):
            raise _refusal("no port", parts["server"])
        path = unquote_to_bytes(parts["path"])
        if _CONTROL.search(path):
            raise _refusal("a control character in the path", parts["path"])
        return cls(host=host.strip("[]"), port=named or port, path=path)


def _refusal(why: str, text: str) -> FetchError:
    return FetchError(Outcome.PROTOCOL, f"{why}: {plain(text)}")
