"""Tests that an operator finds everything from the README."""

import re

import pytest

from mirrorsel.cli.verbs import SECTIONS
from tests.docs.reference import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_verb_is_shown() -> None:
    """Each verb stands there once at least."""
    verbs = {name for section in SECTIONS.values() for name in section}
    shown = re.findall(r"(?:mirrorsel|dev) ([a-z-]+)", README)

    assert verbs
    assert not verbs - set(shown)


@pytest.mark.parametrize(
    "document", sorted(path.name for path in ROOT.glob("docs/*.md"))
)
def test_every_document_is_linked(document: str) -> None:
    """Each document can be found from there."""
    assert f"](docs/{document}" in README


@pytest.mark.parametrize("macro", ["MirrorselVhost", "MirrorselDocumentRoot"])
def test_the_sample_shows_the_macros(macro: str) -> None:
    """The virtual host of the sample uses what every operator needs."""
    (host,) = re.findall(r"<VirtualHost .*?</VirtualHost>", README, re.DOTALL)

    assert f"    Use {macro}" in host
