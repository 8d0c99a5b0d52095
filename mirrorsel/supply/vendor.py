"""Who makes databases, and how they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import BinaryIO, Protocol

from mirrorsel.geo import About


class Form(Enum):
    """How a database is packed."""

    GZIP = "gzip"
    """By itself, compressed (RFC 1952)."""
    TAR = "tar"
    """In a compressed archive, as the only member that is named `*.mmdb`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What was sent."""

    form: Form
    url: str
    """Where it was asked for."""
    md5: str | None
    """Of the database itself, in hexadecimal; None where its maker does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """The database that is in place."""

    about: About
    md5: Callable[[], str]
    """Of its file, in hexadecimal; that takes a while."""


class Vendor(Protocol):
    """A maker of databases."""

    def get(
        self, edition: str, present: Present | None, into: BinaryIO
    ) -> Package | Present:
        """Get the newest database of an edition, packed; `present` if that is it.

        Raises:
            SupplyError: it is not to be had; the message says what to do.
            OSError: `into` cannot be written.

        """
        ...


def utc_now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)
