"""Whether the names in a template's directives mean anything where they stand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from mirrorsel.pages.excerpt import excerpt
from mirrorsel.pages.grammar import DIRECTIVES
from mirrorsel.pages.reference import Reference, operand
from mirrorsel.pages.scanner import Mark
from mirrorsel.pages.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something about a name that a page's author should know."""

    name: str
    """The name, without its attributes."""
    message: str
    warning: bool = False


class _Kind(Enum):
    STRING = auto()
    LIST = auto()
    UNKNOWN = auto()
    ANY = auto()
    """An argument of an include: only the includer knows."""


class Names:
    """The names that are known, block by block."""

    def __init__(self, vocabulary: Vocabulary, defines: Collection[str]) -> None:
        self._vocabulary = vocabulary
        self._defines = defines
        self._loops: list[str] = []

    def enter(self, loop: str) -> None:
        """Note that a ``[for]`` begins."""
        self._loops.append(loop)

    def leave(self) -> None:
        """Note that the innermost ``[for]`` ends."""
        self._loops.pop()

    def doubts(self, mark: Mark) -> Iterator[Doubt]:
        """Yield what is doubtful about the names of a well-formed directive."""
        match mark.words:
            case ["for", name]:
                yield from self._repeated(name)
            case ["if-index", name, _]:
                if name not in self._loops and Reference(name).argument is None:
                    yield self._doubt(name, f"stands outside `[for {excerpt(name)}]`")
            case ["if-any"]:
                yield Doubt(name="", message="tests nothing and is never shown")
            case ["if-any" | "is", *names]:
                yield from self._tested(names)
            case ["include" | "insertfile", name, *names]:
                yield from self._printed([name])
                yield from self._tested(names)
            case [first, *_] if first not in DIRECTIVES:
                # In HTML comments they are conditions of browsers, or nothing at all.
                doubts = self._printed(mark.words)
                yield from (one for one in doubts if not mark.in_comment)

    def _printed(self, names: Collection[str]) -> Iterator[Doubt]:
        """Yield the first doubt only: the words of a sentence are not worth more."""
        for name in names:
            kind = self._kind(name)
            if kind is _Kind.UNKNOWN:
                yield self._unknown(name)
                return
            if kind is _Kind.LIST:
                message = f"`{name}` is a list and needs `[for {name}]` around it"
                yield self._doubt(name, message)
                return

    def _tested(self, names: Collection[str]) -> Iterator[Doubt]:
        for name in names:
            if self._kind(name) is _Kind.UNKNOWN:
                yield self._unknown(name)

    def _repeated(self, name: str) -> Iterator[Doubt]:
        match self._kind(name):
            case _Kind.UNKNOWN:
                yield self._unknown(name)
            case _Kind.STRING:
                message = (
                    f"`{excerpt(name)}` is no list, so that this block is never shown"
                )
                yield self._doubt(name, message)

    def _unknown(self, name: str) -> Doubt:
        hint = "" if "." in name else self._vocabulary.hint(name)
        more = f"; did you mean `{hint}`?" if hint else ""
        return self._doubt(name, f"unknown name `{excerpt(name)}`{more}", warning=True)

    def _doubt(self, name: str, message: str, *, warning: bool = False) -> Doubt:
        root = name.partition(".")[0]
        return Doubt(name=root, message=message, warning=warning)

    def _kind(self, word: str) -> _Kind:
        meant = operand(word)
        if not isinstance(meant, Reference):
            return _Kind.STRING
        if meant.argument is not None:
            return _Kind.ANY
        loop = meant.innermost(self._loops)
        if loop is None:
            return self._value(meant)
        return self._attribute(meant.behind(loop))

    def _attribute(self, attributes: tuple[str, ...]) -> _Kind:
        known = self._vocabulary.attributes
        if not attributes:
            return _Kind.STRING
        return _Kind.ANY if attributes[0] in known else _Kind.UNKNOWN

    def _value(self, meant: Reference) -> _Kind:
        if meant.behind(meant.root):
            return _Kind.UNKNOWN
        if meant.root in self._defines or meant.root in self._vocabulary.strings:
            return _Kind.STRING
        known = meant.root in self._vocabulary.lists
        return _Kind.LIST if known else _Kind.UNKNOWN
