"""The audit: every rule asked of every server, and the answers put together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mirrorsel.audit.attack import drafts, outcome, permission
from mirrorsel.audit.budget import Budget
from mirrorsel.audit.candidate import Candidate, candidates
from mirrorsel.audit.directive import Directive, Place, everywhere
from mirrorsel.audit.document import Document, Documents, Trait
from mirrorsel.audit.dump import Facts
from mirrorsel.audit.execution import ways
from mirrorsel.audit.file_rules import seen, surrounded, undecided, unread
from mirrorsel.audit.finding import Code, Finding, Severity, finding
from mirrorsel.audit.htaccess_rules import foretold, ignored
from mirrorsel.audit.override import permitted
from mirrorsel.audit.page_rules import has_pages, rewritten_page
from mirrorsel.audit.question import Question
from mirrorsel.audit.replacement import replacement
from mirrorsel.audit.rules import RULES
from mirrorsel.audit.server import Server
from mirrorsel.audit.server_rules import SERVER_RULES
from mirrorsel.audit.tree import Tree, inside
from mirrorsel.audit.walk import Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the audit has to say of one server."""

    server: Server
    findings: tuple[Finding, ...]
    """Findings before notes, each kind by place."""
    replacement: tuple[str, ...]
    """The lines that replace its CGI; empty where it has other CGI, or none."""


_RULES = (*SERVER_RULES, rewritten_page)


def audit(
    server: Server, documents: Documents, facts: Facts, budget: Budget | None = None
) -> Verdict:
    """Ask all rules of one server.

    Args:
        server: the server.
        documents: what lies in the folders that it publishes.
        facts: what else is known of the configuration.
        budget: how long that may take; None for as long as is usual.

    """
    walk = Walk(server, documents.htaccess)
    found = [one for rule in _RULES for one in rule(server, facts)]
    for tree in server.trees:
        files = [one for one in documents.files if tree.holds(one.path)]
        asked = _Asked(walk, tree, facts, budget or Budget())
        found += _asked(asked, server, files, documents)
    findings = _summed_up(found)
    return Verdict(
        server=server,
        findings=findings,
        replacement=replacement(server, findings, documents.files),
    )


class _Asked:
    """A tree of a server, ready for questions."""

    def __init__(self, walk: Walk, tree: Tree, facts: Facts, budget: Budget) -> None:
        self.budget = budget
        self.tree = tree
        self.facts = facts
        self.walk = walk

    def questions(self, one: Candidate, walk: Walk | None = None) -> list[Question]:
        """Return what can be in force for a request; nothing when time is over."""
        if self.budget.spent:
            return []
        answers = (walk or self.walk).file(one.folder, one.name, one.url)
        return [
            Question(candidate=one, merged=merged, facts=self.facts)
            for merged in answers
        ]


def _asked(
    asked: _Asked, server: Server, files: list[Document], documents: Documents
) -> Iterator[Finding]:
    tree = asked.tree
    written = {k: v for k, v in documents.htaccess.items() if tree.holds(k)}
    folders = dict.fromkeys([*written, *(one.folder for one in files)])
    within = [folder for folder in folders if tree.holds(folder)]
    inner = [one for each in written.values() for one in everywhere(each)]
    requests = candidates(server, tree, within, inner)
    for one in requests.asked:
        for question in asked.questions(one):
            yield from _in_force(question)
    yield from _attacks(asked, requests.asked)
    for document in files:
        yield from seen(document, runs=_runs(asked, document))
    switches = tree == server.trees[0] and _switches(server, files)
    for folder, directives in written.items():
        override = asked.walk.override(folder)
        yield from ignored(folder, directives, override, asked.facts.modules)
        if switches:
            yield from foretold(folder, directives, override)
    yield from unread(documents, tree)
    yield from surrounded(documents, tree)
    yield from undecided((*_written(server), *inner), tree)
    yield from _left_out(asked, requests.cut)


