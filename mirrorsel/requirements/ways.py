"""The ways to a mirror: IP families, https and its certificate."""

from datetime import datetime, timedelta

from mirrorsel.answer import Answer
from mirrorsel.requirements.evidence import Evidence, described, is_readable
from mirrorsel.requirements.questions import Question
from mirrorsel.requirements.seen import Seen, untold

LEAST = timedelta(days=14)
"""The time for which a certificate should still be valid."""


def ipv4(evidence: Evidence) -> Seen:
    """Look whether it answers over IPv4."""
    return _over(evidence, evidence.questions.ipv4)


def ipv6(evidence: Evidence) -> Seen:
    """Look whether it answers over IPv6."""
    return _over(evidence, evidence.questions.ipv6)


def https(evidence: Evidence) -> Seen:
    """Look whether the base is an https one."""
    good = _has_https(evidence)
    return Seen(good=good, words=f"the URL has {'https' if good else 'http'}")


def available(evidence: Evidence) -> Seen:
    """Look whether the tree is there by https too, where the base has http."""
    if _has_https(evidence):
        return Seen(good=True, words="the URL has https")
    reply = evidence.replies[evidence.questions.twin]
    if not isinstance(reply, Answer) and not reply.asked:
        return untold(described(reply))
    good = isinstance(reply, Answer) and is_readable(reply)
    return Seen(good=good, words=described(reply))


def certificate(evidence: Evidence) -> Seen:
    """Look how long the certificate is valid; that it is, its answer tells."""
    end = _end(evidence)
    if end is None:
        return untold("no answer by https")
    left = end - evidence.now
    words = f"{left // timedelta(days=1)} d left, until {end:%Y-%m-%d}"
    return Seen(good=left >= LEAST, words=words)


def _over(evidence: Evidence, question: Question) -> Seen:
    reply = evidence.replies[question]
    if isinstance(reply, Answer):
        return Seen(good=True, words=described(reply))
    if not reply.asked:
        return untold(described(reply))
    return Seen(good=False, words=described(reply))


def _has_https(evidence: Evidence) -> bool:
    return evidence.base.startswith("https:")


def _end(evidence: Evidence) -> datetime | None:
    questions = evidence.questions
    for question in (questions.ipv4, questions.ipv6, questions.twin):
        reply = evidence.replies[question]
        if isinstance(reply, Answer) and reply.expiry is not None:
            return reply.expiry
    return None
