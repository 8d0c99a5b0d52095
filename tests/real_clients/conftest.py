"""What the tests with real clients share."""

from collections.abc import Iterator

import pytest

from tests.real_clients.site import Site, running_site


@pytest.fixture(scope="module")
def _indexed() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture(scope="module")
def _unindexed() -> Iterator[Site]:
    with running_site(indexed=False) as site:
        yield site


@pytest.fixture
def site(_indexed: Site) -> Site:
    """Return a site with an index of its files, of which nobody has asked anything."""
    _indexed.forget()
    return _indexed


@pytest.fixture
def unindexed(_unindexed: Site) -> Site:
    """Return the same without an index."""
    _unindexed.forget()
    return _unindexed
