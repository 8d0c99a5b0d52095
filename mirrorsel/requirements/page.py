"""The page by which a server shows a folder."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

_FRAMES = frozenset({"frame", "frameset", "iframe"})
_CONTAINERS = frozenset({"pre", "table", "ul"})
# What a server adds by itself, and what nobody sees.
_HIDDEN = frozenset({"address", "script", "style", "title"})
_DEEPEST = 50
_MOST_CONTAINERS = 500
_MOST_ENTRIES = 5000
_LONGEST_NAME = 255
_HEADING = re.compile(r"Index of \S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page of a folder shows."""

    entries: tuple[str, ...] = ()
    """The names in their order, those of folders with a slash; each once."""
    header: str = ""
    """The text above the names, without a heading of the server's own."""
    footer: str = ""
    """The text below the names, without the server's signature."""
    icons: bool = False
    """Whether there are images among the names."""
    frames: bool = False


def read_page(url: str, body: bytes) -> Page:
    """Return what a page of HTML shows; of one that is none, an empty `Page`.

    The names are the links to what lies directly below the URL.

    Args:
        url: The folder, ending in a slash.
        body: The page, in UTF-8 or nearly so.

    """
    reader = _Reader(url)
    # Never closed: at the end of what is malformed, the parser would look through
    # the rest of the page once for each character of it.
    # Its base class answers some of that with a failed assertion.
    with suppress(AssertionError):
        reader.feed(body.decode(errors="replace"))
    return reader.page()


@dataclass(slots=True)
class _Container:
    tag: str
    start: int
    end: int | None = None
    entries: list[str] = field(default_factory=list)
    images: int = 0


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._texts: list[str] = []
        self._open: list[_Container] = []
        self._containers: list[_Container] = []
        self._hidden: str | None = None
        self._frames = False
        self._count = 0

    def page(self) -> Page:
        """Return the page as read so far."""
        listing = max(
            self._containers,
            key=lambda one: len(one.entries),
            default=_Container("", 0),
        )
        if not listing.entries:
            return Page(frames=self._frames)
        header = _joined(self._texts[: listing.start])
        return Page(
            entries=tuple(dict.fromkeys(listing.entries)),
            header=_HEADING.sub("", header).strip(),
            footer=_joined(self._texts[listing.end :] if listing.end else []),
            icons=bool(listing.images),
            frames=self._frames,
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden = tag
        elif tag in _FRAMES:
            self._frames = True
        elif tag in _CONTAINERS:
            self._begin(tag)
        elif tag == "img":
            for one in self._open:
                one.images += 1
        elif tag == "a":
            self._link(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = None
        elif any(one.tag == tag for one in self._open):
            ended = ""
            while ended != tag:
                container = self._open.pop()
                container.end = len(self._texts)
                ended = container.tag

    def handle_data(self, data: str) -> None:
        if self._hidden is None:
            self._texts.append(data)

    def _begin(self, tag: str) -> None:
        if len(self._open) < _DEEPEST and len(self._containers) < _MOST_CONTAINERS:
            container = _Container(tag, start=len(self._texts))
            self._open.append(container)
            self._containers.append(container)

    def _link(self, href: str) -> None:
        name = _entry(self._url, href)
        if name is not None and self._count < _MOST_ENTRIES:
            self._count += 1
            for one in self._open:
                one.entries.append(name)


def _joined(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


def _entry(folder: str, href: str) -> str | None:
    """Return the name to which a link leads; None if that is not in the folder."""
    if "?" in href or "#" in href:
        return None
    try:
        target = urljoin(folder, href)
    except ValueError:
        return None
    if not target.startswith(folder):
        return None
    name = unquote(target[len(folder) :])
    inner = name.removesuffix("/")
    usable = inner and "/" not in inner and inner.isprintable()
    return name if usable and len(name) <= _LONGEST_NAME else None
