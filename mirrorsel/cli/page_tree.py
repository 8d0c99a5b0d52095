"""The download pages below a document root."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.docroot import DocumentRoot
from mirrorsel.pages import Template, is_download_page, parse

_SUFFIXES = frozenset({".html", ".ezt"})


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files of a document root, as templates name them."""

    root: DocumentRoot

    def text(self, name: str, beside: str, /) -> bytes | None:
        """Return a file as it is; None if it cannot be read."""
        return self.root.read(name, beside)

    def template(self, name: str, beside: str, /) -> Template | None:
        """Return a file as a template; None if it cannot be read."""
        text = self.text(name, beside)
        if text is None:
            return None
        place = self.root.name(name, beside) or name
        return parse(text, name=place, includer=self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTree:
    """The pages of one document root."""

    folder: Path
    files: PageFiles
    pages: tuple[Template, ...]
    unread: tuple[Path, ...]
    """Folders and pages that cannot be read, or lead out of the root."""


def page_tree(path: Path) -> PageTree:
    """Return the pages below a folder, or a file alone as a page of its folder."""
    folder = path if path.is_dir() else path.parent
    files = PageFiles(DocumentRoot(folder))
    unread: list[Path] = []
    pages: list[Template] = []
    for one in _walk(folder, unread) if path.is_dir() else [path]:
        name = str(one.relative_to(folder))
        text = files.text(name, "")
        if text is None:
            unread.append(one)
        elif one == path or one.with_suffix(".cgi").exists() or is_download_page(text):
            pages.append(parse(text, name=name, includer=files))
    return PageTree(
        folder=folder, files=files, pages=tuple(pages), unread=tuple(unread)
    )


def _walk(folder: Path, unread: list[Path]) -> Iterator[Path]:
    """Yield what may be a page; links to folders are not followed."""

    def note(error: OSError) -> None:
        unread.append(Path(error.filename))

    for place, folders, names in os.walk(folder, onerror=note):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix in _SUFFIXES:
                yield Path(place, name)
