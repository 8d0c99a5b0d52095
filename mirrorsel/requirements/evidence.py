"""All that was seen of one would-be mirror."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.answer import Answer, Reply, Silence
from mirrorsel.printable import one_line
from mirrorsel.requirements.page import Page, read_page
from mirrorsel.requirements.questions import Question, Questions

_OK = 200
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a mirror answered to all questions."""

    base: str
    """The base URL that was asked for."""
    origin: str
    """The base URL of the tree that mirrors copy."""
    now: datetime
    questions: Questions
    replies: Mapping[Question, Reply]
    """To each of the questions."""
    stamp: datetime | None
    """What the freshness stamp says; None where it says nothing."""
    pages: Mapping[Question, Page]
    """The pages that could be read, of the questions that ask for one."""

    @property
    def reached(self) -> bool:
        """Whether the mirror answered anything."""
        return any(
            isinstance(reply, Answer)
            for question, reply in self.replies.items()
            if not question.of_origin
        )


def pages_of(replies: Mapping[Question, Reply]) -> Mapping[Question, Page]:
    """Return the pages among the replies; see `Evidence.pages`."""
    return {
        question: read_page(reply.url, reply.body)
        for question, reply in replies.items()
        if question.is_page and isinstance(reply, Answer) and is_readable(reply)
    }


def is_readable(answer: Answer) -> bool:
    """Return whether an answer is good, whole and without a content coding."""
    return answer.status == _OK and answer.whole and not content_coding(answer)


def content_coding(answer: Answer) -> str:
    """Return the content coding of an answer; empty for none."""
    coding = answer.headers.get("content-encoding", "").strip()
    return "" if coding.lower() == "identity" else coding


def described(reply: Reply) -> str:
    """Return what came of a question, in words."""
    if isinstance(reply, Silence):
        return excerpt(reply.words)
    words = f"{reply.status} {reply.reason}".strip()
    if location := reply.headers.get("location"):
        words += f" to {location}"
    if coding := content_coding(reply):
        words += f", with Content-Encoding: {coding}"
    if not reply.whole:
        words += f", more than {len(reply.body)} bytes"
    return excerpt(words)


def excerpt(text: str) -> str:
    """Return the start of a text, on one line, for a person to read."""
    short = one_line(text[:400])
    return short if len(short) <= _LONGEST else f"{short[:_LONGEST]}…"
