"""Lists of the objects of a bucket, as Amazon S3 and those like it make them."""

from dataclasses import dataclass
from urllib.parse import unquote
from xml.parsers import expat

from mirrorsel.listing.entry import Entry, Size
from mirrorsel.listing.moment import read_date
from mirrorsel.listing.name import plain_name

_ROOT = "ListBucketResult"
_LONGEST = 4096
_MOST_DIGITS = 18
_DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketPage:
    """One page of a list of objects, which are sorted by their keys."""

    objects: tuple[tuple[str, Entry], ...]
    """The files, each with the folder that its key puts it in."""
    token: str = ""
    """What asks for the next page in version 2; empty at the end, and in version 1."""
    marker: str = ""
    """What asks for the next page in version 1; empty at the end."""

    @property
    def more(self) -> bool:
        """Whether there is another page."""
        return bool(self.token or self.marker)


class BucketReader:
    """Reads a page that comes in pieces.

    Args:
        prefix: What all keys begin with, empty or ending in a slash; it is left out
            of the folders.

    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._path: list[str] = []
        self._text = ""
        self._fields: dict[str, str] = {}
        self._object: dict[str, str] = {}
        self._objects: list[tuple[str, Entry]] = []
        self._last = ""
        self._good = True
        self._closed = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take

    def feed(self, data: bytes) -> None:
        """Take the next piece of the page."""
        self._parse(data, last=False)

    def end(self) -> BucketPage | None:
        """Return the page; None for what is no such list, or only a part of one."""
        self._parse(b"", last=True)
        if not self._good or not self._closed:
            return None
        cut = self._fields.get("IsTruncated", "").strip().lower() == "true"
        token = self._fields.get("NextContinuationToken", "") if cut else ""
        marker = self._fields.get("NextMarker", "") or self._last
        # Without a way to its rest, a list is none of the whole.
        if cut and not token and not marker:
            return None
        return BucketPage(
            objects=tuple(self._objects),
            token=token,
            marker=marker if cut and not token else "",
        )

    def _parse(self, data: bytes, *, last: bool) -> None:
        if not self._good:
            return
        try:
            self._parser.Parse(data, last)
        except (expat.ExpatError, ValueError, LookupError):
            self._good = False

    def _refuse(self, *_: object) -> None:
        # No list has a document type, by which entities could grow without end.
        self._good = False
        raise ValueError("a document type")

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if (not self._path and name != _ROOT) or len(self._path) > _DEEPEST:
            self._refuse()
        self._path.append(name)
        self._text = ""

    def _take(self, text: str) -> None:
        self._text += text
        if len(self._text) > _LONGEST:
            self._refuse()

    def _end(self, _: str) -> None:
        name = self._path.pop()
        inside = self._path[1:]
        if not self._path:
            self._closed = True
        elif not inside and name == "Contents":
            self._add()
        elif not inside:
            self._fields[name] = self._text
        elif inside == ["Contents"]:
            self._object[name] = self._text
        self._text = ""

    def _add(self) -> None:
        found, self._object = self._object, {}
        self._last = key = found.get("Key", "")
        if self._fields.get("EncodingType") == "url":
            key = unquote(key.replace("+", "%20"), errors="replace")
        if not key.startswith(self._prefix):
            return
        *folders, last = key[len(self._prefix) :].split("/")
        names = [plain_name(one.encode(errors="replace")) for one in (*folders, last)]
        # A key that ends in a slash stands for a folder.
        if None in names:
            return
        size = found.get("Size", "").strip()
        known = size.isascii() and size.isdigit() and len(size) <= _MOST_DIGITS
        entry = Entry(
            name=last,
            size=Size(int(size)) if known else None,
            modified=read_date(found.get("LastModified", "").strip()),
        )
        self._objects.append(("/".join(folders), entry))
