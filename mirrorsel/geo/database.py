"""A file in the MaxMind DB format that tells something of addresses."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

import maxminddb
from geoip2.database import Reader
from geoip2.errors import AddressNotFoundError
from geoip2.models import ASN, Country
from maxminddb import InvalidDatabaseError
from msgspec import Struct, ValidationError, convert

from mirrorsel.errors import DatabaseError, Problem
from mirrorsel.printable import one_line
from mirrorsel.regular import MEBIBYTE, open_regular

Record = TypeVar("Record")
Shape = TypeVar("Shape", bound=Struct)

_LARGEST = 16 * 1024 * MEBIBYTE

LookUp: TypeAlias = Callable[[Reader, str], Record]

# By what the type of a database, such as GeoLite2-City or DBIP-City-Lite, holds.
_PLACES: Mapping[str, LookUp[Country]] = MappingProxyType(
    {"City": Reader.city, "Country": Reader.country, "Enterprise": Reader.enterprise}
)
_NETWORKS: Mapping[str, LookUp[ASN]] = MappingProxyType(
    {"ASN": Reader.asn, "ISP": Reader.isp}
)

_IPV6 = 6

_TRIED = tuple(f"{first}.1.1.1" for first in range(256))
"""The addresses that are looked up when a database is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a database says of itself."""

    type: str
    """Such as GeoLite2-City or DBIP-City-Lite."""
    places: bool
    """Whether it tells places; else it tells autonomous systems."""
    built: float
    """When it was built, in seconds of Unix time."""
    nodes: int
    """How many there are in its search tree, by which databases of one type can be
    compared in size."""
    families: tuple[int, ...]
    """The IP families of the addresses that it knows: 4, or 4 and 6."""


class Database(Generic[Record]):
    """An open database.

    The file is mapped into memory, so that all processes share one copy.
    It must be replaced by renaming a new one over it, never be rewritten in place;
    the old one stays readable for as long as it is in use.
    """

    about: About
    """What it says of itself."""

    def __init__(self, path: Path, kinds: Mapping[str, LookUp[Record]]) -> None:
        """Open a file that is of one of these kinds.

        Raises:
            DatabaseError: it is missing, unreadable, damaged or of another kind.

        """
        self._reader, self._plain = _open(path)
        self.about = _about(self._reader)
        look_up = next((kinds[one] for one in kinds if one in self.about.type), None)
        if look_up is None:
            kind = one_line(self.about.type)
            message = f"is a database of the type {kind}, not {' or '.join(kinds)}"
            raise DatabaseError(path, Problem(message=message))
        self._look_up = look_up
        self._try(path)

    def find(self, address: str) -> Record | None:
        """Return the record of an address, None if there is none that can be read."""
        try:
            return self._look_up(self._reader, address)
        except (AddressNotFoundError, ValueError):
            # An IPv6 address in an IPv4 database is a ValueError.
            return None
        except (InvalidDatabaseError, TypeError, AttributeError):
            # Damage that opening did not find, or a record of another shape than
            # the models of geoip2: it must not cost the client its answer.
            return None

    def glance(self, address: str, shape: type[Shape]) -> Shape | None:
        """Return a part of what `find` does, in a tenth of the time."""
        try:
            found = self._plain.get(address)
            return None if found is None else convert(found, shape)
        except (InvalidDatabaseError, ValidationError, ValueError, TypeError):
            # As in `find`; the reader in Python takes any value for a key.
            return None

    @property
    def exact(self) -> bool:
        """Whether it tells where in its country an address is."""
        kind = self._reader.metadata().database_type
        return "City" in kind or "Enterprise" in kind

    def _try(self, path: Path) -> None:
        # Opening reads no records; damage shows only when they are decoded.
        try:
            with maxminddb.open_database(path, maxminddb.MODE_MMAP) as reader:
                for address in _TRIED:
                    _check_names(reader.get(address))
            for address in _TRIED:
                with suppress(AddressNotFoundError):
                    self._look_up(self._reader, address)
        except (InvalidDatabaseError, ValueError, TypeError, AttributeError) as error:
            # A ValueError: text that is no UTF-8.
            raise _damaged(path) from error


def _check_names(record: object) -> None:
    """Check that all names in a record, which the reader in Python got, are text.

    The one in C takes them for text, whatever they are, and ends the process.

    Raises:
        TypeError: they are not.

    """
    parts: Iterable[object] = ()
    if isinstance(record, dict):
        if not all(isinstance(name, str) for name in record):
            raise TypeError(record)
        parts = record.values()
    elif isinstance(record, list):
        parts = record
    for part in parts:
        _check_names(part)


def open_places(path: Path) -> Database[Country]:
    """Open a City, Country or Enterprise database.

    Raises:
        DatabaseError: it is missing, unreadable, damaged or of another kind.

    """
    return Database(path, _PLACES)


def open_networks(path: Path) -> Database[ASN]:
    """Open an ASN or ISP database.

    Raises:
        DatabaseError: it is missing, unreadable, damaged or of another kind.

    """
    return Database(path, _NETWORKS)


def open_any(path: Path) -> Database[Country | ASN]:
    """Open a database of any kind that tells places or networks.

    Raises:
        DatabaseError: it is missing, unreadable, damaged or of another kind.

    """
    return Database(path, {**_PLACES, **_NETWORKS})


def _about(reader: Reader) -> About:
    told = reader.metadata()
    return About(
        type=told.database_type,
        places=any(one in told.database_type for one in _PLACES),
        built=float(told.build_epoch),
        nodes=told.node_count,
        families=(4, 6) if told.ip_version == _IPV6 else (4,),
    )


def _open(path: Path) -> tuple[Reader, maxminddb.Reader]:
    try:
        # A named pipe would be waited for without end.
        open_regular(path, largest=_LARGEST).close()
        # The reader below that of geoip2 is its own; both map the same pages.
        return Reader(path), maxminddb.open_database(path)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise DatabaseError(path, Problem(message=message)) from error
    except (InvalidDatabaseError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> DatabaseError:
    message = "is damaged or not in the MaxMind DB format"
    return DatabaseError(path, Problem(message=message))
