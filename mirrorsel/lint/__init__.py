"""What is wrong with a list of mirrors, and what an operator would want to know."""

from mirrorsel.lint.code import Code, Severity
from mirrorsel.lint.codes import CODES, SECTIONS, meant, severity
from mirrorsel.lint.facts import Facts, HostFacts
from mirrorsel.lint.linter import lint
from mirrorsel.lint.network import hosts_of

__all__ = [
    "CODES",
    "SECTIONS",
    "Code",
    "Facts",
    "HostFacts",
    "Severity",
    "hosts_of",
    "lint",
    "meant",
    "severity",
]
