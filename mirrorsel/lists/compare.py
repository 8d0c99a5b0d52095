"""What two lists say differently."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mirrorsel.lists.entries import Lines
from mirrorsel.lists.line import option_texts, place_word
from mirrorsel.lists.reader import Loaded
from mirrorsel.lists.same_tree import tree_of
from mirrorsel.lists.times import header_date
from mirrorsel.lists.words import comment
from mirrorsel.model import Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that a mirror's two lines say differently."""

    name: str
    """`url`, `country`, `contact`, `logo`, `link`, or the name of an option."""
    before: str | None
    """As it would be written; None where it was not given, or was the default."""
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A mirror that both lists have."""

    before: Mirror
    after: Mirror
    differences: tuple[Difference, ...]
    """None of the time stamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a list says differently from an older one."""

    added: tuple[Mirror, ...]
    removed: tuple[Mirror, ...]
    changed: tuple[Changed, ...]
    """In the order of the newer list."""
    stamps: int
    """How many mirrors have another time stamp."""
    moved: int
    """How many mirrors at least were moved among the others."""
    dated: tuple[datetime | None, datetime | None]
    """The dates in their headers."""
    comments_added: int
    comments_removed: int
    same_text: bool
    """Whether they are the same to the last blank."""

    @property
    def same_mirrors(self) -> bool:
        """Whether they give the same mirrors in the same order."""
        parts = (self.added, self.removed, self.changed, self.stamps, self.moved)
        return not any(parts)


def compare(old: Loaded, new: Loaded) -> Comparison:
    """Return what the newer of two lists says differently.

    A mirror is found again by its URL, else by its tree, by http or https, else by
    its host, if only one mirror of it is left on either side.
    """
    pairs = tuple(_pairs(old.list.mirrors, new.list.mirrors))
    met = {id(one) for pair in pairs for one in pair}
    comments, others = Counter(_comments(new)), Counter(_comments(old))
    return Comparison(
        added=tuple(one for one in new.list.mirrors if id(one) not in met),
        removed=tuple(one for one in old.list.mirrors if id(one) not in met),
        changed=tuple(_changed(pairs)),
        stamps=sum(before.stamp != after.stamp for before, after in pairs),
        moved=_moved([before.line for before, _ in pairs]),
        dated=(old.list.dated, new.list.dated),
        comments_added=(comments - others).total(),
        comments_removed=(others - comments).total(),
        same_text=old.text == new.text,
    )


Pair = tuple[Mirror, Mirror]


def _pairs(old: Sequence[Mirror], new: Sequence[Mirror]) -> list[Pair]:
    """Return each mirror of both lists with itself, in the order of the newer one."""
    pairs: list[Pair] = []
    keys: tuple[Callable[[Mirror], Hashable], ...] = (
        lambda one: (one.url, one.backup),
        lambda one: one.url,
        lambda one: (tree_of(one.url), one.backup),
        lambda one: (tree_of(one.url).host, one.kind, one.backup),
    )
    for key in keys:
        met = {id(one) for pair in pairs for one in pair}
        before = _single((one for one in old if id(one) not in met), key)
        after = _single((one for one in new if id(one) not in met), key)
        pairs += [(before[each], one) for each, one in after.items() if each in before]
    return sorted(pairs, key=lambda pair: pair[1].line)


def _single(
    mirrors: Iterable[Mirror], key: Callable[[Mirror], Hashable]
) -> dict[Hashable, Mirror]:
    """Return by their keys the mirrors that share theirs with no other."""
    keyed = [(key(one), one) for one in mirrors]
    counts = Counter(each for each, _ in keyed)
    return {each: one for each, one in keyed if counts[each] == 1}


def _changed(pairs: Iterable[Pair]) -> Iterator[Changed]:
    for before, after in pairs:
        if found := tuple(_differences(before, after)):
            yield Changed(before=before, after=after, differences=found)


def _differences(before: Mirror, after: Mirror) -> Iterator[Difference]:
    old, new = _said(before), _said(after)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Difference(name=name, before=old.get(name), after=new.get(name))


def _said(mirror: Mirror) -> dict[str, str | None]:
    """Return what a mirror's line says, without its stamp."""
    return {
        "url": mirror.url,
        "country": place_word(mirror),
        "contact": mirror.contact,
        "logo": mirror.logo or None,
        "link": mirror.link or None,
        **option_texts(mirror),
    }


def _moved(places: Sequence[int]) -> int:
    """Return how many of these numbers must move until all are in order."""
    # The last numbers of the best rising runs of each length (patience sorting).
    ends: list[int] = []
    for one in places:
        at = bisect_left(ends, one)
        ends[at : at + 1] = [one]
    return len(places) - len(ends)


def _comments(loaded: Loaded) -> Iterator[str]:
    for content in Lines.of(loaded.text).contents:
        found = comment(content)
        if found and header_date(found) is None:
            yield found
