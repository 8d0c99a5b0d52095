"""The document of the audit."""

import re
from pathlib import Path

from mirrorsel.audit.finding import Code

DOCUMENT = Path(__file__).parents[2] / "docs" / "audit.md"


def test_every_code_has_its_section() -> None:
    """The document explains each code, and no other."""
    sections = re.findall(r"^### (\S+)$", DOCUMENT.read_text(), re.MULTILINE)

    assert sorted(Code) == sorted(sections)
