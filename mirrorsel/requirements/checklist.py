"""The checklist of what is asked of a mirror, each line with its verdict."""

from dataclasses import dataclass, replace
from enum import StrEnum

from mirrorsel.requirements.evidence import Evidence
from mirrorsel.requirements.rules import RULES, Level, Rule
from mirrorsel.requirements.seen import Seen, untold

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
    """Return what holds of each requirement, the base first, then by their weight.

    Where the base gave no answer, the others cannot be told.
    """
    first, *others = RULES
    if not evidence.reached:
        others = [replace(one, look=_unasked) for one in others]
    return tuple(_item(one, evidence) for one in (first, *others))


def _unasked(_: Evidence) -> Seen:
    return untold("not asked: no answer")


def _item(rule: Rule, evidence: Evidence) -> Item:
    seen = rule.look(evidence)
    result = {True: Result.PASS, False: Result.FAIL, None: Result.SKIP}[seen.good]
    fix = rule.fix.replace("{stamp}", evidence.questions.stamp.path)
    return Item(
        name=rule.name,
        level=rule.level,
        requirement=rule.says,
        result=result,
        seen=seen.words,
        fix=fix if result is Result.FAIL else "",
    )
