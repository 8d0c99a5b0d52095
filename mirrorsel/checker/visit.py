"""One visit of a would-be mirror, for all that its checklist needs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.pool import ThreadPool
from urllib.parse import urlsplit

from mirrorsel.answer import Answer, Reply, Silence
from mirrorsel.checker.stamp import read_stamp
from mirrorsel.checker.twin import twin_of
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, Resolver, ask, resolve
from mirrorsel.requirements import (
    Evidence,
    Question,
    Questions,
    is_readable,
    pages_of,
    read_base,
)

_UNASKED = Silence(words="not asked", asked=False)

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
    resolve: Resolver = resolve
    https_port: int | None = None
    """Where the same tree is by https, if that is not the default port."""

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
            if question.family is not None:
                return question, self._over(question, question.family)
            if question.by_https:
                return question, self._by_https(question)
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

    def _over(self, question: Question, family: int) -> Reply:
        host = urlsplit(self.base).hostname or ""
        private = self.limits.private_addresses
        # Another than no address was met and told when the base was asked for.
        with suppress(FetchError):
            found = self.resolve(host, private=private)
            if all(one.family != family for one in found):
                words = f"the host has no IPv{family} address"
                return Silence(words=words, asked=False)
        return self._reply(self.base, question)

    def _by_https(self, question: Question) -> Reply:
        if self.base.startswith("https:"):
            return Silence(words="the URL has https", asked=False)
        base = twin_of(self.base, self.https_port)
        if base is None:
            return Silence(words="not asked: the URL has a port", asked=False)
        return self._reply(base, question)

    def _reply(self, base: str, question: Question) -> Reply:
        url = base + question.path
        limits = replace(self.limits, size=question.size, redirects=question.redirects)
        if question.family is not None:
            limits = replace(limits, families=frozenset({question.family}))
        try:
            return ask(url, limits, coding=question.coding, resolve=self.resolve)
        except FetchError as error:
            outcome = Outcome(error.outcome)
            words = self.say(outcome, error.detail, url)
            return Silence(words=words, asked=outcome is not Outcome.NO_ROUTE)


def _stamp(reply: Reply) -> datetime | None:
    if not isinstance(reply, Answer) or not is_readable(reply):
        return None
    return read_stamp(reply.body)
