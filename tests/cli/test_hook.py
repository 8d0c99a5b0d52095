"""Tests of the definition by which pre-commit runs `mirrorsel lint`."""

import re

import pytest

from mirrorsel.cli.verbs import SECTIONS
from tests.docs.reference import ROOT

HOOK = dict(
    line.removeprefix("- ").strip().split(": ", 1)
    for line in (ROOT / ".pre-commit-hooks.yaml").read_text().splitlines()
)


def test_entry() -> None:
    """What is run is a verb that there is."""
    program, verb = HOOK["entry"].split()

    assert program == "mirrorsel"
    assert any(verb in verbs for verbs in SECTIONS.values())
    assert "python" == HOOK["language"]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("mirrors.list", True),
        ("etc/mirrorsel/mirrors.list", True),
        ("mirrors.list.orig", False),
        ("old-mirrors.list", False),
        ("mirrors-list.md", False),
    ],
)
def test_files(path: str, *, meant: bool) -> None:
    """It is run for lists of the usual name, in whatever folder."""
    assert meant is bool(re.search(HOOK["files"], path))


def test_documented() -> None:
    """The document names the hook as it is defined."""
    document = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")

    assert f"- id: {HOOK['id']}\n" in document
