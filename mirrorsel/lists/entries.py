"""The lines of a text, and which of them hold mirrors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from mirrorsel.lists.entry import EntryReader
from mirrorsel.lists.reader import MARK
from mirrorsel.lists.words import LineError, split
from mirrorsel.model import Mirror


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A text as its lines, from which it can be put together again."""

    mark: str
    """The byte order mark, if there is one."""
    contents: tuple[str, ...]
    """The whole lines, without their newlines."""
    rest: str
    """What follows the last newline: a line that has no end."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the lines of a text."""
        body = text.removeprefix(MARK)
        *contents, rest = body.split("\n")
        mark = text[: len(text) - len(body)]
        return cls(mark=mark, contents=tuple(contents), rest=rest)

    def with_contents(self, contents: Sequence[str]) -> str:
        """Return the text with other lines."""
        ended = "".join(f"{one}\n" for one in contents)
        return self.mark + ended + self.rest


def mirror_lines(text: str) -> dict[int, Mirror]:
    """Return by their number the lines that hold mirrors.

    Those are among them that do not count, since their URL is listed before.
    """
    found = (
        (number, _mirror(number, content))
        for number, content in enumerate(Lines.of(text).contents, start=1)
    )
    return {number: mirror for number, mirror in found if mirror is not None}


def _mirror(number: int, content: str) -> Mirror | None:
    try:
        words = split(content)
    except LineError:
        return None
    return EntryReader(number, None).read(words) if words else None
