"""A file in the MaxMind DB format that tells something of addresses."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from geoip2.database import Reader
from geoip2.errors import AddressNotFoundError
from geoip2.models import ASN, Country
from maxminddb import InvalidDatabaseError

from mirrorsel.errors import DatabaseError, Problem
from mirrorsel.regular import MEBIBYTE, open_regular

Record = TypeVar("Record")

_LARGEST = 16 * 1024 * MEBIBYTE

LookUp: TypeAlias = Callable[[Reader, str], Record]

# By what the type of a database, such as GeoLite2-City or DBIP-City-Lite, holds.
_PLACES: Mapping[str, LookUp[Country]] = MappingProxyType(
    {"City": Reader.city, "Country": Reader.country, "Enterprise": Reader.enterprise}
)
_NETWORKS: Mapping[str, LookUp[ASN]] = MappingProxyType(
    {"ASN": Reader.asn, "ISP": Reader.isp}
)


class Database(Generic[Record]):
    """An open database.

    The file is mapped into memory, so that all processes share one copy.
    It must be replaced by renaming a new one over it, never be rewritten in place;
    the old one stays readable for as long as it is in use.
    """

    def __init__(self, path: Path, kinds: Mapping[str, LookUp[Record]]) -> None:
        """Open a file that is of one of these kinds.

        Raises:
            DatabaseError: it is missing, unreadable, damaged or of another kind.

        """
        self._reader = _open(path)
        kind = self._reader.metadata().database_type
        look_up = next((kinds[one] for one in kinds if one in kind), None)
        if look_up is None:
            message = f"is a database of the type {kind}, not {' or '.join(kinds)}"
            raise DatabaseError(path, Problem(message=message))
        self._look_up = look_up
        self._try(path)

    @property
    def built(self) -> float:
        """When it was built, in seconds of Unix time."""
        return float(self._reader.metadata().build_epoch)

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

    def _try(self, path: Path) -> None:
        # Opening reads no records; damage shows only when they are decoded.
        try:
            for first in range(256):
                with suppress(AddressNotFoundError):
                    self._look_up(self._reader, f"{first}.1.1.1")
        except (InvalidDatabaseError, TypeError, AttributeError) as error:
            raise _damaged(path) from error


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


def _open(path: Path) -> Reader:
    try:
        # A named pipe would be waited for without end.
        open_regular(path, largest=_LARGEST).close()
        return Reader(path)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise DatabaseError(path, Problem(message=message)) from error
    except (InvalidDatabaseError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> DatabaseError:
    message = "is damaged or not in the MaxMind DB format"
    return DatabaseError(path, Problem(message=message))
