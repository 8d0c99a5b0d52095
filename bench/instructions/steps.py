"""The steps of a redirect for a new client, each alone: where the time goes."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench.instructions.asking import strangers
from bench.instructions.scenarios import Scenario
from bench.instructions.worlds import FILE
from mirrorsel.web.prepared import prepare
from mirrorsel.web.realm import Realm

PLACE = "a new client: its place in a City database"
WHO = "a new client: place and network"
CHOICE = "a new client: the choice of mirrors"
TEXT = "a new client: the text of its headers"
STEPS = (PLACE, WHO, CHOICE, TEXT)


def steps(realm: Realm) -> Iterator[Scenario]:
    """Yield the steps; what a step is given was made before it is counted."""
    count = 1 + realm.sources.settings.web.links

    def who(address: str) -> Any:
        return realm.client(address, https=False)

    def chosen(address: str) -> Any:
        client = who(address)
        return realm.index.choose(client, FILE, count), client

    yield _step(PLACE, realm.sources.locator.locate, lambda address: address)
    yield _step(WHO, who, lambda address: address)
    yield _step(CHOICE, lambda one: realm.index.choose(one, FILE, count), who)
    yield _step(TEXT, lambda given: prepare(*given), chosen)


def _step(
    name: str, do: Callable[[Any], object], given: Callable[[str], Any]
) -> Scenario:
    def app(given: Any, _start: object) -> tuple[()]:
        do(given)
        return ()

    # Others than any application has answered: those it would remember.
    addresses = partial(strangers, seed=1 + STEPS.index(name))
    return Scenario(name=name, app=app, ask=given, addresses=addresses)
