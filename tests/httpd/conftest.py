"""What tests with a real httpd share."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.httpd.accounts import Account, choose_accounts
from tests.httpd.network import Network, network
from tests.httpd.served import Order, Serve, Served, open_folder, serving


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Start an httpd as ordered; all of a module's end with the module."""
    with contextlib.ExitStack() as stack:
        yield lambda order: stack.enter_context(serving(order))


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One httpd for all tests of a module that change nothing."""
    with serving(Order()) as running:
        yield running


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """Make an empty folder that every account can read."""
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def stranger() -> Account:
    """Return an account to which a mode of 0 is closed, which root's is not."""
    return choose_accounts().httpd


@pytest.fixture(scope="module")
def mirrors() -> Iterator[Network]:
    """Run the mirrors of this module."""
    with network() as running:
        yield running
