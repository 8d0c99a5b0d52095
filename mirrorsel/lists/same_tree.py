"""URLs that lead to one tree though they differ."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from mirrorsel.hostname import split_server
from mirrorsel.lists.urls import KINDS, read_url
from mirrorsel.lists.words import LineError, Word
from mirrorsel.model import Kind, Mirror

_PORTS = {"http": 80, "https": 443, "ftp": 21, "rsync": 873}


class Tree(NamedTuple):
    """What a base URL leads to, equal for http and https, and for all spellings."""

    kind: Kind
    host: str
    port: int | None
    """None for the usual one."""
    path: str


def tree_of(url: str) -> Tree:
    """Return the tree of a base URL that the reader takes."""
    scheme, server, path = _parts(url)
    host, port = split_server(server) or (server, None)
    return Tree(
        kind=KINDS[scheme],
        host=host.lower().rstrip("."),
        port=None if port == _PORTS[scheme] else port,
        path=unquote(path).casefold().strip("/"),
    )


def same_tree(url: str, mirrors: Iterable[Mirror]) -> Mirror | None:
    """Return the first mirror that has the tree of a URL."""
    tree = tree_of(url)
    return next((one for one in mirrors if tree_of(one.url) == tree), None)


def usual_url(written: str) -> str:
    """Return a base URL as people write it, in its usual form.

    Without a scheme it is taken for http. Scheme and host become lower case, the
    scheme's own port is left out, a final slash is added.

    Raises:
        ValueError: it cannot be one; its text says why.

    """
    text = written.strip()
    url = text if "://" in text else f"http://{text}"
    try:
        scheme, server, path = _parts(read_url(Word(url, 1), None))
    except LineError as error:
        raise ValueError(str(error)) from error
    host, port = split_server(server) or (server, None)
    shown = "" if port in (None, _PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host.lower()}{shown}{path}"


def _parts(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc, parts.path
