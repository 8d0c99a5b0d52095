"""What is answered below ``/get/`` in other forms than a redirect."""

from collections.abc import Callable
from typing import TypeAlias

from falcon import Request, Response

from mirrorsel.web import directory
from mirrorsel.web.proofs import generated, mirrorlist, other_form
from mirrorsel.web.realm import Realm

Answer: TypeAlias = Callable[[Request, Response, Realm, str], bool]
"""Answers a request for a target if it is its own to answer; tells whether it did."""

_ANSWERS: tuple[Answer, ...] = (other_form, mirrorlist, directory.answer)
_INSTEAD: tuple[Answer, ...] = (generated,)


def other_answer(
    request: Request, response: Response, realm: Realm, target: str
) -> bool:
    """Answer what asks for another form than a redirect; return whether it did."""
    return any(answer(request, response, realm, target) for answer in _ANSWERS)


def answer_instead(
    request: Request, response: Response, realm: Realm, target: str
) -> bool:
    """Answer for what is not published but can be made; return whether it did."""
    return any(answer(request, response, realm, target) for answer in _INSTEAD)
