"""Tests for mirrorsel.cli.lint_hosts."""

import threading

import click
import pytest

from mirrorsel.cli.lint_hosts import host_facts, look_up
from mirrorsel.errors import FetchError
from mirrorsel.geo import load_countries
from mirrorsel.lint import HostFacts
from mirrorsel.lists import parse
from mirrorsel.model import Location, Outcome
from mirrorsel.net import Address

PLACES = {"192.0.2.1": "de", "2001:db8::1": "fr"}


def locate(address: str) -> Location:
    """Place an address."""
    return Location(country=PLACES.get(address))


def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
    """Return the addresses of a few hosts."""
    assert private
    if host == "none.example":
        raise FetchError(Outcome.DNS, "none.example: unknown")
    if host == "late.example":
        raise FetchError(Outcome.DEADLINE, "not done within 10 s")
    if host == "both.example":
        found = (("192.0.2.1", 4), ("2001:db8::1", 6))
        return tuple(Address(text=text, family=family) for text, family in found)
    return (Address(text=host, family=6 if ":" in host else 4),)


@pytest.mark.parametrize(
    ("host", "facts"),
    [
        pytest.param(
            "both.example",
            HostFacts(places=(("192.0.2.1", "de"), ("2001:db8::1", "fr"))),
            id="two addresses",
        ),
        pytest.param(
            "[2001:db8::1]", HostFacts(places=(("2001:db8::1", "fr"),)), id="an address"
        ),
        pytest.param(
            "192.0.2.9", HostFacts(places=(("192.0.2.9", None),)), id="an unknown place"
        ),
        pytest.param(
            "none.example", HostFacts(failure="none.example: unknown"), id="no address"
        ),
        pytest.param("late.example", HostFacts(), id="no answer in time"),
    ],
)
def test_a_host(host: str, facts: HostFacts) -> None:
    """Its addresses are placed; what cannot be told is not held against it."""
    assert {host: facts} == host_facts([host], locate, resolve)


def test_many_hosts_at_once() -> None:
    """They are looked up side by side, and no more than sixteen at a time."""
    running, most, lock = 0, 0, threading.Lock()
    full = threading.Event()

    def slow(host: str, *, private: bool) -> tuple[Address, ...]:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if running == 16:
                full.set()
        assert full.wait(8)
        with lock:
            running -= 1
        return resolve(host, private=private)

    hosts = [f"192.0.2.{number}" for number in range(100)]

    assert set(hosts) == set(host_facts(hosts, locate, slow))
    assert most == 16


def test_a_defect_is_not_swallowed() -> None:
    """An error that nobody foresaw comes out."""

    def broken(host: str, *, private: bool) -> tuple[Address, ...]:
        raise RuntimeError(host, private)

    with pytest.raises(RuntimeError):
        host_facts(["a.example"], locate, broken)


def test_without_a_network() -> None:
    """If no host has an address, that is no fault of the list."""
    loaded = parse("http de https://none.example/\n", None)

    with pytest.raises(click.ClickException, match="is there a network") as caught:
        look_up([loaded], load_countries(), None, resolve)

    assert "none.example: unknown" in str(caught.value)


def test_nothing_to_look_up() -> None:
    """A list without mirrors asks nothing."""
    assert {} == look_up([parse("", None)], load_countries(), None)
