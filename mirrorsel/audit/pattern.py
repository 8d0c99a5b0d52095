"""The patterns of sections: which folder, file or URL they are for."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from mirrorsel.audit.directive import Directive
from mirrorsel.audit.expression import compiled, is_bounded

_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What stands in the head of a section."""

    text: str
    regex: bool

    @property
    def wild(self) -> bool:
        """Whether it has shell wildcards."""
        return not self.regex and bool(_WILDCARDS & set(self.text))

    @property
    def depth(self) -> int:
        """How many folders it names, by which httpd orders sections."""
        return self.text.rstrip("/").count("/")


def pattern_of(section: Directive) -> Pattern:
    """Return the pattern of a `Directory`, `Files` or `Location` section."""
    if section.name.endswith("match"):
        return Pattern(text=section.first, regex=True)
    if section.first == "~":
        return Pattern(text="".join(section.arguments[1:2]), regex=True)
    if section.name == "directory" and section.first:
        return Pattern(text=_tidy(section.first), regex=False)
    return Pattern(text=section.first, regex=False)


def _tidy(folder: str) -> str:
    """Return a path without doubled slashes and without dots, as httpd does."""
    plain = posixpath.normpath(folder)
    return f"/{plain.lstrip('/')}" if plain.startswith("/") else plain


def matches_folder(pattern: Pattern, folder: str) -> bool:
    """Whether a plain `Directory` section is for a folder itself."""
    wanted = pattern.text.rstrip("/") or "/"
    return _shell(wanted)(folder) if pattern.wild else folder == wanted


def matches_path(pattern: Pattern, path: str) -> bool:
    """Whether a `Directory` section with an expression is for a file.

    httpd compares the whole path of the file, so that an expression that ends
    with a folder's name and `$` is for nothing.
    """
    return _found(pattern.text, path)


def matches_file(pattern: Pattern, name: str) -> bool:
    """Whether a `Files` section is for a file name."""
    if pattern.regex:
        return _found(pattern.text, name)
    return _shell(pattern.text)(name) if pattern.wild else name == pattern.text


def matches_url(pattern: Pattern, url: str) -> bool:
    """Whether a `Location` section is for the path of a URL."""
    if pattern.regex:
        return _found(pattern.text, url)
    if pattern.wild:
        return _shell(pattern.text)(url)
    stem = pattern.text.rstrip("/")
    return url == pattern.text or url.startswith(f"{stem}/")


def is_undecided(pattern: Pattern) -> bool:
    """Whether it cannot be told what a pattern is for within its bounds."""
    if not is_bounded(pattern.text):
        return pattern.regex or pattern.wild
    text = pattern.text if pattern.regex else _translated(pattern.text)
    known = compiled(text) if pattern.regex or pattern.wild else None
    return known is not None and known.undecided


def _found(text: str, subject: str) -> bool:
    """Search; an expression that cannot be read counts as found."""
    expression = compiled(text)
    return expression is None or expression.search(subject)


def _shell(text: str) -> Callable[[str], bool]:
    """Return a test for a shell pattern in which no wildcard stands for a slash."""
    expression = compiled(_translated(text)) if is_bounded(text) else None
    return lambda subject: expression is None or expression.fullmatch(subject)


@cache
def _translated(text: str) -> str:
    """Return a shell pattern as an expression."""
    parts = []
    for part in re.findall(r"\\.|\[[!^]?\]?[^\]]*\]|.", text, re.DOTALL):
        if part == "*":
            parts.append("[^/]*")
        elif part == "?":
            parts.append("[^/]")
        elif part.startswith("[") and len(part) > 1:
            parts.append("[" + re.sub("^!", "^", part[1:-1]) + "]")
        else:
            parts.append(re.escape(part.removeprefix("\\") or part))
    return "".join(parts)