def _written(server: Server) -> Iterator[Directive]:
    for layer in server.layers:
        yield from everywhere(layer)


def _left_out(asked: _Asked, cut: str) -> Iterator[Finding]:
    """Note what was not tried, for there was too much of it."""
    over = "trying it all takes too long" if asked.budget.spent else ""
    place = Place(path=asked.tree.folder, line=0)
    for why in filter(None, (cut, over)):
        yield finding(Code.UNREAD, place, asked.tree.folder, why)


def _switches(server: Server, files: Iterable[Document]) -> bool:
    """Whether a server has mirror pages that are still made by CGI."""
    wrappers = any(Trait.WRAPPER in one.traits for one in files)
    return wrappers and not has_pages(server)


def _in_force(question: Question) -> Iterator[Finding]:
    """Ask the rules; where every client is refused, findings are notes."""
    refused = question.merged.denied
    for one in (found for rule in RULES for found in rule(question)):
        yield one if refused is None else _refused(one, refused)


def _refused(found: Finding, refused: Directive) -> Finding:
    return replace(
        found,
        severity=Severity.NOTE,
        detail=f"{found.detail}; every client is refused",
        also=(*found.also, refused.place),
    )


def _runs(asked: _Asked, document: Document) -> bool:
    url = asked.tree.url_of(document.path)
    one = Candidate(folder=document.folder, name=document.name, url=url)
    return bool(_ways(asked, one, asked.walk, open_only=True))


def _ways(
    asked: _Asked, one: Candidate, walk: Walk, *, open_only: bool
) -> frozenset[str]:
    """Return the ways in which a file runs; perhaps only where clients get to it."""
    found = (
        ways(question.merged, one.name, asked.facts.modules)
        for question in asked.questions(one, walk)
        if question.merged.denied is None or not open_only
    )
    return frozenset(way for each in found for way in each)


def _attacks(asked: _Asked, requests: Iterable[Candidate]) -> Iterator[Finding]:
    """Drop a `.htaccess` into every folder that is like no other."""
    by_folder: dict[str, list[Candidate]] = {}
    for one in requests:
        by_folder.setdefault(one.folder, []).append(one)
    planned = drafts(asked.facts.modules)
    known: set[frozenset[tuple[object, ...]]] = set()
    for folder, within in by_folder.items():
        kind = frozenset(
            asked.walk.likeness(one.folder, one.name, one.url) for one in within
        )
        if kind not in known:
            known.add(kind)
            yield from _attacked(asked, folder, within, planned)


def _attacked(
    asked: _Asked,
    folder: str,
    within: Iterable[Candidate],
    planned: Iterable[tuple[Directive, ...]],
) -> Iterator[Finding]:
    override = asked.walk.override(folder)
    yield from permission(folder, override)
    shut = not override.may("require")
    before = {one: _ways(asked, one, asked.walk, open_only=False) for one in within}
    for draft in planned:
        kept = permitted(draft, override)
        if kept:
            walk = asked.walk.with_htaccess(folder, tuple(kept))
            for one, already in before.items():
                after = _ways(asked, one, walk, open_only=shut)
                yield from outcome(after - already, folder, override)


def _summed_up(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep of findings with one cause those for the outermost folders."""
    by_cause: dict[tuple[Code, Place], list[Finding]] = {}
    for one in found:
        by_cause.setdefault((one.code, one.place), []).append(one)
    kept = (one for group in by_cause.values() for one in _outermost(group))
    return tuple(sorted(kept, key=_order))


def _outermost(group: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    # A finding comes before a note of the same code and place, and covers it.
    for one in sorted(group, key=lambda one: (one.severity, len(one.folder))):
        if not any(inside(one.folder, other.folder) for other in kept):
            kept.append(one)
    return kept


def _order(one: Finding) -> tuple[Severity, Place, Code, str]:
    return (one.severity, one.place, one.code, one.folder)
