"""What is held of answers: as much as fits, and each body once."""

from collections.abc import Sequence

import pytest

from mirrorsel.web.lasting import always
from mirrorsel.web.shown import Answer, Shown

MEBIBYTE = 2**20


def answer(body: bytes = b"x", *, holds: bool = True) -> Answer:
    """Return an answer."""
    return Answer(
        status="200 OK",
        headers=(),
        body=(body,),
        selected=None,
        holds=always if holds else lambda: False,
    )


def held(shown: Shown, bodies: Sequence[bytes]) -> int:
    """Give one answer to each of many clients; return how many are held."""
    for number, body in enumerate(bodies):
        shown.keep((str(number),), answer(body))
    return len(shown)


def test_an_answer_is_found_while_it_holds() -> None:
    """What would be answered otherwise by now is not found."""
    shown = Shown()
    shown.keep(("a",), answer())
    shown.keep(("b",), answer(holds=False))

    assert shown.find(("a",)) == answer()
    assert shown.find(("b",)) is None
    assert shown.find(("c",)) is None


def test_the_same_body_is_held_once() -> None:
    """A page is the same for many clients, but for its headers."""
    shown = Shown(8 * MEBIBYTE)
    bodies = [bytes(MEBIBYTE - 10_000) for _ in range(100)]

    assert held(shown, bodies) == 100
    assert shown.size < 2 * MEBIBYTE


@pytest.mark.parametrize("length", [0, 1000, 100_000])
def test_never_more_is_held_than_fits(length: int) -> None:
    """Clients may make up as many questions as they like."""
    shown = Shown(MEBIBYTE)
    bodies = [f"{number}".encode().ljust(length) for number in range(500)]

    assert 0 < held(shown, bodies) < 500
    assert 0 < shown.size <= MEBIBYTE


def test_what_takes_much_of_the_room_is_not_held() -> None:
    """All others would have to go for it."""
    shown = Shown(MEBIBYTE)

    assert held(shown, [bytes(MEBIBYTE // 4)]) == 0
