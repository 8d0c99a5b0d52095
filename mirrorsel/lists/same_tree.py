"""URLs that lead to one tree though they differ."""

from collections.abc import Iterable
from typing import NamedTuple

from mirrorsel.hostname import split_server
from mirrorsel.lists.canonical import canonical
from mirrorsel.lists.urls import KINDS, read_url
from mirrorsel.lists.words import LineError, Word
from mirrorsel.model import Kind, Mirror


class Tree(NamedTuple):
    """What a base URL leads to, equal for http and https, and for all spellings."""

    kind: Kind
    host: str
    port: int | None
    """None for the usual one."""
    path: str


def tree_of(url: str) -> Tree:
    """Return the tree of a base URL that the reader takes.

    Paths in another case are taken for the same, as many servers do.
    """
    place = canonical(url)
    return Tree(
        kind=KINDS[place.scheme],
        host=place.host.rstrip("."),
        port=place.port,
        path=place.path.casefold().strip("/"),
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
    try:
        url = read_url(Word(text if "://" in text else f"http://{text}", 1), None)
    except LineError as error:
        raise ValueError(str(error)) from error
    scheme, _, rest = url.partition("://")
    server, _, path = rest.partition("/")
    host, _ = split_server(server) or (server, None)
    port = canonical(url).port
    return f"{scheme}://{host.lower()}{'' if port is None else f':{port}'}/{path}"
