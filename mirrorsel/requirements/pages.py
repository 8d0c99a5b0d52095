"""What the pages of a mirror's folders show."""

from collections.abc import Collection

from mirrorsel.answer import Answer
from mirrorsel.requirements.evidence import Evidence, described, excerpt, is_readable
from mirrorsel.requirements.page import Page
from mirrorsel.requirements.seen import Seen, untold

_ZZZ = "zzz/"
_ICON = "favicon.ico"
_NAMED = 4
_NO_PAGE = "the page cannot be read"


def base(evidence: Evidence) -> Seen:
    """Look whether the base gives a page."""
    reply = evidence.replies[evidence.questions.home]
    good = isinstance(reply, Answer) and is_readable(reply)
    words = described(reply)
    if isinstance(reply, Answer) and reply.url != evidence.base:
        words += f", from {excerpt(reply.url)}"
    return Seen(good=good, words=words)


def header(evidence: Evidence) -> Seen:
    """Look for a text above the names of the base."""
    page = _home(evidence)
    return untold(_NO_PAGE) if page is None else _text("above", page.header)


def footer(evidence: Evidence) -> Seen:
    """Look for a text below the names of the base."""
    page = _home(evidence)
    return untold(_NO_PAGE) if page is None else _text("below", page.footer)


def icons(evidence: Evidence) -> Seen:
    """Look for images among the names of the base."""
    page = _home(evidence)
    if page is None:
        return untold(_NO_PAGE)
    words = "icons beside the names" if page.icons else "no icons beside the names"
    return Seen(good=page.icons, words=words)


def frames(evidence: Evidence) -> Seen:
    """Look for frames in the page of the base."""
    page = _home(evidence)
    if page is None:
        return untold(_NO_PAGE)
    words = "the page has frames" if page.frames else "no frames"
    return Seen(good=not page.frames, words=words)


def zzz_texts(evidence: Evidence) -> Seen:
    """Look for the texts around the names of `zzz/`."""
    questions = evidence.questions
    page = evidence.pages.get(questions.zzz)
    if page is None:
        return untold(described(evidence.replies[questions.zzz]))
    missing = [
        f"no text {place} the names"
        for place, text in (("above", page.header), ("below", page.footer))
        if not text
    ]
    return Seen(good=not missing, words=", ".join(missing) or "both texts are there")


def order(evidence: Evidence) -> Seen:
    """Look whether folders stand before files, by one of each."""
    page = _home(evidence)
    names = page.entries if page else ()
    if _ZZZ not in names or _ICON not in names:
        return untold(f"{_ZZZ} and {_ICON} are not both shown")
    good = names.index(_ZZZ) < names.index(_ICON)
    words = f"{_ZZZ} stands {'before' if good else 'behind'} {_ICON}"
    return Seen(good=good, words=words)


def entries(evidence: Evidence) -> Seen:
    """Compare the names of the base with those of the origin's."""
    questions = evidence.questions
    page, original = _home(evidence), evidence.pages.get(questions.original)
    if original is None:
        reply = described(evidence.replies[questions.original])
        return untold(f"{evidence.origin} cannot be read: {reply}")
    if not original.entries:
        return untold(f"{evidence.origin} shows no names")
    if page is None:
        return untold(_NO_PAGE)
    missing = [one for one in original.entries if one not in set(page.entries)]
    more = [one for one in page.entries if one not in set(original.entries)]
    parts = [*_named("missing", missing), *_named("not of the origin", more)]
    same = f"the same {len(page.entries)} names as {evidence.origin}"
    return Seen(good=not parts, words="; ".join(parts) or same)


def _home(evidence: Evidence) -> Page | None:
    return evidence.pages.get(evidence.questions.home)


def _text(place: str, text: str) -> Seen:
    if not text:
        return Seen(good=False, words=f"no text {place} the names")
    return Seen(good=True, words=f"a text {place} the names")


def _named(what: str, names: Collection[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(list(names)[:_NAMED])
    rest = len(names) - _NAMED
    return [excerpt(f"{what}: {shown}{f' and {rest} more' if rest > 0 else ''}")]
