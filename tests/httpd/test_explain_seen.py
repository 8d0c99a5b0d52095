"""``/mirrors/explain`` through a real httpd: who may see it, and that it is true."""

import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from mirrorsel.state import StateFolder
from tests.httpd.network import (
    AMERICAN,
    FILE,
    GERMAN,
    JAPANESE,
    NOWHERE,
    PROXY,
    Network,
    network,
)
from tests.httpd.served import Served, serving
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

PAGE = "/mirrors/explain"
NOTE = "quarrel with its operator"


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[Served, Network]]:
    """Serve a network of mirrors, of which one is out of service, with a checker."""
    with network() as mirrors:
        off = f'http de https://off.example/ - disabled="{NOTE}"\n'
        # One cycle is all, so that nothing changes between two questions.
        settings = mirrors.order().settings.replace('"1s"', '"1h"', 1)
        order = mirrors.order(mirrors=mirrors.mirrors + off, settings=settings)
        with serving(order) as served:
            assert eventually(StateFolder(served.home.state).journal.exists)
            yield served, mirrors


def explained(served: Served, client: str) -> dict[str, object]:
    """Return what is told of a client."""
    query = urlencode({"client": client, "path": FILE, "json": ""})
    answer = served.ask(f"{PAGE}?{query}")
    assert answer.status == 200
    found: dict[str, object] = json.loads(answer.text)
    return found


@pytest.mark.parametrize("client", [GERMAN, JAPANESE, AMERICAN, NOWHERE])
def test_it_is_what_the_client_gets(world: tuple[Served, Network], client: str) -> None:
    """The answer that is explained is the one that the client itself is given."""
    served, _ = world

    def agrees() -> bool:
        # Each process takes up the first snapshot in its own time.
        given = served.ask(f"/get/{FILE}", source=client).headers["location"]
        return bool(given == explained(served, client)["answer"])

    assert eventually(lambda: all(agrees() for _ in range(20)))


def test_who_may_see_it(world: tuple[Served, Network]) -> None:
    """This machine may; whom a trusted proxy names, from elsewhere, may not."""
    served, _ = world
    foreign = {"X-Forwarded-For": "192.0.2.1"}
    local = {"X-Forwarded-For": "127.0.0.1"}
    statuses = [
        served.ask(PAGE).status,
        served.ask(PAGE, headers=foreign, source=PROXY).status,
        served.ask(f"{PAGE}?json", headers=foreign, source=PROXY).status,
        served.ask(f"{PAGE}/", headers=foreign, source=PROXY).status,
        served.ask("/mirrors/%65xplain", headers=foreign, source=PROXY).status,
        served.ask("//mirrors//explain", headers=foreign, source=PROXY).status,
        served.ask("/mirrors/x/../explain", headers=foreign, source=PROXY).status,
        # Who is no trusted proxy, and yet asks for others, may be asked by anybody.
        served.ask(PAGE, headers=foreign).status,
        served.ask(PAGE, headers=local).status,
        served.ask(PAGE, headers=local, source=PROXY).status,
    ]

    assert statuses == [200, 403, 403, 403, 403, 403, 403, 403, 403, 200]


def test_the_public_is_not_told_notes(world: tuple[Served, Network]) -> None:
    """They are in the page for the operator, and nowhere else."""
    served, _ = world
    query = urlencode({"client": GERMAN, "path": FILE})
    public = [f"/get/{FILE}?json", "/mirrors/", "/mirrors/status.json"]

    assert NOTE in served.ask(f"{PAGE}?{query}").text
    assert not [one for one in public if NOTE in served.ask(one).text]


@pytest.mark.parametrize(
    ("method", "body", "status"), [("POST", None, 405), ("GET", b"x", 413)]
)
def test_only_reading(
    world: tuple[Served, Network], method: str, body: bytes | None, status: int
) -> None:
    """REQ-6 holds here too."""
    answer = world[0].ask(PAGE, method, body=body)

    assert (status, "GET, HEAD") == (answer.status, answer.headers["allow"])


def test_what_cannot_be_asked(world: tuple[Served, Network]) -> None:
    """It is refused with a sentence."""
    answer = world[0].ask(f"{PAGE}?client=%3Cscript%3E")

    assert (400, "The parameter `client` is no IP address\n") == (
        answer.status,
        answer.text,
    )
