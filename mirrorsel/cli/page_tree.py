"""The download pages below a document root."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.docroot import DocumentRoot
from mirrorsel.pages import (
    LARGEST_FILE,
    NAMES,
    STANDARD,
    Template,
    Vocabulary,
    is_download_page,
    parse,
)

_SUFFIXES = frozenset({".html", ".ezt"})


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files of a document root, as templates name them."""

    root: DocumentRoot
    vocabulary: Vocabulary = NAMES

    def text(self, name: str, beside: str, /) -> bytes | None:
        """Return a file as it is; None if it cannot be read."""
        return self.root.read(name, beside)

    def template(self, name: str, beside: str, /) -> Template | None:
        """Return a file as a template; None if it cannot be read."""
        text = self.text(name, beside)
        if text is None:
            return None
        place = self.root.name(name, beside) or name
        return self.parsed(place, text)

    def parsed(self, name: str, text: bytes) -> Template:
        """Return a text as a template of this root."""
        return parse(text, name=name, includer=self, vocabulary=self.vocabulary)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTree:
    """The pages of one document root."""

    folder: Path
    files: PageFiles
    pages: tuple[Template, ...]
    unread: tuple[Path, ...]
    """Folders and pages that cannot be read, or lead out of the root."""


def page_tree(
    path: Path, vocabulary: Vocabulary = NAMES, *, alone: bool = False
) -> PageTree:
    """Return the pages below a folder, or a file alone as a page of its folder.

    With `alone`, a folder is no page, and counts as unread.
    """
    alone = alone or not path.is_dir()
    folder = path.parent if alone else path
    files = PageFiles(DocumentRoot(folder, largest=LARGEST_FILE), vocabulary)
    # What is no page may be larger than a page.
    every = DocumentRoot(folder)
    unread: list[Path] = []
    pages: list[Template] = []
    for one in [path] if alone else _walk(folder, unread):
        name = os.path.relpath(one, folder)
        text = every.read(name)
        named = alone or one.with_suffix(".cgi").exists()
        if text is None:
            unread.append(one)
        elif not (named or is_download_page(text)):
            continue
        elif len(text) > LARGEST_FILE:
            unread.append(one)
        else:
            pages.append(files.parsed(name, text))
    return PageTree(
        folder=folder, files=files, pages=tuple(pages), unread=tuple(unread)
    )


def pages_of(settings: Settings) -> list[PageTree]:
    """Return the default page and the archive page that the settings name."""
    names = dict.fromkeys([settings.pages.default, settings.pages.archive])
    paths = [settings.path(name) for name in names if name]
    return [page_tree(path, STANDARD, alone=True) for path in paths]


def _walk(folder: Path, unread: list[Path]) -> Iterator[Path]:
    """Yield what may be a page; links to folders are not followed."""

    def note(error: OSError) -> None:
        unread.append(Path(error.filename))

    for place, folders, names in os.walk(folder, onerror=note):
        folders.sort()
        for name in sorted(names):
            if Path(name).suffix in _SUFFIXES:
                yield Path(place, name)
