"""All that is wrong with a page, together with the files that it includes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from mirrorsel.pages.finding import Finding
from mirrorsel.pages.rendering import DEEPEST_INCLUDE, allowed
from mirrorsel.pages.template import Inclusion, Template


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
    reached: dict[str, Template] = {}
    faults = list(_faults(page, files, (page.name,), reached))
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


def _faults(
    template: Template,
    files: Files,
    chain: tuple[str, ...],
    reached: dict[str, Template],
) -> Iterator[Finding]:
    """Yield what is wrong with includes, and gather the templates that they reach."""
    reached[template.name] = template
    for inclusion in template.inclusions:
        target = _target(inclusion, template, files)
        message = _fault(target, chain)
        if message is None:
            yield Finding(name=template.name, problem=inclusion.problem)
        elif message:
            problem = replace(inclusion.problem, message=message)
            yield Finding(name=template.name, problem=problem)
        elif isinstance(target, Template) and target.name not in reached:
            yield from _faults(target, files, (*chain, target.name), reached)


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


def _target(
    inclusion: Inclusion, template: Template, files: Files
) -> Template | bytes | None:
    if not allowed(inclusion.name):
        return None
    read = files.template if inclusion.parsed else files.text
    return read(inclusion.name, template.name)
