"""The checklist of what is asked of a mirror, each line with its verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.requirements.evidence import Evidence
from mirrorsel.requirements.rules import RULES, Level, Rule

__all__ = ["Item", "Level", "Result", "checklist"]


class Result(StrEnum):
    """What was found of one requirement."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    SKIP = "skip"
    """It could not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the checklist."""

    name: str
    """For programs; it does not change."""
    level: Level
    """How bad it is if it fails."""
    requirement: str
    result: Result
    seen: str
    """In words; may contain text that the mirror sent, on one line."""
    fix: str
    """What to do; empty unless it failed."""


def checklist(evidence: Evidence) -> tuple[Item, ...]:
    """Return what holds of each requirement, in the order of their weight."""
    return tuple(_items(evidence))


def _items(evidence: Evidence) -> Iterator[Item]:
    for rule in RULES:
        yield _item(rule, evidence)


def _item(rule: Rule, evidence: Evidence) -> Item:
    seen = rule.look(evidence)
    result = {True: Result.PASS, False: Result.FAIL, None: Result.SKIP}[seen.good]
    return Item(
        name=rule.name,
        level=rule.level,
        requirement=rule.says,
        result=result,
        seen=seen.words,
        fix=rule.fix if result is Result.FAIL else "",
    )
