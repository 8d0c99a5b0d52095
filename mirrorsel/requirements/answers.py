"""How a mirror's server answers."""

from datetime import timedelta

from mirrorsel.answer import Answer
from mirrorsel.requirements.evidence import (
    Evidence,
    content_coding,
    described,
    excerpt,
)
from mirrorsel.requirements.questions import Question
from mirrorsel.requirements.seen import Seen, untold

OLDEST = timedelta(hours=24)
"""The age at which a freshness stamp is too old."""
_AHEAD = timedelta(hours=1)
_OK, _FOUND, _NOT_FOUND = 200, 302, 404
_REDIRECT = "http://www.apache.org/"
# The second is the name that RFC 6713 gave to what had been in use.
_GZIP = ("application/x-gzip", "application/gzip")


def stamp(evidence: Evidence) -> Seen:
    """Look whether there is a freshness stamp."""
    if evidence.stamp is not None:
        return Seen(good=True, words=f"{evidence.stamp:%Y-%m-%d %H:%M} UTC")
    reply = evidence.replies[evidence.questions.stamp]
    if isinstance(reply, Answer) and reply.status == _OK and not content_coding(reply):
        text = excerpt(reply.body[:60].decode(errors="replace"))
        return Seen(good=False, words=f"not a stamp: {text!r}")
    return Seen(good=False, words=described(reply))


def age(evidence: Evidence) -> Seen:
    """Look how old the freshness stamp is."""
    if evidence.stamp is None:
        return untold("there is no stamp")
    old = evidence.now - evidence.stamp
    if old < -_AHEAD:
        return Seen(good=False, words="the stamp lies in the future")
    hours = max(old, timedelta()) // timedelta(hours=1)
    words = f"{hours} h old" if hours else "less than an hour old"
    return Seen(good=old < OLDEST, words=words)


def no_folder(evidence: Evidence) -> Seen:
    """Look how a folder is answered that does not exist."""
    return _missing(evidence, evidence.questions.no_folder)


def no_file(evidence: Evidence) -> Seen:
    """Look how a file is answered that does not exist."""
    return _missing(evidence, evidence.questions.no_file)


def archives(evidence: Evidence) -> Seen:
    """Look whether archives are sent as they are."""
    faults = []
    for question in evidence.questions.archives:
        reply = evidence.replies[question]
        if not _is_plain(reply):
            faults.append(f"{_name(question)}: {described(reply)}")
    words = excerpt("; ".join(faults)) or "all five are sent as they are"
    return Seen(good=not faults, words=words)


def media_type(evidence: Evidence) -> Seen:
    """Look at the media type of a .tar.gz file."""
    reply = evidence.replies[evidence.questions.tar_gz]
    if not isinstance(reply, Answer) or reply.status != _OK:
        return untold(described(reply))
    sent = reply.headers.get("content-type", "")
    kind = sent.partition(";")[0].strip().lower()
    return Seen(good=kind in _GZIP, words=excerpt(sent) or "no Content-Type")


def redirect(evidence: Evidence) -> Seen:
    """Look whether redirects of the tree's own .htaccess files work."""
    reply = evidence.replies[evidence.questions.redirect]
    good = (
        isinstance(reply, Answer)
        and reply.status == _FOUND
        and reply.headers.get("location") == _REDIRECT
    )
    return Seen(good=good, words=described(reply))


def server(evidence: Evidence) -> Seen:
    """Look by what the server is called."""
    reply = evidence.replies[evidence.questions.home]
    if not isinstance(reply, Answer):
        return untold(described(reply))
    name = excerpt(reply.headers.get("server", ""))
    good = name.lower().startswith("apache")
    return Seen(good=good, words=name or "no header Server")


def _missing(evidence: Evidence, question: Question) -> Seen:
    reply = evidence.replies[question]
    good = isinstance(reply, Answer) and reply.status == _NOT_FOUND
    return Seen(good=good, words=f"{question.path}: {described(reply)}")


def _is_plain(reply: object) -> bool:
    return (
        isinstance(reply, Answer) and reply.status == _OK and not content_coding(reply)
    )


def _name(question: Question) -> str:
    return question.path.rpartition("/")[2]
