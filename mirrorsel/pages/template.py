"""A template, parsed once and rendered often."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from mirrorsel.errors import Problem
from mirrorsel.pages.builder import Builder, Remark, Unknown
from mirrorsel.pages.excerpt import excerpt
from mirrorsel.pages.finding import Finding
from mirrorsel.pages.grammar import fault
from mirrorsel.pages.limits import MOST_REMARKS
from mirrorsel.pages.names import Names
from mirrorsel.pages.rendering import (
    FILE,
    ExhaustedError,
    Included,
    Includer,
    Rendering,
    Section,
    allowed,
)
from mirrorsel.pages.scanner import Mark, Scanned, scan
from mirrorsel.pages.source import Source, expand
from mirrorsel.pages.values import Values
from mirrorsel.pages.vocabulary import NAMES, Vocabulary

# What a template takes in memory at least, and each file that it names.
_BASE = 2048
_INCLUSION = 1000


def _untold(_finding: Finding) -> None:
    """Let nobody know."""


class NoFiles:
    """An includer for which no file exists."""

    def text(self, _name: str, _beside: str, /) -> bytes | None:
        """Return None."""
        return None

    def template(self, _name: str, _beside: str, /) -> Included | None:
        """Return None."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """An ``[include]`` or ``[insertfile]`` that names its file as a string."""

    name: str
    parsed: bool
    """Whether the file is a template, as ``[include]`` says."""
    problem: Problem
    """What is wrong if the file cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A parsed page, or a file that pages include."""

    name: str
    """What its includes are relative to, as its includer understands it."""
    section: Section
    remarks: tuple[Remark, ...]
    """All that is wrong or doubtful, in the order of the text."""
    inclusions: tuple[Inclusion, ...]
    defines: frozenset[str]
    """The names that it defines."""
    loops: frozenset[str]
    """The names that it repeats over."""
    size: int
    """How many bytes it takes in memory, and 4 KiB for each file put into it."""
    source: int
    """How many bytes were read for it."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or doubtful in the file by itself."""
        return tuple(remark.problem for remark in self.remarks)

    def render(
        self,
        values: Values,
        includer: Includer | None = None,
        told: Callable[[Finding], None] = _untold,
    ) -> bytes:
        """Return the page.

        A page that yields far more than any page should ends early, and `told` gets
        the place where it does.
        """
        rendering = Rendering(values, includer or NoFiles(), self.name)
        written = rendering.out
        try:
            self.section.write(rendering)
        except ExhaustedError as error:
            problem = Problem(message=str(error), line=error.line)
            told(Finding(name=error.name, problem=problem))
        return b"".join(written)


def parse(
    text: bytes,
    *,
    name: str = "",
    includer: Includer | None = None,
    unknown: Unknown = Unknown.LITERAL,
    vocabulary: Vocabulary = NAMES,
) -> Template:
    """Return a file as a template, whatever is in it.

    Args:
        text: UTF-8, or any encoding in which the directives are ASCII; bytes
            outside directives are kept as they are.
        name: what its includes are relative to, as `includer` understands it.
        includer: gives the files of server-side includes, which are put in now.
        unknown: what becomes of directives whose name is unknown.
        vocabulary: the names that there will be values for; for problems only.

    """
    source = expand(text, _Reader(includer or NoFiles(), name).read)
    builder, section, scanned = _built(source, unknown, vocabulary)
    remarks = [Remark(problem=problem) for problem in source.problems()]
    if builder.misfit:
        first = builder.misfit
        builder, section, scanned = _built(source, unknown, vocabulary, comments=False)
        if not builder.misfit:
            remarks.append(_comments_are_text(first))
    inclusions = tuple(_inclusions(scanned, source))
    more = len(inclusions) * _INCLUSION + source.included * FILE
    return Template(
        name=name,
        section=section,
        remarks=tuple(sorted([*remarks, *builder.remarks], key=_place)),
        inclusions=inclusions,
        defines=frozenset(_second(scanned, "define")),
        loops=frozenset(_second(scanned, "for")),
        size=_BASE + more + builder.size,
        source=source.size,
    )


def _built(
    source: Source, unknown: Unknown, vocabulary: Vocabulary, *, comments: bool = True
) -> tuple[Builder, Section, Scanned]:
    scanned = scan(source.text, comments=comments)
    builder = Builder(source, unknown, _names(scanned, vocabulary))
    return builder, builder.build(scanned), scanned


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what server-side includes name: beside the page, else from the root."""

    includer: Includer
    page: str

    def read(self, name: str) -> bytes | None:
        relative = name.lstrip("/")
        if not allowed(relative):
            return None
        text = self.includer.text(relative, self.page)
        if text is None and relative != name:
            text = self.includer.text(f"/{relative}", self.page)
        return text


def _names(scanned: Scanned, vocabulary: Vocabulary) -> Names:
    return Names(vocabulary, frozenset(_second(scanned, "define")))


def _second(scanned: Scanned, directive: str) -> list[str]:
    return [mark.words[1] for mark in scanned.marks if mark.words[:-1] == (directive,)]


def _inclusions(scanned: Scanned, source: Source) -> Iterator[Inclusion]:
    named = (mark for mark in scanned.marks if _names_a_file(mark))
    for mark in islice(named, MOST_REMARKS):
        message = f"`{excerpt(mark.source)}`: the file cannot be read"
        yield Inclusion(
            name=mark.words[1][1:-1],
            parsed=mark.name == "include",
            problem=source.problem(message, mark.start),
        )


def _names_a_file(mark: Mark) -> bool:
    includes = mark.name in {"include", "insertfile"} and not fault(mark)
    return includes and mark.words[1].startswith('"')


def _comments_are_text(misfit: Problem) -> Remark:
    message = f"{misfit.message}, unless HTML comments are text, as they are now"
    return Remark(problem=replace(misfit, message=message, warning=True))


def _place(remark: Remark) -> tuple[int, int]:
    return remark.problem.line, remark.problem.column
