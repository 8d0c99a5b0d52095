"""Answers as clients were given them lately, to be given again, as many as fit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from mirrorsel.web.counted import Selected
from mirrorsel.web.headers import Headers

Question: TypeAlias = tuple[str | None, ...]
"""All of a request that its answer depends on."""
Holds: TypeAlias = Callable[[], bool]
"""Tells whether an answer would be the same if it were made anew with this realm.

It must not hold on to the realm, by which it is held itself: a realm that is replaced
has to be gone at once.
"""

_CAPACITY = 16 * 2**20
_PART = 8
"""No answer may take more than this part of the room."""
_ENTRY = 8192
"""What a question takes with the headers of its answer, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was sent, and how long it may be sent again."""

    status: str
    headers: Headers
    body: tuple[bytes, ...]
    selected: Selected | None
    """What is counted."""
    holds: Holds


class Shown:
    """The answers of one realm.

    Bodies that are the same are held once, whoever got them. Several threads may use
    it: the worst that can happen is work done twice.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        """Hold `capacity` bytes at most."""
        self._capacity = capacity
        self.size = 0
        """How many bytes are held."""
        self._answers: dict[Question, Answer] = {}
        self._bodies: dict[tuple[bytes, ...], tuple[bytes, ...]] = {}

    def __len__(self) -> int:
        """Return how many answers are held."""
        return len(self._answers)

    def find(self, question: Question) -> Answer | None:
        """Return the answer to a question, if it still holds."""
        answer = self._answers.get(question)
        return answer if answer and answer.holds() else None

    def keep(self, question: Question, answer: Answer) -> None:
        """Hold an answer; when there are too many, forget all others."""
        length = sum(map(len, answer.body))
        if length + _ENTRY > self._capacity // _PART:
            return
        if self.size + length + _ENTRY > self._capacity:
            # What is asked for is soon back.
            self._answers.clear()
            self._bodies.clear()
            self.size = 0
        body = self._bodies.setdefault(answer.body, answer.body)
        self.size += _ENTRY + (length if body is answer.body else 0)
        self._answers[question] = replace(answer, body=body)
