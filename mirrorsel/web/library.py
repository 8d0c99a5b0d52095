"""Templates, parsed once and kept while their files stay as they are."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from mirrorsel.config import Settings
from mirrorsel.docroot import DocumentRoot
from mirrorsel.errors import Problem
from mirrorsel.pages import (
    LARGEST_FILE,
    NAMES,
    Finding,
    Template,
    Unknown,
    Vocabulary,
    cannot_be_read,
    parse,
)
from mirrorsel.selection.bounded import Bounded
from mirrorsel.web.versions import Version, Versions, version_of

_log = logging.getLogger("mirrorsel.pages")

_KEPT = 32 * 2**20
_REPORTED = 4096
_MOST = 20
"""How many problems of a file are logged one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A parsed file, and all that was read for it."""

    template: Template
    files: Versions


Key: TypeAlias = tuple[Path, str, Unknown]
"""A document root, a name below it, and what becomes of unknown names.

The same file may lie in two roots, and one of them may not hold what it includes.
"""


class Library:
    """The templates of a process, as many as fit.

    Several threads may use it: the worst that can happen is work done twice.
    """

    def __init__(self, capacity: int = _KEPT) -> None:
        """Hold templates of `capacity` bytes in all.

        A template that is larger by itself is held too, but alone.
        """
        self._capacity = capacity
        self._kept: dict[Key, Kept] = {}
        self._reported: Bounded[Version, bool] = Bounded(_REPORTED)
        self._cut: Bounded[Version, int] = Bounded(_REPORTED)

    def find(self, key: Key) -> Template | None:
        """Return a template that is still as its files are."""
        kept = self._kept.get(key)
        return kept.template if kept and kept.files.are_current() else None

    def files(self, key: Key, template: Template) -> Versions | None:
        """Return of which files a template was made; None if it is not kept."""
        kept = self._kept.get(key)
        return kept.files if kept and kept.template is template else None

    def keep(self, key: Key, kept: Kept) -> None:
        """Keep a template; when there are too many, forget all others."""
        self._kept.pop(key, None)
        held = sum(one.template.size for one in tuple(self._kept.values()))
        if held + kept.template.size > self._capacity:
            self._kept.clear()
        self._kept[key] = kept
        version = kept.files.read[0]
        if version not in self._reported:
            self._reported[version] = True
            self._report(key[0] / key[1], kept.template)

    def refuse(self, path: Path) -> None:
        """Log once for each version of a file that it cannot be read, if it exists."""
        version = version_of(path)
        if version[1] is not None and version not in self._reported:
            self._reported[version] = True
            _log.error("%s: %s", path, cannot_be_read())

    def cut(self, path: Path, problem: Problem) -> None:
        """Log once for each version of a file that it ends a page early."""
        place = version_of(path)
        if self._cut.get(place) != problem.line:
            self._cut[place] = problem.line
            _log.error("%s", problem.at(path))

    def _report(self, path: Path, template: Template) -> None:
        problems = template.problems
        for problem in problems[:_MOST]:
            _log.warning("%s", problem.at(path))
        if len(problems) > _MOST:
            _log.warning("%s: %d more", path, len(problems) - _MOST)


class Shelf:
    """The templates of one document root; what they include lies in it too."""

    def __init__(
        self,
        library: Library,
        folder: Path,
        unknown: Unknown,
        vocabulary: Vocabulary = NAMES,
    ) -> None:
        """Take a folder, what becomes of unknown names, and which are known."""
        self._library = library
        self._folder = folder
        self._unknown = unknown
        self._vocabulary = vocabulary

    def text(self, name: str, beside: str = "", /) -> bytes | None:
        """Return a file as it is; None if it cannot be read."""
        root = DocumentRoot(self._folder, largest=LARGEST_FILE)
        return root.read(name, beside)

    def template(self, name: str, beside: str = "", /) -> Template | None:
        """Return a file as a template; None if it cannot be read."""
        inside = DocumentRoot(self._folder).name(name, beside)
        return None if inside is None else self.page(inside)

    def page(self, name: str) -> Template | None:
        """Return a template by its name below the root; None if it cannot be read.

        A version that was read once was found inside the root. Whatever makes the
        name mean another file changes the file's signature.
        """
        return self._library.find(self.key(name)) or self._parsed(name)

    def key(self, name: str) -> Key:
        """Return what a template is kept by."""
        return self._folder, name, self._unknown

    def files(self, template: Template) -> Versions | None:
        """Return of which files a template of this root was made, if it is kept."""
        return self._library.files(self.key(template.name), template)

    def cut(self, finding: Finding) -> None:
        """Log, if it is new, where a page ended early."""
        self._library.cut(self._folder / finding.name, finding.problem)

    def refuse(self, name: str) -> None:
        """Log, if it is new, that a file which exists cannot be read as a page."""
        self._library.refuse(self._folder / name)

    def _parsed(self, name: str) -> Template | None:
        path = self._folder / name
        # The signature from before the reading: a change meanwhile makes a new one.
        version = version_of(path)
        text = self.text(name)
        if text is None:
            return None
        reading = _Reading(self._library, self._folder, self._unknown)
        template = parse(
            text,
            name=name,
            includer=reading,
            unknown=self._unknown,
            vocabulary=self._vocabulary,
        )
        files = Versions((version, *reading.included))
        self._library.keep(self.key(name), Kept(template=template, files=files))
        return template


def shelf_of(
    library: Library, folder: Path, settings: Settings, vocabulary: Vocabulary = NAMES
) -> Shelf:
    """Return the templates of a document root, read as the settings say."""
    return Shelf(library, folder, unknown_of(settings), vocabulary)


def unknown_of(settings: Settings) -> Unknown:
    """Return what becomes of unknown names in the pages of all document roots."""
    return Unknown.LITERAL if settings.pages.keep_unknown else Unknown.EMPTY


class _Reading(Shelf):
    """Notes the files that are put into a template while it is parsed."""

    def __init__(self, library: Library, folder: Path, unknown: Unknown) -> None:
        super().__init__(library, folder, unknown)
        self.included: list[Version] = []

    def text(self, name: str, beside: str = "", /) -> bytes | None:
        # A name from the root begins with a slash.
        start = Path() if name.startswith("/") else Path(beside).parent
        path = self._folder / start / name.lstrip("/")
        self.included.append(version_of(path))
        return super().text(name, beside)
