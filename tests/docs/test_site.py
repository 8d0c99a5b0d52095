"""The documents as a site, and their links."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tests.docs.reference import ROOT

DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))
_MARK = re.compile(r"[^\w\- ]")


def parsed(document: Path) -> SyntaxTreeNode:
    """Return a document as a tree."""
    text = document.read_text(encoding="utf-8")
    return SyntaxTreeNode(MarkdownIt("gfm-like", {"linkify": False}).parse(text))


def anchors(document: Path) -> set[str]:
    """Return the names by which a document's headings are linked to."""
    titles = [
        "".join(part.content for part in one.walk() if not part.children)
        for one in parsed(document).walk()
        if one.type == "heading"
    ]
    return {_MARK.sub("", one.lower()).replace(" ", "-") for one in titles}


@pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda one: one.relative_to(ROOT).as_posix()
)
def test_links_lead_somewhere(document: Path) -> None:
    """Each link to a file leads to one of this repository, and to a heading in it."""
    tree = parsed(document)
    links = [str(one.attrs["href"]) for one in tree.walk() if one.type == "link"]
    local = [one for one in links if not re.match(r"[a-z]+:", one)]
    broken = []
    for link in local:
        name, _, heading = link.partition("#")
        file = document if not name else (document.parent / name).resolve()
        inside = file.is_relative_to(ROOT) and file.exists()
        if not inside or (heading and heading not in anchors(file)):
            broken.append(link)

    assert broken == []


def test_site_is_built_without_warnings(tmp_path: Path) -> None:
    """Sphinx finds every document in the site, and every link of the site."""
    built = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"),
            *("-d", tmp_path / "trees", ROOT / "docs", tmp_path / "site"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert built.stderr == ""
    assert (tmp_path / "site" / "selection.html").exists()
