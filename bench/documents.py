"""Tables of the results within the documents."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from bench.report import KEPT, Found

DOCS = Path(__file__).parents[1] / "docs"
DRAWN = KEPT.parent / "pictures"
"""Where a run draws them."""
DOCUMENTS = ("performance.md", "selection-quality.md")
_PLACE = re.compile(
    r"(?P<begin><!-- bench: (?P<title>.+?) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


def fill(found: Found, folder: Path = DOCS) -> None:
    """Put tables and pictures into the places that documents have for them."""
    for name in DOCUMENTS:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        path.write_text(filled(text, found), encoding="utf-8")
    for picture in DRAWN.glob("*.svg"):
        shutil.copy(picture, folder / "pictures")


def filled(text: str, found: Found) -> str:
    """Return a document with the tables in the places that name their titles.

    A place whose table was not measured stays as it is.
    """
    tables = {one.title: one for one in found.tables}

    def put(place: re.Match[str]) -> str:
        table = tables.get(place["title"])
        if table is None:
            return place[0]
        lines = [*table.lines()[2:], f"Measured on {found.place}."]
        return place["begin"] + _joined(lines) + place["end"]

    return _PLACE.sub(put, text)


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in ["", *lines, ""])
