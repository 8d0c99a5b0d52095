"""What is asked of a mirror: pure, from what was seen to a checklist."""

from mirrorsel.requirements.base import read_base
from mirrorsel.requirements.checklist import Item, Level, Result, checklist
from mirrorsel.requirements.evidence import Evidence, is_readable, pages_of
from mirrorsel.requirements.page import read_page
from mirrorsel.requirements.questions import Question, Questions

__all__ = [
    "Evidence",
    "Item",
    "Level",
    "Question",
    "Questions",
    "Result",
    "checklist",
    "is_readable",
    "pages_of",
    "read_base",
    "read_page",
]
