"""The requests whose instructions are counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.instructions.asking import environ, known, page_environ, strangers
from bench.instructions.reference import bare, empty_app
from bench.instructions.worlds import FILE, World
from mirrorsel.web.app import Wsgi

BARE = "bare WSGI function"
EMPTY = "empty Falcon app"
KNOWN = "redirect, known client"
RANDOM = "redirect, random clients, country table"
CITIES = "redirect, random clients, City database"
INDEXED = "redirect, known client, indexed file"
METALINK = "Metalink document"
DESCRIBED = "Metalink document, random clients"
PAGE = "page"
VISITED = "page, random clients, country table"
JSON = "closer, JSON"
STATUS = "status page"
MISSING = "404"

PAGE_TEXT = """<!DOCTYPE html>
<p>[if-any country]You are in [country].[else]Who knows where you are.[end]</p>
<p><a href="[preferred]httpd/httpd-2.4.66.tar.gz">httpd</a></p>
<select>[for http]<option value="[http]">[http]</option>[end]</select>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """An application and what it is asked."""

    name: str
    app: Wsgi
    ask: Callable[[str], Any]
    """Returns the environ of a request from an address."""
    addresses: Callable[[], Iterator[str]] = known
    few: bool = False
    """Whether few requests tell as much, as each takes long."""


def references() -> Iterator[Scenario]:
    """Yield what all else is held against."""

    def ask(_address: str) -> Any:
        return environ(f"/{FILE}")

    yield Scenario(name=BARE, app=bare, ask=ask)
    yield Scenario(name=EMPTY, app=empty_app(), ask=ask)


def scenarios(world: World, root: Path) -> Iterator[Scenario]:
    """Yield what is asked of the applications of a list, and of a document root."""
    yield from _downloads(world)
    yield from _pages(world, root)
    yield Scenario(name=JSON, app=world.table, ask=_closer)
    yield Scenario(
        name=STATUS,
        app=world.table,
        ask=lambda _: environ("/mirrors/", script="/mirrors"),
    )
    yield Scenario(name=MISSING, app=world.table, ask=lambda _: environ("/nothing"))


def _downloads(world: World) -> Iterator[Scenario]:
    yield Scenario(name=KNOWN, app=world.table, ask=_get)
    yield Scenario(name=RANDOM, app=world.table, ask=_get, addresses=strangers)
    yield Scenario(name=CITIES, app=world.cities, ask=_get, addresses=strangers)
    yield Scenario(name=INDEXED, app=world.indexed, ask=_get)
    metalink = partial(_get, name=f"{FILE}.meta4")
    yield Scenario(name=METALINK, app=world.indexed, ask=metalink)
    yield Scenario(name=DESCRIBED, app=world.indexed, ask=metalink, addresses=strangers)


def _pages(world: World, root: Path) -> Iterator[Scenario]:
    page = partial(page_environ, root, "/download.cgi")
    yield Scenario(name=PAGE, app=world.table, ask=page, few=True)
    yield Scenario(
        name=VISITED, app=world.table, ask=page, addresses=strangers, few=True
    )


def _get(address: str, name: str = FILE) -> Any:
    return environ(f"/get/{name}", script="/get", REMOTE_ADDR=address)


def _closer(_address: str) -> Any:
    return environ("/dyn/closer.lua", "as_json=1", "/dyn/closer.lua")
