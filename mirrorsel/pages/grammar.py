"""How many words each directive takes."""

from mirrorsel.pages.formats import parse_formats
from mirrorsel.pages.scanner import Mark

_SYNTAX = {
    "else": "[else]",
    "end": "[end]",
    "for": "[for LIST]",
    "is": "[is VALUE VALUE]",
    "if-index": "[if-index LIST odd|even|first|last|NUMBER]",
    "define": "[define NAME]",
    "format": '[format "html|xml|js|url|raw"]',
    "include": '[include "FILE" ARGUMENT...] or [include NAME]',
    "insertfile": '[insertfile "FILE"] or [insertfile NAME]',
}
BLOCKS = frozenset({"if-any", "for", "is", "if-index", "define", "format"})
"""The directives that an ``[end]`` closes."""
DIRECTIVES = frozenset(_SYNTAX) | BLOCKS
"""All words that are no names of values when they come first."""
WITH_ELSE = frozenset({"if-any", "is", "if-index"})
"""The blocks that may have an ``[else]``."""


def fault(mark: Mark) -> str:
    """Return what is wrong with a directive's words, or an empty string."""
    if mark.name not in _SYNTAX or _well_formed(mark.words):
        return ""
    return f"must be written {_SYNTAX[mark.name]}"


def _well_formed(words: tuple[str, ...]) -> bool:
    match words:
        case ["include", file, _, *_]:
            return file.startswith('"')
        case ["if-index", name, place]:
            return not name.startswith('"') and _is_place(place)
        case ["define", name]:
            return not name.startswith('"') and "." not in name
        case ["format", kinds]:
            return kinds.startswith('"') and parse_formats(kinds[1:-1]) is not None
        case ["else" | "end"] | ["is", _, _] | ["for" | "include" | "insertfile", _]:
            return True
        case _:
            return False


def _is_place(word: str) -> bool:
    number = word.removeprefix("-")
    return word in {"odd", "even", "first", "last"} or (
        number.isascii() and number.isdecimal()
    )
