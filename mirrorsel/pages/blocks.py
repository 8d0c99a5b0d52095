"""The blocks of a template, put together from its marks."""

from dataclasses import dataclass, field

from mirrorsel.pages.formats import encode, parse_formats
from mirrorsel.pages.grammar import WITH_ELSE
from mirrorsel.pages.nodes import Define, For, Formatted, IfAny, IfIndex, Is
from mirrorsel.pages.reference import operand
from mirrorsel.pages.rendering import STEP, Node, Section
from mirrorsel.pages.scanner import Mark

DEEPEST_BLOCK = 20
"""How many blocks may stand inside one another."""


class Run:
    """The nodes of a section that is not ended yet."""

    def __init__(self) -> None:
        """Begin with none."""
        self._nodes: list[Node] = []
        self._lines: list[int] = []
        self._cost = STEP

    def add(self, node: Node, line: int, cost: int) -> None:
        """Add a node, the line where it stands, and what one run of it counts."""
        self._nodes.append(node)
        self._lines.append(line)
        self._cost += cost

    def section(self) -> Section:
        """Return the nodes as a section."""
        return Section(
            nodes=tuple(self._nodes), lines=tuple(self._lines), cost=self._cost
        )


_EMPTY = Run().section()


@dataclass(slots=True, kw_only=True)
class Block:
    """A block that is not closed yet; the file itself is the outermost one."""

    mark: Mark | None = None
    """The directive that opened it."""
    plain: bool = False
    """Whether it only keeps count of its `[end]`, being faulty itself."""
    run: Run = field(default_factory=Run)
    """What the section at hand has so far."""
    then: Section | None = None
    """The first of two sections, once there was an `[else]`."""
    middle: Mark | None = None
    """That `[else]`."""

    @property
    def takes_else(self) -> bool:
        """Whether an ``[else]`` may stand here."""
        return (
            self.mark is not None
            and self.middle is None
            and self.mark.name in WITH_ELSE
        )

    def turn(self, mark: Mark) -> None:
        """Begin the section behind an ``[else]``."""
        self.middle = mark
        if not self.plain:
            self.then = self.run.section()
            self.run = Run()

    def close(self) -> Section:
        """Return the section that ends here."""
        return self.run.section()


def close(block: Block, mark: Mark, end: Mark | None) -> Node:
    """Return the node of a block that `mark` opened and `end`, or the file, closes."""
    last = block.close()
    first, other = (last, _EMPTY) if block.then is None else (block.then, last)
    match mark.words:
        case ["if-any", *names]:
            operands = tuple(operand(name) for name in names)
            return IfAny(operands=operands, then=first, other=other)
        case ["is", left, right]:
            return Is(left=operand(left), right=operand(right), then=first, other=other)
        case ["if-index", name, position]:
            return IfIndex(
                operand=operand(name),
                position=position,
                sources=(_source(mark), _source(block.middle), _source(end)),
                then=first,
                other=other,
            )
        case ["for", name]:
            return For(operand=operand(name), body=last)
        case ["define", name]:
            return Define(name=name, body=last)
        case _:
            formats = parse_formats(mark.words[1][1:-1]) or ()
            return Formatted(formats=formats, body=last)


def _source(mark: Mark | None) -> bytes:
    return encode(mark.source) if mark else b""
