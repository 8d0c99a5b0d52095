"""One rendering of a page, from its values to its bytes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from mirrorsel.errors import MirrorselError
from mirrorsel.pages.formats import Format, decode, encode, escape
from mirrorsel.pages.reference import Operand, Reference
from mirrorsel.pages.scope import Scope
from mirrorsel.pages.values import Item, Markup, Values

DEEPEST_INCLUDE = 8
"""How many files may include one another."""

# What blocks and includes may yield in all, in bytes, so that no page can keep a
# process busy; a repeated block counts a little more than its bytes.
_BUDGET = 16 * 2**20
_STEP = 64
_FILE = 4096
# Longer values are counted each time that they are printed.
_SHORT = 1024


class ExhaustedError(MirrorselError):
    """A page's loops, defines or includes yield more than any page should."""


class Node(Protocol):
    """A part of a template."""

    def write(self, rendering: "Rendering") -> None:
        """Write what it stands for."""
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """A run of nodes, as between ``[for]`` and ``[end]``."""

    nodes: tuple[Node, ...]
    cost: int
    """How much one run of it counts, besides what its blocks and values count."""

    def write(self, rendering: "Rendering") -> None:
        """Write all nodes."""
        rendering.spend(self.cost)
        for node in self.nodes:
            node.write(rendering)


def section(nodes: Sequence[Node], text: int = 0) -> Section:
    """Return a section of nodes that hold so many bytes of text."""
    return Section(tuple(nodes), _STEP * (1 + len(nodes)) + text)


class Included(Protocol):
    """A parsed file that a page includes."""

    @property
    def name(self) -> str:
        """What its own includes are relative to, as the includer understands it."""
        ...

    @property
    def section(self) -> Section:
        """What it renders."""
        ...


class Includer(Protocol):
    """Finds the files that templates name, inside their document root only.

    `beside` is the name of the template that asks. A `name` never has a ``..``
    segment, a backslash or a control character; one that begins with a slash, which
    only server-side includes may have, means the document root.
    """

    def text(self, name: str, beside: str, /) -> bytes | None:
        """Return a file as it is; None if it cannot be read."""
        ...

    def template(self, name: str, beside: str, /) -> Included | None:
        """Return a file as a template; None if it cannot be read."""
        ...


class Rendering:
    """The values of one page, and what was written of it."""

    def __init__(self, values: Values, includer: Includer, name: str) -> None:
        self.scope = Scope(values)
        self.out: list[bytes] = []
        """What is written, in pieces; nodes may append to it."""
        self.printed: dict[str, bytes] = {}
        """What short values print as, by reference, while the scope stands."""
        self._includer = includer
        self._name = name
        self._formats: tuple[Format, ...] = ()
        self._depth = 0
        self._budget = _BUDGET

    def spend(self, cost: int) -> None:
        """Count what a block yields.

        Raises:
            ExhaustedError: it is too much.

        """
        self._budget -= cost
        if self._budget < 0:
            raise ExhaustedError

    def changed(self) -> None:
        """Forget what names print as, for their meaning changed."""
        self.printed.clear()

    def string(self, operand: Operand) -> str | Markup | None:
        """Return the string that an operand stands for; None if it is none."""
        found = self.scope.find(operand)
        if isinstance(found, Item):
            found = found.text
        if not isinstance(found, str | Markup):
            return None
        self.spend(len(found.text if isinstance(found, Markup) else found))
        return found

    def escaped(self, text: str | Markup) -> bytes:
        """Return a string as it is printed here."""
        return encode(escape(text, self._formats))

    def print(self, reference: Reference, otherwise: tuple[bytes, bytes]) -> None:
        """Write a value, or what stands for an unknown name or for a list."""
        text = self.string(reference)
        if text is None:
            self.out.append(self.otherwise(reference, otherwise))
            return
        piece = self.escaped(text)
        self.out.append(piece)
        if len(piece) <= _SHORT:
            self.printed[reference.name] = piece

    def otherwise(self, operand: Operand, otherwise: tuple[bytes, bytes]) -> bytes:
        """Return the first of two if an operand is unknown, else the second."""
        return otherwise[0] if self.scope.find(operand) is None else otherwise[1]

    def capture(self, body: Section) -> Markup:
        """Return what a section writes, instead of writing it."""
        outer, self.out = self.out, []
        try:
            body.write(self)
            return Markup(text=decode(b"".join(self.out)))
        finally:
            self.out = outer

    @contextmanager
    def formatted(self, formats: tuple[Format, ...]) -> Iterator[None]:
        """Print values in these formats."""
        outer, self._formats = self._formats, formats
        self.changed()
        try:
            yield
        finally:
            self._formats = outer
            self.changed()

    def insert(self, name: str) -> None:
        """Write a file as it is; nothing if it cannot be read."""
        self.spend(_FILE)
        text = self._includer.text(name, self._name) if allowed(name) else None
        self.spend(len(text or b""))
        self.out.append(text or b"")

    def include(self, name: str, arguments: Sequence[Operand]) -> None:
        """Write what a file renders; nothing if it cannot be read."""
        self.spend(_FILE)
        if self._depth == DEEPEST_INCLUDE or not allowed(name):
            return
        included = self._includer.template(name, self._name)
        if included is None:
            return
        outer, self._name = self._name, included.name
        self._depth += 1
        self.changed()
        with self.scope.passing(arguments):
            included.section.write(self)
        self._name = outer
        self._depth -= 1
        self.changed()


def allowed(name: str) -> bool:
    """Return whether a page may ask for a name: relative, and never upwards."""
    return (
        name.isprintable()
        and not name.startswith("/")
        and "\\" not in name
        and name not in {"", "."}
        and ".." not in name.split("/")
    )
