"""What is known of one form: how it is read and written, and what it holds."""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mirrorsel.lists.file import decode
from mirrorsel.lists.forms.fields import Field
from mirrorsel.lists.reader import MARK
from mirrorsel.model import Mirror, MirrorList, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of a form."""

    path: Path
    """Its name as it was given, for messages."""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files that a form is read from."""

    pages: tuple[Page, ...]
    """One, or all of a folder in the order of their names; never empty."""
    listed: Page | None = None
    """The list of mirrors that goes with it, where the form has it in another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something that could not be kept."""

    what: str
    """What it is, as it stands behind "does not hold"."""
    whose: tuple[str, ...] = ()
    """The mirrors that it is lost of; empty where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was read."""

    mirrors: MirrorList
    snapshot: Snapshot | None = None
    """What another program saw of the mirrors, where the form tells it."""
    skipped: tuple[str, ...] = ()
    """What could not be used, with file and reason."""
    warnings: tuple[str, ...] = ()
    """What was mended or guessed."""
    losses: tuple[Loss, ...] = ()
    """What no list of ours can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is written."""

    mirrors: MirrorList
    snapshot: Snapshot | None = None
    """What was seen of the mirrors; None before anything was."""
    continents: Mapping[str, str] = field(default_factory=dict)
    """By country, for programs that want to be told."""


Reader = Callable[[Sources, Container[str] | None], Taken]
"""Reads files; takes the known countries too, as `parse` does.

Raises:
    ListError: a file as a whole cannot be used.

"""
Writer = Callable[[Listing], Mapping[str, str]]
"""Returns texts by the names of their files; that of one file has no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of a list."""

    name: str
    """As `--from` and `--to` take it."""
    about: str
    """What it is, in a few words, as a heading has them."""
    holds: frozenset[Field]
    read: Reader
    write: Writer
    folder: bool = False
    """Whether it has a file for each mirror."""
    reread: Callable[[tuple[Page, ...]], tuple[Mirror, ...]] | None = None
    """Returns what a written file says alone, where `read` needs more than that."""

    def written(self, listing: Listing) -> tuple[Page, ...]:
        """Return the files that hold as much of a list as the form can.

        They stand in the order of their names, as they will be read.
        """
        texts = sorted(self.write(listing).items())
        return tuple(
            Page(path=Path(name), content=text.encode()) for name, text in texts
        )

    def kept(self, pages: tuple[Page, ...]) -> tuple[Mirror, ...]:
        """Return the mirrors that written files hold."""
        if not pages:
            return ()
        if self.reread is not None:
            return self.reread(pages)
        return self.read(Sources(pages=pages), None).mirrors.mirrors


def alone(write: Callable[[Listing], str]) -> Writer:
    """Return what writes one file of a text."""
    return lambda listing: {"": write(listing)}


def text_of(page: Page) -> str:
    """Return the text of a file, without a byte order mark.

    Raises:
        ListError: it is not UTF-8.

    """
    return decode(page.path, page.content).removeprefix(MARK)


def list_of(mirrors: Iterable[Mirror], dated: datetime | None = None) -> MirrorList:
    """Return mirrors as a list."""
    return MirrorList(mirrors=tuple(mirrors), dated=dated)
