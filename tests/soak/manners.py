"""How the mirrors of the soak test behave, and what is right to believe of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.model import State


class Manner(StrEnum):
    """What a mirror does with one request."""

    SERVE = "serve"
    CLOSE = "close"
    """Ends the connection without an answer."""
    HANG = "hang"
    TRICKLE = "trickle"
    """Sends a byte now and then, without end."""
    PAGE = "page"
    """Answers everything with a web page and status 200."""
    OLD = "old"
    """Serves a tree that is days behind."""
    ENCODE = "encode"
    """Labels what it sends as encoded."""
    FORGE = "forge"
    """Sends other bytes of the right length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How a mirror behaves through the test, and how it must be judged at the end."""

    name: str
    share: int
    """Of a hundred mirrors, how many live so."""
    manner: Callable[[int], Manner]
    """What it does, by how many stamps it was asked for before."""
    state: State
    stale: bool = False
    is_down_first: bool = False
    """Whether it may be down before it is what it is at the end."""

    @property
    def may_fall(self) -> bool:
        """Whether it is right to take it down at any time."""
        return self.is_down_first or self.state is State.DOWN


def always(manner: Manner) -> Callable[[int], Manner]:
    """Return a life in one manner."""
    return lambda _asked: manner


def until(asked: int, first: Manner, then: Manner) -> Callable[[int], Manner]:
    """Return a life that changes once: after so many stamps, however long that took."""
    return lambda so_far: first if so_far < asked else then


def losing(every: int) -> Callable[[int], Manner]:
    """Return the life of a good mirror that now and then loses one connection."""
    return lambda asked: Manner.CLOSE if asked % every == every - 1 else Manner.SERVE


def flapping(asked: int) -> Manner:
    """Return the life of a mirror that is never twice in a row as it was."""
    return Manner.CLOSE if asked % 2 else Manner.SERVE


def begins_to_flap(asked: int) -> Manner:
    """Return the life of one that was good before it flapped.

    With a probe that falls into the beginning of the outage it fails twice in a row.
    """
    return flapping(asked) if asked > 3 else Manner.SERVE


LIVES = (
    Life(name="good", share=44, manner=always(Manner.SERVE), state=State.UP),
    Life(name="loses-some", share=12, manner=losing(4), state=State.UP),
    Life(name="flaps", share=2, manner=flapping, state=State.UNKNOWN),
    Life(name="begins-to-flap", share=2, manner=begins_to_flap, state=State.UP),
    Life(name="behind", share=6, manner=always(Manner.OLD), state=State.UP, stale=True),
    Life(name="dead", share=4, manner=always(Manner.CLOSE), state=State.DOWN),
    Life(name="hangs", share=4, manner=always(Manner.HANG), state=State.DOWN),
    Life(name="trickles", share=2, manner=always(Manner.TRICKLE), state=State.DOWN),
    Life(name="lies", share=4, manner=always(Manner.PAGE), state=State.DOWN),
    Life(name="mangles", share=2, manner=always(Manner.ENCODE), state=State.DOWN),
    Life(name="forges", share=2, manner=always(Manner.FORGE), state=State.DOWN),
    Life(
        name="dies",
        share=6,
        manner=until(3, Manner.SERVE, Manner.CLOSE),
        state=State.DOWN,
    ),
    Life(
        name="comes-back",
        share=6,
        manner=until(4, Manner.CLOSE, Manner.SERVE),
        state=State.UP,
        is_down_first=True,
    ),
    Life(
        name="comes-back-old",
        share=4,
        manner=until(4, Manner.CLOSE, Manner.OLD),
        state=State.DOWN,
        stale=True,
    ),
)
"""The lives of all mirrors; the shares make a hundred."""


def life_of(number: int) -> Life:
    """Return the life of a mirror by its number, counted from 0."""
    lot = number % 100
    for one in LIVES:
        if lot < one.share:
            return one
        lot -= one.share
    raise AssertionError("the shares must make a hundred")


class Turns:
    """What the mirrors do when it is their turn: each probe that reaches one is one.

    That is a stamp and what follows, in one manner.
    """

    def __init__(self) -> None:
        self._asked: Counter[int] = Counter()

    def manner(self, number: int, *, begins: bool, is_gone: bool) -> Manner:
        """Return what a mirror does.

        A probe that the outage breaks off in its midst is no turn: a mirror that flaps
        would fail a third time after it, and be down by the rules.

        Args:
            number: The mirror.
            begins: Whether it is asked for its stamp.
            is_gone: Whether nobody answers.

        """
        if is_gone:
            self._asked[number] -= not begins
            return Manner.CLOSE
        self._asked[number] += begins
        return life_of(number).manner(self._asked[number] - 1)


def addresses(count: int) -> Iterator[str]:
    """Yield a loopback address for each mirror: each is a host of its own."""
    for number in range(count):
        yield f"127.1.{number // 250}.{number % 250 + 1}"
