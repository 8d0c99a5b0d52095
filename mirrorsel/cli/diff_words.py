"""What two lists say differently, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mirrorsel.lists.compare import Changed, Comparison, Difference
from mirrorsel.lists.line import BACKUP
from mirrorsel.lists.options import OPTIONS
from mirrorsel.lists.times import write_date
from mirrorsel.model import Country, Mirror
from mirrorsel.words import counted

_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWords:
    """One mirror that both lists have, in the output of `mirrorsel diff --json`."""

    url: str
    """In the newer list."""
    differences: tuple[Difference, ...]
    words: tuple[str, ...]
    """The differences in words that follow the URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The output of `mirrorsel diff --json`."""

    old: str
    new: str
    same: bool
    """Whether they are the same to the last blank."""
    added: tuple[Mirror, ...]
    removed: tuple[Mirror, ...]
    changed: tuple[ChangedWords, ...]
    besides: tuple[str, ...]
    """What else differs, a sentence each."""


def told(old: str, new: str, found: Comparison) -> Told:
    """Return a comparison of two lists, of these names, in words."""
    return Told(
        old=old,
        new=new,
        same=found.same_text,
        added=found.added,
        removed=found.removed,
        changed=tuple(
            ChangedWords(
                url=one.after.url, differences=one.differences, words=tuple(_words(one))
            )
            for one in found.changed
        ),
        besides=tuple(_besides(found)),
    )


def place(mirror: Mirror, countries: Mapping[str, Country]) -> str:
    """Return where a mirror is listed, after its URL."""
    if mirror.backup:
        return "as Backup"
    known = countries.get(mirror.country or "")
    return f"in {known.name} ({mirror.country})" if known else f"in {mirror.country}"


def _words(changed: Changed) -> Iterator[str]:
    for one in changed.differences:
        match one.name:
            case "url":
                yield _url(changed)
            case "country":
                yield _moved(one)
            case "disabled":
                yield _disabled(one)
            case _:
                before, after = _value(one, one.before), _value(one, one.after)
                yield f"{one.name} {before} -> {after}"


def _url(changed: Changed) -> str:
    before, after = changed.before.url, changed.after.url
    old, new = before.partition("://"), after.partition("://")
    if old[2] == new[2]:
        return f"URL changed from {old[0]} to {new[0]}"
    return f"URL changed from {before}"


def _moved(one: Difference) -> str:
    if one.after == BACKUP:
        return f"is a Backup now, was in {one.before}"
    if one.before == BACKUP:
        return f"is in {one.after} now, was a Backup"
    return f"moved from {one.before} to {one.after}"


def _disabled(one: Difference) -> str:
    if one.before is None:
        return f"disabled: {one.after}"
    if one.after is None:
        return f"enabled; it was disabled: {one.before}"
    return f"disabled for another reason: {one.after}; before: {one.before}"


def _value(one: Difference, text: str | None) -> str:
    if text is not None:
        return text
    return OPTIONS[one.name].default if one.name in OPTIONS else _NONE


def _besides(found: Comparison) -> Iterator[str]:
    if found.same_mirrors and not found.same_text:
        yield "both lists say the same of all mirrors"
    if found.stamps:
        mirrors = counted(found.stamps, "mirror has", "mirrors have")
        yield f"{mirrors} another time stamp"
    if found.moved:
        mirrors = counted(found.moved, "mirror", "mirrors")
        yield f"the order of the mirrors changed: {mirrors} moved"
    before, after = (write_date(one) if one else _NONE for one in found.dated)
    if before != after:
        yield f"the date of the list changed: {before} -> {after}"
    if found.comments_added or found.comments_removed:
        numbers = f"{found.comments_added} added, {found.comments_removed} removed"
        yield f"comments changed: {numbers}"
