"""The page of one folder, in whatever form a server gives it."""

import codecs
import re
from dataclasses import dataclass

from mirrorsel.listing.entry import Entry
from mirrorsel.listing.html import HtmlReader
from mirrorsel.listing.json import read_json

MOST_ENTRIES = 250_000
"""How many entries of one page are kept."""
_HEAD = 1024
_BUCKET = re.compile(rb"<(?:\w+:)?ListBucketResult[\s>]")
# What the servers of buckets answer to those who ask for a folder.
_BUCKET_ERROR = re.compile(rb"\s*(?:<\?xml[^>]*\?>)?\s*<Error>\s*<Code>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page of a folder tells."""

    entries: tuple[Entry, ...] = ()
    """Each name once."""
    whole: bool = False
    """Whether it is a server's own list, so that what it lacks is not there."""
    ended: bool = False
    """Whether it came to its own end, by what stands in it."""
    bucket: bool = False
    """Whether it is a list of objects, which is read in another way."""


class PageReader:
    """Reads the page of a folder, which comes in pieces.

    Args:
        url: Of the folder, ending in a slash.

    """

    def __init__(self, url: str) -> None:
        self._head = b""
        self._json: bytearray | None = None
        self._html = HtmlReader(url, MOST_ENTRIES)
        self._started = False
        self._bucket = False
        # Bytes that are no UTF-8 remain such, so that names with them are refused.
        decoder = codecs.getincrementaldecoder("utf-8")
        self._decoder = decoder(errors="surrogateescape")

    def feed(self, data: bytes) -> None:
        """Take the next piece."""
        if self._started:
            self._take(data)
            return
        self._head += data
        if len(self._head) >= _HEAD:
            self._start()

    def end(self) -> Page:
        """Return what was read."""
        if not self._started:
            self._start()
        if self._bucket:
            return Page(bucket=True)
        if self._json is not None:
            found = read_json(bytes(self._json), MOST_ENTRIES)
            known = found is not None
            return Page(entries=found or (), whole=known, ended=known)
        return Page(
            entries=self._html.entries(),
            whole=self._html.whole,
            ended=self._html.ended,
        )

    def _start(self) -> None:
        self._started = True
        self._bucket = is_bucket(self._head)
        if self._head.lstrip()[:1] == b"[" or self._head.strip() == b"null":
            self._json = bytearray()
        head, self._head = self._head, b""
        self._take(head)

    def _take(self, data: bytes) -> None:
        if self._json is not None:
            self._json += data
        elif not self._bucket:
            self._html.read(self._decoder.decode(data))


def is_bucket(start: bytes) -> bool:
    """Return whether a body that begins so comes from a server of buckets.

    It lists objects, or says in its own form of XML that there is none of that name.
    """
    head = start[:_HEAD]
    return bool(_BUCKET.search(head) or _BUCKET_ERROR.match(head))
