"""Example texts that a pattern matches, to ask what holds for them."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice, product

from mirrorsel.audit.expression import LONGEST, compiled
from mirrorsel.audit.pattern import Pattern, is_undecided

_MOST = 256
_ATOM = re.compile(
    r"\\(?P<escape>.)|\[(?P<negated>\^)?(?P<set>\]?(?:\\.|\[:\w+:\]|[^\]\\])*)\]"
    r"|(?P<open>\((?:\?(?P<kind>[:=!]|<[=!]|P?<\w+>|[a-z]+\)|[a-z]*:))?)|(?P<letter>.)",
    re.DOTALL,
)
_TIMES = re.compile(r"(?P<sign>[*+?]|\{(?P<least>\d*),?\d*\})[?+]?")
_CLASSES = {"d": "0", "w": "x", "s": " ", "D": "x", "W": "-", "S": "x", ".": "."}
_EMPTY = "AbBzZG"


def samples(pattern: Pattern) -> tuple[str, ...]:
    """Return a few texts that a pattern matches; none where it is too clever."""
    if not pattern.regex:
        return (_shell_sample(pattern.text),)
    expression = compiled(pattern.text)
    if expression is None:
        return ()
    found = _Sampler(pattern.text).alternatives()
    examples = tuple(one for one in found if expression.search(one))
    return () if expression.undecided else examples


def is_clear(pattern: Pattern) -> bool:
    """Whether it can be told what a pattern is for.

    An expression that cannot be read, that no example is known of or that takes too
    long may or may not be met by any request.
    """
    return not pattern.regex or (_has_samples(pattern) and not is_undecided(pattern))


@cache
def _has_samples(pattern: Pattern) -> bool:
    return bool(samples(pattern))


@cache
def is_cut(pattern: Pattern) -> bool:
    """Whether there are more examples than are tried."""
    if not pattern.regex or compiled(pattern.text) is None:
        return False
    sampler = _Sampler(pattern.text)
    sampler.alternatives()
    return sampler.cut


def _shell_sample(text: str) -> str:
    if len(text) > LONGEST:
        return text
    return re.sub(r"\[[!^]?(.)[^\]]*\]|[*?]", lambda one: one[1] or "x", text)


class _Sampler:
    """Reads an expression from left to right, collecting what could stand there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.cut = False
        """Whether examples were left out."""

    def alternatives(self) -> tuple[str, ...]:
        """Return the examples of everything up to a closing bracket or the end."""
        found = list(self._sequence())
        while self._text[self._at : self._at + 1] == "|":
            self._at += 1
            found += self._sequence()
        return self._few(dict.fromkeys(found))

    def _sequence(self) -> tuple[str, ...]:
        found: tuple[str, ...] = ("",)
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            options = self._repeated(self._atom())
            pairs = ("".join(pair) for pair in product(found, options))
            found = self._few(one[:LONGEST] for one in pairs)
        return found

    def _few(self, found: Iterable[str]) -> tuple[str, ...]:
        kept = tuple(islice(found, _MOST + 1))
        self.cut = self.cut or len(kept) > _MOST
        return kept[:_MOST]

    def _atom(self) -> tuple[str, ...]:
        match = _ATOM.match(self._text, self._at)
        if match is None:
            self._at = len(self._text)
            return ("",)
        self._at = match.end()
        if match["open"]:
            return self._group(match["kind"] or "")
        if escape := match["escape"]:
            return ("" if escape in _EMPTY else _CLASSES.get(escape, escape),)
        if match["set"] is not None:
            return (_member(match["set"], negated=bool(match["negated"])),)
        letter = match["letter"]
        return ("" if letter in "^$" else "x" if letter == "." else letter,)

    def _group(self, kind: str) -> tuple[str, ...]:
        if kind.endswith(")"):
            return ("",)
        inside = self.alternatives()
        self._at += 1
        return ("",) if kind[-1:] in ("=", "!") else inside

    def _repeated(self, options: tuple[str, ...]) -> tuple[str, ...]:
        match = _TIMES.match(self._text, self._at)
        if match is None:
            return options
        self._at = match.end()
        if match["sign"] in ("*", "?"):
            return (*options, "")
        if match["sign"] == "+":
            return options
        least = int(match["least"] or 0)
        return tuple(one * min(least, LONGEST // max(len(one), 1)) for one in options)


def _member(letters: str, *, negated: bool) -> str:
    expression = compiled(f"[{'^' if negated else ''}{letters}]")
    likely = "x0X-_./ "
    if expression is None:
        return likely[0]
    ordinary = map(chr, range(33, 127))
    known = (one for one in (*likely, *ordinary) if expression.fullmatch(one))
    return next(known, likely[0])
