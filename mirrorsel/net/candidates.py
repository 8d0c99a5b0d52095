"""The addresses that one fetch may try, one after the other."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.limits import Limits
from mirrorsel.net.plain import plain

T = TypeVar("T")

# Enough for a host with a few dead addresses, yet bounded.
_ADDRESSES = 4


class UnreachedError(FetchError):
    """No connection came about, so that another address may do."""


def candidates(
    host: str, limits: Limits, deadline: Deadline, resolve: Resolver
) -> tuple[Address, ...]:
    """Return the checked addresses of a host that may be tried, at least one.

    Raises:
        FetchError: there is none (DNS, FORBIDDEN_ADDRESS), or it took too long.

    """
    find = partial(resolve, host, private=limits.private_addresses)
    found = deadline.wait_for(find)
    tried = tuple(one for one in found if one.family in limits.families)
    if not tried:
        names = " or ".join(f"IPv{one}" for one in sorted(limits.families))
        raise FetchError(Outcome.DNS, f"{plain(host)} has no address of {names}")
    return tried[:_ADDRESSES]


def first_reached(
    addresses: tuple[Address, ...], ask: Callable[[Address], T], deadline: Deadline
) -> T:
    """Return what the first address answers that can be reached.

    Raises:
        FetchError: what `ask` raised for the last address that was tried, with its
            family.

    """
    *others, last = addresses
    for address in others:
        try:
            return _ask(address, ask)
        except UnreachedError:
            deadline.check()
    return _ask(last, ask)


def _ask(address: Address, ask: Callable[[Address], T]) -> T:
    try:
        return ask(address)
    except FetchError as error:
        error.family = address.family
        raise
