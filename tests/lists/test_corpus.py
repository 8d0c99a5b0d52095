"""Tests for mirrorsel.lists by pairs of files: a list, and what must come of it.

An ``.expected`` file has one line for each problem, as ``line:column: message``,
and one for each mirror, with all that differs from a mirror's defaults.
"""

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.lists import Loaded, parse
from mirrorsel.model import Coordinates, Mirror

CORPUS = Path(__file__).parent / "corpus"
COUNTRIES = frozenset({"ar", "au", "be", "de", "fr", "jp", "uk", "us"})
DEFAULTS = Mirror(url="")


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem) for path in sorted(CORPUS.glob("*.list"))],
)
def test_corpus(path: Path) -> None:
    """REQ-70: a list gives the mirrors and problems that the file beside it names."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")

    loaded = parse(
        path.read_bytes().decode(),
        datetime(2026, 11, 23, tzinfo=UTC),
        countries=COUNTRIES,
    )

    assert expected == written(loaded)


def written(loaded: Loaded) -> str:
    """Return the text of an ``.expected`` file."""
    lines = [f"dated {loaded.list.dated:%Y-%m-%d %H:%M:%S %Z}"]
    for problem in loaded.problems:
        level = "warning: " if problem.warning else ""
        lines.append(f"{problem.line}:{problem.column}: {level}{problem.message}")
    lines += [mirror_line(mirror) for mirror in loaded.list.mirrors]
    return "".join(f"{line}\n" for line in lines)


def mirror_line(mirror: Mirror) -> str:
    """Return a mirror in short."""
    more = {
        field.name: getattr(mirror, field.name)
        for field in fields(Mirror)
        if field.name not in {"url", "line"}
        and getattr(mirror, field.name) != getattr(DEFAULTS, field.name)
    }
    options = "".join(f" {name}={spelt(value)}" for name, value in more.items())
    return f"{mirror.line} {mirror.url}{options}"


def spelt(value: object) -> str:
    """Return the value of a field in short."""
    match value:
        case Coordinates():
            return f"{value.latitude:g},{value.longitude:g}"
        case datetime():
            return value.isoformat()
        case frozenset() | tuple():
            return ",".join(sorted(value))
        case _:
            return str(value)
