"""What of a tree is left out of its index, with the reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_EXAMPLES = 20


class Omission(StrEnum):
    """Why something in the tree is not in the index."""

    HIDDEN = "hidden"
    """Its name begins with a dot, as those of copies under way do."""
    NAME = "name"
    """Its name is no UTF-8, or has characters that cannot be shown."""
    LINK = "link"
    """A link that leads out of the tree, to nothing, or round in a circle."""
    KIND = "kind"
    """Neither a file nor a folder."""
    DEEP = "deep"
    """It lies in too many folders, or behind a second link to a folder."""
    LARGE = "large"
    CLOSED = "closed"
    """This account may not read it."""
    CHANGING = "changing"
    """It was written to while it was read, again and again."""
    FAULT = "fault"
    """It could not be read for another reason; what was known of it is kept."""
    WITHHELD = "withheld"
    """A hash file that the origin lists and does not give."""


WORDS: Mapping[Omission, str] = {
    Omission.HIDDEN: "hidden",
    Omission.NAME: "with a name that is no UTF-8 or cannot be shown",
    Omission.LINK: "a link out of the tree, to nothing or in a circle",
    Omission.KIND: "neither a file nor a folder",
    Omission.DEEP: "too deep",
    Omission.LARGE: "larger than 1 TiB",
    Omission.CLOSED: "closed to this account",
    Omission.CHANGING: "written to while it was read",
    Omission.FAULT: "unreadable, so that what was known of it is kept",
    Omission.WITHHELD: "a hash file that the origin does not give",
}

UNREADABLE = frozenset({Omission.CLOSED, Omission.FAULT, Omission.WITHHELD})
"""What somebody must mend; the rest is left out as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One thing that is left out."""

    path: str
    """Below the root; bytes that are no UTF-8 are escaped."""
    why: Omission


@dataclass(slots=True)
class Omissions:
    """All that one round leaves out, counted, with a few examples of each kind."""

    counts: Counter[Omission] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)

    def add(self, path: str, why: Omission) -> None:
        """Count one more."""
        self.counts[why] += 1
        known = sum(one.why is why for one in self.examples)
        if known < _EXAMPLES // len(Omission) + 1:
            self.examples.append(Example(path=_shown(path), why=why))


def refused_name(name: str) -> Omission | None:
    """Return why a file or folder of that name is not published; None if it is."""
    if name.startswith("."):
        return Omission.HIDDEN
    # The bytes that are no UTF-8 are lone surrogates, which cannot be shown either.
    return None if name.isprintable() else Omission.NAME


def _shown(path: str) -> str:
    """Return a path that every JSON and terminal takes."""
    return path.encode(errors="surrogateescape").decode(errors="backslashreplace")
