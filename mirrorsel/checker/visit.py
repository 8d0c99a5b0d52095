"""One visit of a would-be mirror, for all that its checklist needs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.pool import ThreadPool

from mirrorsel.answer import Answer, Reply, Silence
from mirrorsel.checker.stamp import read_stamp
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, ask
from mirrorsel.requirements import (
    Evidence,
    Question,
    Questions,
    is_readable,
    pages_of,
    read_base,
)

_UNASKED = Silence(words="not asked")

Asked = tuple[Question, Reply]
"""A question with what came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Whom to ask what, at what cost."""

    base: str
    """The mirror's base URL, ending in `/`."""
    origin: str
    """The base URL of the tree that mirrors copy, ending in `/`."""
    questions: Questions
    limits: Limits
    """What each question may cost; its size and redirects are the question's own."""
    jobs: int
    """How many questions are asked at once."""
    say: Callable[[Outcome, str, str], str]
    """Says an outcome with its detail, of a URL, in words."""

    def asked(self) -> Iterator[Asked]:
        """Ask all questions; yield each with what came of it, as they are answered.

        The base comes first. Where it gives no answer, nobody is asked any more;
        where it redirects to another base, the others are asked there.
        """
        first, *others = self.questions
        reply = self._reply(self.base, first)
        yield first, reply
        if isinstance(reply, Silence):
            yield from ((one, _UNASKED) for one in others)
            return
        base = read_base(reply.url) or self.base

        def answered(question: Question) -> Asked:
            there = self.origin if question.of_origin else base
            return question, self._reply(there, question)

        with ThreadPool(min(self.jobs, len(others))) as pool:
            yield from pool.imap_unordered(answered, others)

    def evidence(self, replies: Mapping[Question, Reply], now: datetime) -> Evidence:
        """Return what was seen, from the replies to all questions."""
        stamp = replies[self.questions.stamp]
        return Evidence(
            base=self.base,
            origin=self.origin,
            now=now,
            questions=self.questions,
            replies=replies,
            stamp=_stamp(stamp),
            pages=pages_of(replies),
        )

    def _reply(self, base: str, question: Question) -> Reply:
        url = base + question.path
        limits = replace(self.limits, size=question.size, redirects=question.redirects)
        try:
            return ask(url, limits, coding=question.coding)
        except FetchError as error:
            words = self.say(Outcome(error.outcome), error.detail, url)
            return Silence(words=words)


def _stamp(reply: Reply) -> datetime | None:
    if not isinstance(reply, Answer) or not is_readable(reply):
        return None
    return read_stamp(reply.body)
