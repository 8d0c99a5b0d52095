"""All that is wrong with a page, together with the files that it includes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from mirrorsel.pages.finding import Finding
from mirrorsel.pages.limits import MOST_FILES
from mirrorsel.pages.rendering import DEEPEST_INCLUDE, allowed
from mirrorsel.pages.template import Inclusion, Template

_TOO_MANY = f"more than {MOST_FILES} files are included; from here on none is looked at"


class Files(Protocol):
    """An includer whose templates tell what is wrong with them."""

    def text(self, name: str, beside: str, /) -> bytes | None:
        """Return a file as it is; None if it cannot be read."""
        ...

    def template(self, name: str, beside: str, /) -> Template | None:
        """Return a file as a template; None if it cannot be read."""
        ...


def report(page: Template, files: Files) -> tuple[Finding, ...]:
    """Return the problems of a page, then those of each file that it includes.

    A name that one of the files defines is known in all of them, and a list that one
    of them repeats over may be printed in those that are included.
    """
    reading = _Reading(files)
    faults = list(_faults(page, reading, (page.name,)))
    reached = reading.reached
    defines = frozenset[str]().union(*(one.defines for one in reached.values()))
    loops = frozenset[str]().union(*(one.loops for one in reached.values()))
    findings: list[Finding] = []
    for one in reached.values():
        known = defines if one is page else defines | loops
        here = [fault.problem for fault in faults if fault.name == one.name]
        here += [mark.problem for mark in one.remarks if mark.name not in known]
        here.sort(key=lambda problem: (problem.line, problem.column))
        findings += [Finding(name=one.name, problem=problem) for problem in here]
    return tuple(findings)


class _Reading:
    """What a page's includes name, each read once, and only so many."""

    def __init__(self, files: Files) -> None:
        self.reached: dict[str, Template] = {}
        """All templates that were reported on."""
        self._files = files
        self._known: dict[tuple[bool, str, str], Template | bytes | None] = {}

    def is_too_much(self, inclusion: Inclusion, template: Template) -> bool:
        """Return whether this would be one file too many."""
        key = (inclusion.parsed, inclusion.name, template.name)
        return len(self._known) >= MOST_FILES and key not in self._known

    def target(
        self, inclusion: Inclusion, template: Template
    ) -> Template | bytes | None:
        """Return what an include of a template names; None if it cannot be read."""
        name, beside = inclusion.name, template.name
        key = (inclusion.parsed, name, beside)
        if key not in self._known:
            read = self._files.template if inclusion.parsed else self._files.text
            self._known[key] = read(name, beside) if allowed(name) else None
        return self._known[key]


def _faults(
    template: Template, reading: _Reading, chain: tuple[str, ...]
) -> Iterator[Finding]:
    """Yield what is wrong with includes, and gather the templates that they reach."""
    reading.reached[template.name] = template
    for inclusion in template.inclusions:
        if reading.is_too_much(inclusion, template):
            yield _finding(template, inclusion, _TOO_MANY)
            return
        target = reading.target(inclusion, template)
        message = _fault(target, chain)
        if message is None:
            yield Finding(name=template.name, problem=inclusion.problem)
        elif message:
            yield _finding(template, inclusion, message)
        elif isinstance(target, Template) and target.name not in reading.reached:
            yield from _faults(target, reading, (*chain, target.name))


def _finding(template: Template, inclusion: Inclusion, message: str) -> Finding:
    problem = replace(inclusion.problem, message=message)
    return Finding(name=template.name, problem=problem)


def _fault(target: Template | bytes | None, chain: tuple[str, ...]) -> str | None:
    """Return what is wrong with what is included; None if it cannot be read."""
    if target is None:
        return None
    if not isinstance(target, Template):
        return ""
    if target.name in chain:
        return f"`{target.name}` includes itself"
    deep = len(chain) > DEEPEST_INCLUDE
    return f"`{target.name}` is included too deeply" if deep else ""
