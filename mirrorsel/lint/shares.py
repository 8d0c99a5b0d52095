"""Weights and largest shares that change nothing, or cannot hold."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code, Severity
from mirrorsel.lint.subject import Subject
from mirrorsel.model import Kind, Mirror

NO_EFFECT = Code(
    name="option-without-effect",
    what="`weight` or `max_share` stands where it changes nothing: at a mirror by ftp"
    " or rsync, or at one that has no other beside it.",
    why="Whoever reads the line believes that clients are shared out by it.",
    mend="Remove the option.",
)
IDLE = Code(
    name="option-while-disabled",
    what="A mirror that is out of service has `weight` or `max_share`.",
    why="The option counts again only when `disabled` is removed.",
    mend="Keep it if the mirror comes back as it was; else remove it.",
    severity=Severity.NOTE,
)
EQUAL = Code(
    name="equal-weights",
    what="All mirrors have one and the same weight, and it is written.",
    why="Weights count in proportion to each other: the clients are shared out as if"
    " there were none.",
    mend="Remove the weights, or give a stronger mirror a larger one.",
    severity=Severity.NOTE,
)
TOO_SMALL = Code(
    name="too-small-shares",
    what="Every mirror has a `max_share`, and together they are less than 100 %.",
    why="The clients beyond go to these mirrors all the same, so that the limits do"
    " not hold.",
    mend="Raise the limits, or leave the strongest mirror without one.",
)

CODES = (NO_EFFECT, IDLE, EQUAL, TOO_SMALL)

_OPTIONS = ("weight", "max_share")


def idle_options(subject: Subject) -> Iterator[Problem]:
    """Find weights and shares of mirrors that no client is sent to."""
    for one in subject.mirrors:
        for name in _OPTIONS:
            word = subject.option(one, name)
            if word is None:
                continue
            if one.kind is not Kind.HTTP:
                message = f"`{name}` changes nothing: no client is sent to {one.kind}"
                yield NO_EFFECT.at(message, one.line, word.column)
            elif one.disabled is not None:
                message = f"`{name}` does not count while the mirror is disabled"
                yield IDLE.at(message, one.line, word.column)


def shares(subject: Subject) -> Iterator[Problem]:
    """Find weights and shares that do not share out; for a list without errors."""
    for mirrors, noun in (
        (subject.serving, "mirror"),
        (subject.backups, "Backup"),
    ):
        if len(mirrors) == 1:
            yield from _alone(subject, mirrors[0], noun)
        elif mirrors:
            yield from _equal(subject, mirrors, noun)
            yield from _too_small(subject, mirrors, noun)


def _alone(subject: Subject, mirror: Mirror, noun: str) -> Iterator[Problem]:
    for name in _OPTIONS:
        if word := subject.option(mirror, name):
            message = f"`{name}` changes nothing at the only {noun} in service"
            yield NO_EFFECT.at(message, mirror.line, word.column)


def _equal(
    subject: Subject, mirrors: tuple[Mirror, ...], noun: str
) -> Iterator[Problem]:
    weight, *others = {one.weight for one in mirrors}
    if others:
        return
    for one in mirrors:
        if word := subject.option(one, "weight"):
            message = f"all {noun}s have the weight {weight}, which is like none at all"
            yield EQUAL.at(message, one.line, word.column)
            return


def _too_small(
    subject: Subject, mirrors: tuple[Mirror, ...], noun: str
) -> Iterator[Problem]:
    limits = [one.max_share for one in mirrors if one.max_share is not None]
    # What is lost in adding up must not make 99.999 % of a hundred mirrors.
    total = round(sum(limits) * 100, 6)
    if len(limits) < len(mirrors) or total >= 100:  # noqa: PLR2004 - per cent
        return
    first = mirrors[0]
    word = subject.option(first, "max_share")
    message = f"the limits of all {noun}s add up to only {total:g} % of the clients"
    yield TOO_SMALL.at(message, first.line, word.column if word else 0)
