"""One rendering of a page, from its values to its bytes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from mirrorsel.errors import MirrorselError
from mirrorsel.pages.formats import Format, decode, encode, escape
from mirrorsel.pages.limits import LARGEST_PAGE, MOST_FILES
from mirrorsel.pages.reference import Operand, Reference
from mirrorsel.pages.scope import Scope
from mirrorsel.pages.values import Item, Markup, Values

DEEPEST_INCLUDE = 8
"""How many files may include one another."""

# Work counts as so many bytes as take about as long: a node of a section, a word
# of a directive, a file.
STEP = 128
"""How much a node of a section counts, or a word of a directive, besides its text."""
FILE = 4096
"""How much a file counts each time that it is asked for."""
_TOO_MUCH = (
    f"the page ends here: with what is repeated and included it is more than"
    f" {LARGEST_PAGE // 2**20} MiB, or as much work"
)
_TOO_MANY = f"the page ends here: it reads more than {MOST_FILES} files"
# A format makes its text up to six times as long.
_FORMAT = 8
# Longer values are made anew each time that they are printed.
_SHORT = 1024


class ExhaustedError(MirrorselError):
    """A page yields or reads more than any page should; it ends there."""

    name: str = ""
    """The template that did it; empty until it is known."""
    line: int = 0
    """The line of its directive."""

    def blame(self, name: str, line: int) -> None:
        """Name the place; the first one counts, which is the innermost."""
        if not self.line:
            self.name, self.line = name, line


class Node(Protocol):
    """A part of a template."""

    def write(self, rendering: "Rendering") -> None:
        """Write what it stands for."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A run of nodes, as between ``[for]`` and ``[end]``."""

    nodes: tuple[Node, ...]
    lines: tuple[int, ...]
    """The line on which each node stands."""
    cost: int
    """How much one run of it counts, besides what its blocks and values count."""

    def write(self, rendering: "Rendering") -> None:
        """Write all nodes.

        Raises:
            ExhaustedError: that is too much; it names the line.

        """
        place = 0
        try:
            rendering.spend(self.cost)
            for place, node in enumerate(self.nodes):  # noqa: B007  (told on errors)
                node.write(rendering)
        except ExhaustedError as error:
            error.blame(rendering.name, self.lines[place] if self.lines else 0)
            raise


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

    @property
    def size(self) -> int:
        """How many bytes it takes in memory."""
        ...

    @property
    def source(self) -> int:
        """How many bytes were read for it."""
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
        self.name = name
        """The template at hand."""
        self._includer = includer
        self._texts: dict[tuple[str, str], bytes | None] = {}
        self._templates: dict[tuple[str, str], Included | None] = {}
        self._formats: tuple[Format, ...] = ()
        self._depth = 0
        self._budget = LARGEST_PAGE

    def spend(self, cost: int) -> None:
        """Count what is written or done.

        Raises:
            ExhaustedError: it is too much.

        """
        self._budget -= cost
        if self._budget < 0:
            raise ExhaustedError(_TOO_MUCH)

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
        if self._formats:
            length = len(text.text if isinstance(text, Markup) else text)
            self.spend(length * _FORMAT * len(self._formats))
        piece = encode(escape(text, self._formats))
        self.spend(len(piece))
        return piece

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
        self.spend(FILE)
        text = self._text(name) if allowed(name) else None
        self.spend(len(text or b""))
        self.out.append(text or b"")

    def include(self, name: str, arguments: Sequence[Operand]) -> None:
        """Write what a file renders; nothing if it cannot be read."""
        self.spend(FILE)
        if self._depth == DEEPEST_INCLUDE or not allowed(name):
            return
        included = self._template(name)
        if included is None:
            return
        outer, self.name = self.name, included.name
        self._depth += 1
        self.changed()
        with self.scope.passing(arguments):
            included.section.write(self)
        self.name = outer
        self._depth -= 1
        self.changed()

    def _text(self, name: str) -> bytes | None:
        """Return a file, which is read once for each page."""
        key = (name, self.name)
        if key not in self._texts:
            self._count_file()
            self._texts[key] = self._includer.text(*key)
        return self._texts[key]

    def _template(self, name: str) -> Included | None:
        """Return a file as a template; each counts once, as what it takes to make."""
        key = (name, self.name)
        if key not in self._templates:
            self._count_file()
            included = self._templates[key] = self._includer.template(*key)
            self.spend(included.size + included.source if included else 0)
        return self._templates[key]

    def _count_file(self) -> None:
        if len(self._texts) + len(self._templates) == MOST_FILES:
            raise ExhaustedError(_TOO_MANY)


def allowed(name: str) -> bool:
    """Return whether a page may ask for a name: relative, and never upwards.

    What httpd keeps to itself by its own configuration, `.htaccess` and `.htpasswd`
    and their like, no page may have either.
    """
    parts = name.split("/")
    return (
        name.isprintable()
        and not name.startswith("/")
        and "\\" not in name
        and name not in {"", "."}
        and ".." not in parts
        and not any(part.lower().startswith(".ht") for part in parts)
    )
