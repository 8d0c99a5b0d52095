"""Tests of what the document of the template language says beside the language."""

import re
from pathlib import Path

import pytest

from mirrorsel.config import read_settings
from tests.docs.reference import ROOT

DOCUMENT = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([a-z_]+ = [^`]+)`", DOCUMENT)


@pytest.mark.parametrize("named", NAMED)
def test_the_settings_that_are_named_exist(tmp_path: Path, named: str) -> None:
    """Each can be written in the settings of pages as it stands there."""
    file = tmp_path / "mirrorsel.toml"
    file.write_text(f"[pages]\n{named}\n")

    assert read_settings(file).pages is not None


def test_settings_are_named() -> None:
    """The test above has something to try."""
    assert NAMED
