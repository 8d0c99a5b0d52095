"""A folder for people."""

from collections.abc import Iterator
from importlib.resources import files

from mirrorsel.model import Listing, PublishedFile
from mirrorsel.pages import Item, Markup, Template, parse
from mirrorsel.web.directory.times import clock, iso
from mirrorsel.web.status.answer import hashed
from mirrorsel.web.status.templates import text
from mirrorsel.web.target import escaped

_SHOWN = 12
_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP = 1000
_EXACT = 10


class FolderPage:
    """Renders folders, in the look of the status pages."""

    def __init__(self) -> None:
        """Read the template and the style."""
        source = files("mirrorsel.web.directory").joinpath("folder.html")
        self._template: Template = parse(source.read_bytes(), name="folder.html")
        self._style = text("style.css")
        self.policy = (
            f"default-src 'none'; style-src {hashed(self._style)}; base-uri 'none';"
            " form-action 'none'; frame-ancestors 'none'"
        )
        """The strictest policy that shows the page (CSP Level 3, section 6)."""

    def render(self, path: str, listing: Listing) -> bytes:
        """Return the page of a folder; its path ends in a slash, or is empty."""
        rows = tuple(_rows(listing))
        left = listing.totals.folders + listing.totals.files - len(rows)
        return self._template.render(
            {
                "style": Markup(text=self._style),
                "name": f"/{path}",
                "above": path,
                "summary": _summary(listing),
                "rows": rows,
                "left": f"{left:,}" if left > 0 else "",
            }
        )


def in_bytes(size: int | None) -> str:
    """Return a size as people read it, in powers of 1,000; empty if it is unknown."""
    if size is None:
        return ""
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount, unit = amount / _STEP, unit + 1
    digits = 1 if unit and amount < _EXACT else 0
    return f"{amount:.{digits}f} {_UNITS[unit]}"


def _summary(listing: Listing) -> str:
    totals = listing.totals
    counts = ((totals.folders, "folder"), (totals.files, "file"))
    told = [f"{count:,} {noun}{'s' * (count != 1)}" for count, noun in counts if count]
    sizes = [in_bytes(totals.bytes)] if totals.files else []
    return ", ".join([*told, *sizes]) or "empty"


def _rows(listing: Listing) -> Iterator[Item]:
    blank = {"size": "", "at": "", "date": "", "hash": "", "proof": ""}
    for name in listing.folders:
        yield Item(text=f"{name}/", attributes=blank | {"href": f"./{escaped(name)}/"})
    for one in listing.files:
        yield Item(text=one.name, attributes=_attributes(one))


def _attributes(one: PublishedFile) -> dict[str, str]:
    # A name with a colon would be taken for a scheme without the first two.
    href = f"./{escaped(one.name)}"
    known = one.sha256.hex() if not one.disputed else ""
    return {
        "href": href,
        "size": in_bytes(one.size),
        "at": iso(one.modified),
        "date": clock(one.modified),
        "hash": known[:_SHOWN],
        "proof": f"{href}.sha256",
    }
