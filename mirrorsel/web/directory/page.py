"""A folder for people."""

from collections.abc import Iterator

from mirrorsel.model import Listing, PublishedFile
from mirrorsel.pages import Item
from mirrorsel.web.json import json_time
from mirrorsel.web.sizes import in_bytes
from mirrorsel.web.styled import StyledPage
from mirrorsel.web.target import escaped

_SHOWN = 12


class FolderPage:
    """Renders folders, in the look of the status pages."""

    def __init__(self) -> None:
        """Read the template."""
        self._page = StyledPage("directory/folder.html")
        self.policy = self._page.policy

    def render(self, path: str, listing: Listing) -> bytes:
        """Return the page of a folder; its path ends in a slash, or is empty."""
        rows = tuple(_rows(listing))
        left = listing.totals.folders + listing.totals.files - len(rows)
        return self._page.render(
            {
                "name": f"/{path}",
                "above": path,
                "summary": _summary(listing),
                "rows": rows,
                "left": f"{left:,}" if left > 0 else "",
            }
        )


def _summary(listing: Listing) -> str:
    totals = listing.totals
    counts = ((totals.folders, "folder"), (totals.files, "file"))
    told = [f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in counts if count]
    sizes = [in_bytes(totals.bytes)] if totals.files else []
    return ", ".join([*told, *sizes]) or "empty"


def _rows(listing: Listing) -> Iterator[Item]:
    names = ("size", "at", "date", "kind", "hash", "proof", "holders")
    blank = dict.fromkeys(names, "")
    for name in listing.folders:
        yield Item(text=f"{name}/", attributes=blank | {"href": f"./{escaped(name)}/"})
    for one in listing.files:
        yield Item(text=one.name, attributes=_attributes(one))


def _attributes(one: PublishedFile) -> dict[str, str]:
    # A name with a colon would be taken for a scheme without the first two.
    href = f"./{escaped(one.name)}"
    kind, known = _hash(one)
    return {
        "href": href,
        "size": in_bytes(one.size),
        "at": json_time(one.changed) or "",
        "date": f"{one.changed:%Y-%m-%d %H:%M}" if one.changed else "",
        "kind": kind,
        "hash": known[:_SHOWN],
        "proof": f"{href}.{kind.lower().replace('-', '')}",
        "holders": f"{href}?mirrorlist",
    }


def _hash(one: PublishedFile) -> tuple[str, str]:
    """Return the name and the digits of a hash that vouches for a file, if one does."""
    if one.disputed:
        return "", ""
    if one.sha256 or not one.sha512:
        return "SHA-256", one.sha256.hex()
    return "SHA-512", one.sha512.hex()
