"""What was seen in the folders that are published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mirrorsel.audit.directive import Directive


class Trait(StrEnum):
    """What makes a file worth a look."""

    SCRIPT = "script"
    """Its name ends like a script's, or it begins with `#!`."""
    EXECUTABLE = "executable"
    SETUID = "setuid"
    """Setuid or setgid, and executable."""
    WRAPPER = "wrapper"
    """A `.cgi` that does nothing but start the old mirror script."""
    PAGE = "page"
    """The template of a wrapper lies beside it."""
    WRITABLE = "writable"
    """The account of httpd, or everybody, can write to it."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Document:
    """A file or folder with at least one trait."""

    path: str
    traits: frozenset[Trait] = field(compare=False)
    who: str = ""
    """Who can write to it, where it has the trait WRITABLE."""

    @property
    def folder(self) -> str:
        """The folder it lies in."""
        return self.path.rpartition("/")[0] or "/"

    @property
    def name(self) -> str:
        """Its name in that folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """Everything of note in the folders that were looked at."""

    files: tuple[Document, ...] = ()
    around: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Who can write to folders that a published folder lies in, by both."""
    htaccess: Mapping[str, tuple[Directive, ...]] = field(default_factory=dict)
    """The directives of the `.htaccess` files, by folder."""
    unread: Mapping[str, str] = field(default_factory=dict)
    """The paths that could not be read, with the reason."""
    missing: frozenset[str] = frozenset()
    """The folders that do not exist."""
