"""The addresses of mirrors' hosts with their places, looked up side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial

import click

from mirrorsel.cli.progress import followed
from mirrorsel.config import Settings
from mirrorsel.errors import FetchError
from mirrorsel.geo import open_locator
from mirrorsel.lint import HostFacts, hosts_of
from mirrorsel.lists import Loaded
from mirrorsel.model import Country, Location, Outcome
from mirrorsel.net import Deadline, Resolver, resolve

_JOBS = 16
_SECONDS = 10.0
"""How long one host may take."""


def look_up(
    lists: Iterable[Loaded],
    countries: Mapping[str, Country],
    settings: Settings | None,
    resolver: Resolver = resolve,
) -> Mapping[str, HostFacts]:
    """Return what there is to know of the hosts of lists, by their names.

    Args:
        lists: The lists.
        countries: What `load_countries` returned.
        settings: They name the GeoIP database; None for the embedded table.
        resolver: Finds the addresses of a host.

    Raises:
        DatabaseError: the GeoIP database cannot be used.
        click.ClickException: no name at all has an address.

    """
    database = settings.geoip.database if settings else ""
    path = settings.path(database) if settings and database else None
    locator = open_locator(path, None, countries)
    hosts = hosts_of(mirror for one in lists for mirror in one.list.mirrors)
    found = host_facts(hosts, locator.locate, resolver)
    if found and all(one.failure for one in found.values()):
        failure = next(iter(found.values())).failure
        message = f"no host has an address ({failure}); is there a network?"
        raise click.ClickException(message)
    return found


def host_facts(
    hosts: Iterable[str],
    locate: Callable[[str], Location],
    resolver: Resolver,
) -> Mapping[str, HostFacts]:
    """Return what there is to know of hosts, by their names.

    Of one whose name server does not answer in time nothing is known.

    Args:
        hosts: Names or addresses as in URLs, each once.
        locate: Places an address.
        resolver: Finds the addresses of a host.

    """
    with _workers() as pool:
        started: dict[Future[HostFacts], str] = {
            pool.submit(_look_up, one, locate, resolver): one for one in hosts
        }
        ended = followed(as_completed(started), len(started), "Looking up")
        return {started[one]: one.result() for one in ended}


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    pool = ThreadPoolExecutor(_JOBS)
    try:
        yield pool
    finally:
        # Whoever interrupts waits for those that have begun, and for no others.
        pool.shutdown(cancel_futures=True)


def _look_up(
    host: str, locate: Callable[[str], Location], resolver: Resolver
) -> HostFacts:
    find = partial(resolver, host.strip("[]"), private=True)
    try:
        with Deadline(_SECONDS) as deadline:
            addresses = deadline.wait_for(find)
    except FetchError as error:
        known = error.outcome == Outcome.DNS
        return HostFacts(failure=error.detail if known else "")
    places = tuple((one.text, locate(one.text).country) for one in addresses)
    return HostFacts(places=places)
