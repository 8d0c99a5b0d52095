"""Pages of folders in HTML, as servers make them."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from mirrorsel.listing.entry import Entry, Size
from mirrorsel.listing.name import name_of_link, path_of
from mirrorsel.listing.row import Row, read_row

_UNSEEN = frozenset({"script", "style"})
_HEADINGS = frozenset({"title", "h1", "h2"})
_ROWS = frozenset({"tr", "li", "br", "hr", "p", "pre", "table", "ul"})
_CELLS = frozenset({"td", "th", "div"})
# Caddy and others give the bytes beside what they write for people.
_HINTS = frozenset({"data-order", "data-size", "data-sort", "data-value"})
_TITLE = re.compile(
    r"\s*(index of|(directory |file )?listing( of| for)?:?) \S*/", re.IGNORECASE
)
# How httpd links its columns.
_ORDER = re.compile(r"\?C=[NMSD];O=[AD]")
_LONGEST_TAG = 65536
_LONGEST_TEXT = 1000
_MOST_DIGITS = 18


class HtmlReader(HTMLParser):
    """Reads a page that comes in pieces, and keeps what lies in the folder.

    Args:
        url: Of the page, ending in a slash.
        most: How many entries are kept; what comes behind them is passed over, and
            the page is not `whole`.

    """

    def __init__(self, url: str, most: int) -> None:
        super().__init__()
        self._url = url
        self._most = most
        self._told: dict[str, Entry] = {}
        self._bare: dict[str, Entry] = {}
        self._link: tuple[str, bool] | None = None
        self._beside: list[str] = []
        self._length = 0
        self._hint: int | None = None
        self._in_link = self._in_heading = self._in_pre = self._skipping = False
        self._title = ""
        self._sized = self._ordered = self._odd = False
        self.ended = False
        """Whether the page came to its own end."""

    def read(self, text: str) -> None:
        """Take the next piece of the page.

        A tag of more than 64 KiB is passed over: the parser would look through what
        it holds of it at each piece.
        """
        if self._skipping:
            _, end, text = text.partition(">")
            self._skipping = not end
        # The parser answers some malformed pages with a failed assertion.
        try:
            self.feed(text)
        except AssertionError:
            self._odd, self.rawdata = True, ""
        if len(self.rawdata) > _LONGEST_TAG:
            self._skipping, self.rawdata = True, ""

    def entries(self) -> tuple[Entry, ...]:
        """Return what was read so far, in the order of the page."""
        self._end_row()
        # Where there are columns, a link without any is one of the text around.
        return tuple((self._told or self._bare).values())

    @property
    def whole(self) -> bool:
        """Whether it is a server's own list, so that what it lacks is not there.

        It is one by its title, by its columns, or because each entry has a date. All
        else may be a page that somebody wrote, with links to some of the files.
        """
        listing = self._ordered or self._is_titled() or self._is_dated()
        return listing and not self._odd

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        if tag == "a":
            self._begin_link(dict(attrs).get("href") or "")
        elif tag in _ROWS:
            self._end_row()
            self._in_pre = self._in_pre or tag == "pre"
        elif tag in _CELLS:
            self._begin_cell(attrs)
        elif tag == "time":
            self._put(f" {dict(attrs).get('datetime') or ''} ")
        elif tag in _HEADINGS:
            self._in_heading = not self._title
        elif tag == "base":
            # All links lead elsewhere, which no server's own list has them do.
            self._odd = True

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "a":
            self._in_link = False
        elif tag in _ROWS:
            self._end_row()
            self._in_pre = self._in_pre and tag != "pre"
        elif tag in _HEADINGS:
            self._in_heading = False
        elif tag == "html":
            self.ended = True

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self.cdata_elem in _UNSEEN:
            return
        if self._in_heading:
            self._title = (self._title + data)[:_LONGEST_TEXT]
        elif self._link is None and not self._told:
            self._sized = self._sized or "size" in data.lower()
        elif not self._in_link:
            self._beside_name(data)

    def _beside_name(self, data: str) -> None:
        if self._in_pre and "\n" in data:
            self._put(data.partition("\n")[0])
            self._end_row()
        else:
            self._put(data)

    def _put(self, text: str) -> None:
        if self._link is not None and self._length < _LONGEST_TEXT:
            self._beside.append(text)
            self._length += len(text)

    def _begin_link(self, href: str) -> None:
        found = name_of_link(href, self._url)
        # An icon may be a link as well.
        if found is None or found != self._link:
            self._end_row()
        if found is None:
            self._ordered = self._ordered or _ORDER.search(href) is not None
        self._link = found
        self._in_link = found is not None
        self._beside, self._length, self._hint = [], 0, None

    def _begin_cell(self, attrs: list[tuple[str, str | None]]) -> None:
        self._put("\t")
        for name, value in attrs:
            if name in _HINTS and self._hint is None and (value or "").isdecimal():
                self._hint = int((value or "")[:_MOST_DIGITS])

    def _end_row(self) -> None:
        if self._link is None:
            return
        (name, folder), self._link = self._link, None
        if len(self._told) + len(self._bare) >= self._most:
            self._odd = True
            return
        row = read_row("".join(self._beside), sized=self._sized)
        entries = self._told if row.told else self._bare
        entries.setdefault(name, _entry(name, row, self._hint, folder=folder))

    def _is_titled(self) -> bool:
        title = self._title.strip()
        path = unquote(path_of(self._url)).rstrip("/")
        named = title.rstrip("/").endswith(path) if path else title[-2:] in {"/", " /"}
        return named or _TITLE.match(title) is not None

    def _is_dated(self) -> bool:
        dates = [one.modified for one in self._told.values()]
        return bool(dates) and None not in dates and not self._bare


def _entry(name: str, row: Row, hint: int | None, *, folder: bool) -> Entry:
    size = row.size
    # Believed only where it says more exactly what was written for people.
    if size and hint is not None and abs(hint - size.about) <= size.error:
        size = Size(hint)
    return Entry(
        name=name,
        folder=folder,
        size=None if folder else size,
        modified=row.modified,
    )
