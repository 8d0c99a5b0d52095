"""The whole content of a bucket, page by page."""

from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

import requests

from mirrorsel.errors import FetchError
from mirrorsel.listing.bucket import BucketPage, BucketReader
from mirrorsel.model import Outcome
from mirrorsel.net.conversation import Conversation
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.list_body import list_body
from mirrorsel.net.pace import Pace
from mirrorsel.net.tree_flat import FlatTree
from mirrorsel.net.tree_walk import Wanted

# A bucket has a host of its own, or is the first folder of one that it shares.
_DEEPEST = 2


class BucketTree:
    """Lists what lies in a bucket below a mirror's URL.

    Args:
        base: The mirror's URL, ending in a slash.
        conversation: How requests are sent.
        pace: When they are sent.

    """

    def __init__(self, base: str, conversation: Conversation, pace: Pace) -> None:
        self._base = base
        self._conversation = conversation
        self._pace = pace

    def list_all(self, wanted: Wanted) -> None:
        """List all below the prefixes.

        Raises:
            FetchError: there is no list, or it broke off; then nothing is covered.

        """
        for prefix in wanted.prefixes:
            tree = FlatTree(prefix, wanted, self._pace)
            found = False
            for page in self._pages(f"{prefix}/" if prefix else ""):
                for folder, entry in page.objects:
                    found = True
                    tree.put(folder, entry)
            if prefix and not found:
                wanted.coverage.lose(prefix)
            else:
                tree.cover(())

    def _pages(self, prefix: str) -> Iterator[BucketPage]:
        root, inner, page = self._first(prefix)
        yield page
        while page.more:
            before = (page.token, page.marker)
            page = self._get(root, inner, page)
            if before == (page.token, page.marker):
                raise FetchError(Outcome.PROTOCOL, "the list has no end")
            yield page

    def _first(self, prefix: str) -> tuple[str, str, BucketPage]:
        """Return the bucket's URL, what keys begin with there, and the first page."""
        failure = FetchError(Outcome.PROTOCOL, "no list of objects")
        for root, inner in _buckets(self._base):
            try:
                return root, inner + prefix, self._get(root, inner + prefix, None)
            except FetchError as error:
                if error.outcome not in {Outcome.STATUS, Outcome.PROTOCOL}:
                    raise
                failure = error
        raise failure

    def _get(self, root: str, prefix: str, last: BucketPage | None) -> BucketPage:
        # Servers of version 1 pass over what they do not know, and take the marker.
        query = f"?list-type=2&prefix={quote(prefix, safe='')}"
        if last is not None and last.token:
            query += f"&continuation-token={quote(last.token, safe='')}"
        elif last is not None:
            query = f"?prefix={quote(prefix, safe='')}"
            query += f"&marker={quote(last.marker, safe='')}"

        def read(response: requests.Response, deadline: Deadline) -> BucketPage:
            return self._read(response, deadline, prefix)

        self._pace.turn()
        return self._conversation.get(root + query, {}, self._pace.remaining, read)

    def _read(
        self, response: requests.Response, deadline: Deadline, prefix: str
    ) -> BucketPage:
        reader = BucketReader(prefix)
        for chunk in list_body(response, self._pace, deadline):
            reader.feed(chunk)
        page = reader.end()
        if page is None:
            raise FetchError(Outcome.PROTOCOL, "no list of objects")
        return page


def _buckets(base: str) -> Iterator[tuple[str, str]]:
    """Yield the URLs that may be the bucket's, each with what its keys begin with."""
    parts = urlsplit(base)
    names = parts.path.strip("/").split("/") if parts.path.strip("/") else []
    for depth in range(min(_DEEPEST, len(names)) + 1):
        root = "/".join(["", *names[:depth], ""])
        inner = "".join(f"{unquote(one)}/" for one in names[depth:])
        yield f"{parts.scheme}://{parts.netloc}{root}", inner
