"""The words of a message."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.health import Standing
from mirrorsel.notify.context import Context
from mirrorsel.notify.event import Event
from mirrorsel.notify.outbox import Bundle
from mirrorsel.notify.phrases import cause, headline
from mirrorsel.notify.receiver import Role
from mirrorsel.printable import one_line
from mirrorsel.remedy import remedy
from mirrorsel.story import story

_WIDTH = 72
_INDENT = "    "
# The worst first, as a subject tells them.
_ORDER = (
    Standing.QUARANTINED,
    Standing.DOWN,
    Standing.STALE,
    Standing.UP,
    Standing.UNKNOWN,
)
_PLURALS = {
    Standing.QUARANTINED: "in quarantine",
    Standing.DOWN: "down",
    Standing.STALE: "stale",
    Standing.UP: "up",
    Standing.UNKNOWN: "not yet known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A message in words."""

    subject: str
    """One line."""
    text: str
    """Lines of 72 columns; only what cannot be broken, such as a URL, is longer."""


def digest(bundle: Bundle, context: Context) -> Digest:
    """Return what a message says; one without events only tries the way."""
    if not bundle.events:
        return Digest(subject="mirrorsel: test", text=_trial(context))
    parts = (
        _opening(bundle, context),
        *(_about(one, bundle.receiver.role, context) for one in bundle.events),
        *_rest(bundle.more),
        *_closing(bundle, context),
    )
    return Digest(subject=_subject(bundle.events), text="\n".join(parts))


def _subject(events: tuple[Event, ...]) -> str:
    if len(events) == 1:
        (event,) = events
        return f"mirrorsel: {one_line(event.mirror.host)} {headline(event.after)}"
    counts = Counter(one.after for one in events)
    told = ", ".join(f"{counts[one]} {_PLURALS[one]}" for one in _ORDER if counts[one])
    return f"mirrorsel: {told}"


def _trial(context: Context) -> str:
    return _paragraph(
        f"This is a test{_place(context)}: what changes with mirrors is told here. No"
        " mirror has changed."
    )


def _opening(bundle: Bundle, context: Context) -> str:
    if bundle.receiver.role is Role.CONTACT:
        return _paragraph(
            f"This is the checker of the mirrors of {one_line(context.origin)}."
            " Its list names you as the contact of what follows. Times are in UTC."
        )
    return _paragraph(f"Seen by the checker{_place(context)}. Times are in UTC.")


def _place(context: Context) -> str:
    return f" at {one_line(context.vantage)}" if context.vantage else ""


def _about(event: Event, role: Role, context: Context) -> str:
    words = [
        f"{event.at:%Y-%m-%d %H:%M} {headline(event.after)}, {_before(event.before)}.",
        *(_of_origin(event) if _is_origin(event, context) else _of(event, context)),
        remedy(event.health) if role is Role.CONTACT else "",
        context.page(event.mirror.url),
    ]
    lines = [_paragraph(one, _INDENT) for one in words if one]
    return "".join((f"{one_line(event.mirror.url)}\n", *lines))


def _of(event: Event, context: Context) -> Iterator[str]:
    told = story(event.health, context.policy, context.now, reference=context.reference)
    yield one_line(told)


def _of_origin(event: Event) -> Iterator[str]:
    yield cause(event)
    yield "It is the origin, from which all mirrors copy."


def _is_origin(event: Event, context: Context) -> bool:
    return event.mirror.url == context.origin


def _before(standing: Standing) -> str:
    return "for the first time" if standing is Standing.UNKNOWN else f"was {standing}"


def _rest(more: int) -> Iterator[str]:
    if more:
        changes = "1 more change" if more == 1 else f"{more} more changes"
        yield f"And {changes}; the log of mirrorsel has them all.\n"


def _closing(bundle: Bundle, context: Context) -> Iterator[str]:
    if bundle.receiver.role is Role.CONTACT:
        yield _paragraph(
            f"A program wrote this{_place(context)}. Answer it if the mirror has moved"
            " or ended, or if it should be no mirror any more."
        )


def _paragraph(text: str, indent: str = "") -> str:
    lines = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{one}\n" for one in lines)
