"""A template, parsed once and rendered often."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace

from mirrorsel.errors import Problem
from mirrorsel.pages.builder import Builder, Remark, Unknown
from mirrorsel.pages.excerpt import excerpt
from mirrorsel.pages.formats import decode
from mirrorsel.pages.grammar import fault
from mirrorsel.pages.names import Names
from mirrorsel.pages.rendering import (
    ExhaustedError,
    Included,
    Includer,
    Rendering,
    Section,
    allowed,
)
from mirrorsel.pages.scanner import Mark, scan
from mirrorsel.pages.source import Source, expand
from mirrorsel.pages.values import Values
from mirrorsel.pages.vocabulary import NAMES, Vocabulary


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

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong or doubtful in the file by itself."""
        return tuple(remark.problem for remark in self.remarks)

    def render(self, values: Values, includer: Includer | None = None) -> bytes:
        """Return the page.

        A page that yields far more than any page should ends early.
        """
        rendering = Rendering(values, includer or NoFiles(), self.name)
        written = rendering.out
        with suppress(ExhaustedError):
            for node in self.section.nodes:
                node.write(rendering)
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
    source = expand(decode(text), _Reader(includer or NoFiles(), name).read)
    marks = tuple(scan(source.text))
    builder = Builder(source, unknown, _names(marks, vocabulary))
    section = builder.build(marks)
    remarks = [Remark(problem=problem) for problem in source.problems()]
    if builder.misfit:
        first = builder.misfit
        marks = tuple(scan(source.text, comments=False))
        builder = Builder(source, unknown, _names(marks, vocabulary))
        section = builder.build(marks)
        if not builder.misfit:
            remarks.append(_comments_are_text(first))
    return Template(
        name=name,
        section=section,
        remarks=tuple(sorted([*remarks, *builder.remarks], key=_place)),
        inclusions=tuple(_inclusions(marks, source)),
        defines=frozenset(_second(marks, "define")),
        loops=frozenset(_second(marks, "for")),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what server-side includes name: beside the page, else from the root."""

    includer: Includer
    page: str

    def read(self, name: str) -> str | None:
        relative = name.lstrip("/")
        if not allowed(relative):
            return None
        text = self.includer.text(relative, self.page)
        if text is None and relative != name:
            text = self.includer.text(f"/{relative}", self.page)
        return None if text is None else decode(text)


def _names(marks: Collection[Mark], vocabulary: Vocabulary) -> Names:
    return Names(vocabulary, frozenset(_second(marks, "define")))


def _second(marks: Collection[Mark], directive: str) -> list[str]:
    return [mark.words[1] for mark in marks if mark.words[:-1] == (directive,)]


def _inclusions(marks: Collection[Mark], source: Source) -> list[Inclusion]:
    return [
        Inclusion(
            name=mark.words[1][1:-1],
            parsed=mark.name == "include",
            problem=source.problem(
                f"`{excerpt(mark.source)}`: the file cannot be read", mark.start
            ),
        )
        for mark in marks
        if mark.name in {"include", "insertfile"}
        and not fault(mark)
        and mark.words[1].startswith('"')
    ]


def _comments_are_text(misfit: Problem) -> Remark:
    message = f"{misfit.message}, unless HTML comments are text, as they are now"
    return Remark(problem=replace(misfit, message=message, warning=True))


def _place(remark: Remark) -> tuple[int, int]:
    return remark.problem.line, remark.problem.column
