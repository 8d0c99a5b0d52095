"""From the marks of a template to its nodes, leaving faults as they stand."""

from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.errors import Problem
from mirrorsel.pages.blocks import DEEPEST_BLOCK, Block, close
from mirrorsel.pages.excerpt import excerpt
from mirrorsel.pages.formats import encode
from mirrorsel.pages.grammar import BLOCKS, fault
from mirrorsel.pages.limits import MOST_REMARKS, MOST_WORDS
from mirrorsel.pages.names import Names
from mirrorsel.pages.nodes import Include, Insert, Print, Substitution, Text
from mirrorsel.pages.reference import Reference, operand
from mirrorsel.pages.rendering import STEP, Node, Section
from mirrorsel.pages.scanner import Mark, Scanned
from mirrorsel.pages.source import Source

# What the parts of a parsed template take in memory, measured with `tracemalloc`.
_TEXT = 160
_MARK = 400
_WORD = 160
_REMARK = 1000


class Unknown(StrEnum):
    """What becomes of a directive whose name is unknown."""

    LITERAL = "literal"
    """It stays as it stands."""
    EMPTY = "empty"
    """It is left out, except in HTML comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A problem of a template, and the name that it is about if it is about one."""

    problem: Problem
    name: str = ""


class Builder:
    """Puts one template together."""

    def __init__(self, source: Source, unknown: Unknown, names: Names) -> None:
        self.remarks: list[Remark] = []
        self.misfit: Problem | None = None
        """The first `[else]` or `[end]` without its block, or block without its end."""
        self.size = 0
        """How many bytes what was built takes in memory."""
        self._source = source
        self._unknown = unknown
        self._names = names
        self._open = [Block()]
        self._line = 1

    def build(self, scanned: Scanned) -> Section:
        """Return the whole file as a section."""
        done = 0
        for mark in scanned.marks:
            self._text(self._source.text[done : mark.start])
            self._line = self._source.line(mark.start)
            self._mark(mark)
            done = mark.end
        self._text(self._source.text[done : scanned.end])
        if scanned.end < len(self._source.text):
            self._cut(scanned.end)
        while len(self._open) > 1:
            if not self._open[-1].plain:
                self._nesting(self._opening(), "never closed, so that the file ends it")
            self._close(None)
        return self._open[0].close()

    def _cut(self, end: int) -> None:
        message = f"the page ends here: it has more than {MOST_WORDS} directives"
        # Whatever else is wrong, this must be told.
        del self.remarks[MOST_REMARKS - 1 :]
        self.remarks.append(Remark(problem=self._source.problem(message, end)))

    def _mark(self, mark: Mark) -> None:
        if message := fault(mark):
            self._remark(mark, message)
            self._fault(mark)
            return
        match mark.name:
            case "":
                self._bracket(mark)
            case "else":
                self._else(mark)
            case "end":
                self._end(mark)
            case name if name in BLOCKS:
                self._block(mark)
            case _:
                self._check(mark)
                self._directive(mark, self._value(mark))

    def _bracket(self, mark: Mark) -> None:
        if mark.source == "[[]":
            self._text("[")
        elif not mark.source[2:3].isspace():
            self._remark(mark, "a comment, which no client gets", warning=True)

    def _block(self, mark: Mark) -> None:
        if len(self._open) > DEEPEST_BLOCK:
            self._remark(mark, "stands inside too many blocks")
            self._fault(mark)
            return
        self._check(mark)
        if mark.name == "for":
            self._names.enter(mark.words[1])
        self._open.append(Block(mark=mark))

    def _fault(self, mark: Mark) -> None:
        """Leave a directive as it stands; with arguments, its `[end]` too."""
        self._text(mark.source)
        if mark.name in BLOCKS and len(mark.words) > 1:
            self._open.append(Block(mark=mark, plain=True, run=self._open[-1].run))

    def _else(self, mark: Mark) -> None:
        block = self._open[-1]
        if block.plain or not block.takes_else:
            self._text(mark.source)
        if block.takes_else:
            block.turn(mark)
        else:
            self._nesting(mark, "no block is open that takes it")

    def _end(self, mark: Mark) -> None:
        if len(self._open) > 1:
            self._close(mark)
        else:
            self._text(mark.source)
            self._nesting(mark, "no block is open that takes it")

    def _close(self, end: Mark | None) -> None:
        opening = self._opening()
        block = self._open.pop()
        if block.plain:
            self._text(end.source if end else "")
            return
        if opening.name == "for":
            self._names.leave()
        self._line = self._source.line(opening.start)
        self._directive(opening, close(block, opening, end))

    def _opening(self) -> Mark:
        return self._open[-1].mark or Mark(start=0, source="")

    def _value(self, mark: Mark) -> Node:
        source = encode(mark.source)
        literal = mark.in_comment or self._unknown is Unknown.LITERAL
        otherwise = (source if literal else b"", source)
        words = [operand(word) for word in mark.words]
        if mark.name == "include":
            return Include(
                file=words[1], arguments=tuple(words[2:]), otherwise=otherwise
            )
        if mark.name == "insertfile":
            return Insert(file=words[1], otherwise=otherwise)
        if len(words) == 1 and isinstance(words[0], Reference):
            return Print(words[0].name, words[0], otherwise)
        return Substitution(
            pattern=words[0], arguments=tuple(words[1:]), otherwise=otherwise
        )

    def _text(self, text: str) -> None:
        if text:
            content = encode(text)
            self.size += _TEXT + len(content)
            self._add(Text(content), STEP + len(content))

    def _directive(self, mark: Mark, node: Node) -> None:
        """Add what a directive became: each of its words is looked at."""
        words, length = len(mark.words), len(encode(mark.source))
        self.size += _MARK + words * _WORD + 4 * length
        self._add(node, words * STEP + length)

    def _add(self, node: Node, cost: int) -> None:
        self._open[-1].run.add(node, self._line, cost)

    def _check(self, mark: Mark) -> None:
        if len(self.remarks) < MOST_REMARKS:
            for doubt in self._names.doubts(mark):
                self._remark(
                    mark, doubt.message, warning=doubt.warning, name=doubt.name
                )

    def _nesting(self, mark: Mark, message: str) -> None:
        self._remark(mark, message)
        self.misfit = self.misfit or self._problem(mark, message)

    def _remark(
        self, mark: Mark, message: str, *, warning: bool = False, name: str = ""
    ) -> None:
        if len(self.remarks) < MOST_REMARKS:
            problem = self._problem(mark, message, warning=warning)
            self.remarks.append(Remark(problem=problem, name=name))
            self.size += _REMARK

    def _problem(self, mark: Mark, message: str, *, warning: bool = False) -> Problem:
        text = f"`{excerpt(mark.source)}`: {message}"
        return self._source.problem(text, mark.start, warning=warning)
