"""One database, brought up to date."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mirrorsel.errors import DatabaseError, SupplyError
from mirrorsel.geo import About, Database, open_networks, open_places
from mirrorsel.supply.order import Order, Use
from mirrorsel.supply.renewal import Current, Doubted, Renewal, Replaced, doubt
from mirrorsel.supply.seat import Seat
from mirrorsel.supply.transfer import LARGEST, host_of
from mirrorsel.supply.unpacking import md5_of, unpack
from mirrorsel.supply.vendor import Package, Present, Vendor

_OPEN: Mapping[Use, Callable[[Path], Database[Any]]] = MappingProxyType(
    {Use.PLACES: open_places, Use.NETWORKS: open_networks}
)


def renew(
    order: Order, vendor: Vendor, *, force: bool = False, largest: int = LARGEST
) -> Renewal:
    """Get the newest database of an edition, and put it into place.

    It is checked and tried first. Whatever goes wrong, the database in place stays
    there as it is.

    Args:
        order: Which, and where to.
        vendor: Who makes it.
        force: Whether to get it though it seems to be in place, and to put it there
            though it is worth a doubt.
        largest: The most bytes that it may have.

    Raises:
        SupplyError: it is not to be had, cannot be used or has no place.

    """
    with Seat(order.target) as seat:
        try:
            return _renew(seat, order, vendor, force=force, largest=largest)
        except OSError as error:
            raise seat.failure(error) from error


def _renew(
    seat: Seat, order: Order, vendor: Vendor, *, force: bool, largest: int
) -> Renewal:
    before = _before(order, seat, force=force)
    present = None if force or before is None else _present(seat.file, before)
    with seat.scratch() as packed:
        package = vendor.get(order.edition, present, packed)
        if isinstance(package, Present):
            return Current(about=package.about)
        md5 = unpack(packed, package.form, seat.part, largest)
    _check(package, md5)
    if before is not None and md5 == _md5(seat.file):
        # Some makers do not tell what they have before it is got.
        return Current(about=before)
    after = _tried(order, package, seat.part_file)
    if before is not None and not force and (why := doubt(before, after)):
        return Doubted(about=after, why=why)
    seat.replace(keep=before is not None)
    return Replaced(about=after, before=before, kept=seat.kept)


def _before(order: Order, seat: Seat, *, force: bool) -> About | None:
    """Return what the database in place says of itself; None if there is none.

    Raises:
        SupplyError: what is there is no such database, and may be anything.

    """
    if not seat.file.exists():
        return None
    try:
        return _OPEN[order.use](seat.file).about
    except DatabaseError as error:
        if force:
            return None
        message = f"{error}; it is left as it is, and --force replaces it"
        raise SupplyError(message) from error


def _present(file: Path, about: About) -> Present:
    return Present(about=about, md5=partial(_md5, file))


def _md5(file: Path) -> str:
    with file.open("rb") as opened:
        return md5_of(opened)


def _check(package: Package, md5: str) -> None:
    if package.md5 is not None and package.md5 != md5:
        raise SupplyError(
            f"what came from {host_of(package.url)} has another checksum than is told"
            f" of it: {md5}, not {package.md5}; try again later"
        )


def _tried(order: Order, package: Package, file: Path) -> About:
    """Return what a new database says of itself, once it has answered.

    Raises:
        SupplyError: it cannot be used.

    """
    try:
        return _OPEN[order.use](file).about
    except DatabaseError as error:
        why = error.problems[0].message
        message = f"{order.edition} of {host_of(package.url)} {why}"
        raise SupplyError(message) from error
