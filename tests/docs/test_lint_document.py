"""Tests that the document of lint shows what the program prints."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.lint import command
from mirrorsel.lint import CODES
from tests.docs.reference import MARK, ROOT

TEXT = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8").partition(MARK)[0]
EXAMPLE = TEXT.partition("$ mirrorsel lint mirrors.list\n")[2].partition("```")[0]
MIRRORS = 217


@pytest.fixture(autouse=True)
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the list of the example, with other good lines around those shown."""
    shown = dict(re.findall(r"^ +(\d+) \| (.*)$", EXAMPLE, re.MULTILINE))
    # The line with the error is no mirror.
    lines = [f"http de https://m{number}.example.de/" for number in range(MIRRORS + 1)]
    for number, line in shown.items():
        lines[int(number) - 1] = line
    (tmp_path / "mirrors.list").write_text("".join(f"{line}\n" for line in lines))
    monkeypatch.chdir(tmp_path)


def lint(*options: str) -> str:
    """Return what the verb prints."""
    return CliRunner().invoke(command, [*options, "mirrors.list"]).stdout


def test_example() -> None:
    """The lines, marks, codes and totals are those of such a list."""
    assert EXAMPLE == lint()


def test_json() -> None:
    """An object has the members and values that are shown."""
    shown = json.loads(re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)[0])

    assert shown == json.loads(lint("--json"))[:1]


def test_comments() -> None:
    """The comments that are shown silence codes that there are, with a reason."""
    examples = re.findall(
        r"# lint: ignore(?:-file)?\[(.*?)\] (\S.*)$", TEXT, re.MULTILINE
    )
    codes = {code for named, _ in examples for code in named.split(", ")}

    assert 3 == len(examples)
    assert codes <= {name for name, code in CODES.items() if code.silenceable}
