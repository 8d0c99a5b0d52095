"""What is answered below ``/get/`` in other forms than a redirect."""

from collections.abc import Callable
from typing import TypeAlias

from falcon import Request, Response

from mirrorsel.web.archived import Archived
from mirrorsel.web.directory import Directory
from mirrorsel.web.proofs import FilePage, generated, other_form
from mirrorsel.web.realm import Realm

Answer: TypeAlias = Callable[[Request, Response, Realm, str], bool]
"""Answers a request for a target if it is its own to answer; tells whether it did."""


class OtherAnswers:
    """The answers of one application, with the templates that they are made of."""

    def __init__(self) -> None:
        """Read the templates."""
        self._answers: tuple[Answer, ...] = (
            other_form,
            FilePage().answer,
            Directory().answer,
        )
        self._archived = Archived()

    def put(
        self, request: Request, response: Response, realm: Realm, target: str
    ) -> bool:
        """Answer what asks for another form than a redirect; return whether it did."""
        return any(answer(request, response, realm, target) for answer in self._answers)

    def put_instead(
        self, request: Request, response: Response, realm: Realm, target: str
    ) -> None:
        """Answer for what is not published, but can be made, or may be archived."""
        if not generated(request, response, realm, target):
            self._archived.put(request, response, realm, target)
