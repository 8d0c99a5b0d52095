"""Tests that the document of previews says what is so."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from mirrorsel.cli.weights import read_weights
from mirrorsel.geo import load_countries
from mirrorsel.preview.words import SIGNS
from tests.docs.reference import ROOT

DOCUMENT = (ROOT / "docs" / "preview.md").read_text(encoding="utf-8")
METRICS = """\
# HELP mirrorsel_selections_by_country_total The same.
mirrorsel_selections_by_country_total{country="de",outcome="near"} 12.0
mirrorsel_selections_by_country_total{country="de",outcome="stale"} 1.0
mirrorsel_selections_by_country_total{country="unknown",outcome="anywhere"} 2e+06
mirrorsel_selections_total{mirror="https://a.example/",outcome="near"} 9.0
"""
LOG = """\
192.0.2.1 - - [29/Nov/2026:10:00:00 +0000] "GET /get/x HTTP/1.1" 302 9 "-" "a b" \
"mirror.example.de; how=near" de
192.0.2.1 - - [29/Nov/2026:10:00:00 +0000] "GET /get/x HTTP/1.1" 302 9 "-" "how=x" \
"mirror.example.de; how=anywhere" -
192.0.2.1 - - [29/Nov/2026:10:00:00 +0000] "GET /get/y HTTP/1.1" 404 9 "-" "-" "-" -
"""


@pytest.mark.parametrize(
    ("start", "source", "clients"),
    [
        ("curl", METRICS, {"de": 13, "unknown": 2e6}),
        ("awk", LOG, {"de": 1, "unknown": 1}),
    ],
    ids=["metrics", "log"],
)
def test_how_clients_are_counted(
    tmp_path: Path, start: str, source: str, clients: dict[str, float]
) -> None:
    """The commands make a file that a preview takes."""
    blocks = re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)
    (command,) = (one for one in blocks if one.startswith(start))
    (tmp_path / "access.log").write_text(source)
    asked = "curl -s http://localhost/mirrors/metrics"
    subprocess.run(
        ["sh", "-ec", command.replace(asked, "cat access.log")],
        cwd=tmp_path,
        check=True,
    )

    assert clients == read_weights(tmp_path / "clients.csv", load_countries()).clients


def test_what_is_explained() -> None:
    """Each word of the table is."""
    assert all(f"`{words}`" in DOCUMENT for words in SIGNS.values() if words != "same")


def test_the_schema() -> None:
    """It lies beside the document, and is JSON."""
    (name,) = re.findall(r"\]\((preview\.schema\.json)\)", DOCUMENT)

    assert json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))["title"]
