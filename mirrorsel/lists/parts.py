"""Where the parts of a mirror's line stand in it."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from mirrorsel.lists.options import OPTIONS
from mirrorsel.lists.words import split, word_spans

_EPOCH = re.compile(r"[0-9]+(?: |\Z)")
_BLANKS = re.compile(r"[ \t\r]*")


class Part(NamedTuple):
    """One word of a line, or several that belong together."""

    start: int
    """Where it starts, counted from 0."""
    end: int
    """Where it ends."""
    text: str
    """What it says, without its quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a line that holds a mirror."""

    kind: Part
    country: Part
    url: Part
    fourth: Part | None
    """The contact, or the epoch with logo and link; all their words as one part."""
    options: tuple[tuple[str, Part], ...]
    """Names with the whole words, `name=value`, in the order of the line."""

    @property
    def end(self) -> int:
        """Where the last word ends."""
        last = self.options[-1][1] if self.options else self.fourth or self.url
        return last.end

    @property
    def fields(self) -> tuple[Part, ...]:
        """The fields, without the options."""
        fields = (self.kind, self.country, self.url)
        return fields if self.fourth is None else (*fields, self.fourth)

    @property
    def published(self) -> bool:
        """Whether the fourth field is an epoch."""
        return self.fourth is not None and bool(_EPOCH.match(self.fourth.text))

    def option(self, name: str) -> Part | None:
        """Return the word of an option, None if it is not given."""
        return next((part for one, part in self.options if one == name), None)


def parts_of(content: str) -> Parts:
    """Return the parts of a line in which the reader has found a mirror."""
    words = [
        Part(start, end, word.text)
        for (start, end), word in zip(word_spans(content), split(content), strict=True)
    ]
    kind, country, url, *rest = words
    options = tuple(
        (name, one) for one in rest if (name := _option_name(one.text)) is not None
    )
    plain = rest[: len(rest) - len(options)]
    return Parts(
        kind=kind, country=country, url=url, fourth=_joined(plain), options=options
    )


def gap_behind(content: str, end: int) -> int:
    """Return where the blanks end that begin there."""
    found = _BLANKS.match(content, end)
    return found.end() if found else end


def _option_name(text: str) -> str | None:
    # The reader knows other names too, but lets no line with them pass.
    name, equals, _ = text.partition("=")
    return name if equals and name in OPTIONS else None


def _joined(words: list[Part]) -> Part | None:
    if not words:
        return None
    text = " ".join(one.text for one in words)
    return Part(words[0].start, words[-1].end, text)
