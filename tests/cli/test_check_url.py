"""`mirrorsel check --url`: what a would-be mirror operator runs."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.check import command
from tests import loopback
from tests.docs.reference import ROOT
from tests.loopback import Behaviour, Loopback, answer, stamped
from tests.requirements.trees import serving, tree


class Desk:
    """A person's machine, with mirrors on loopback."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self.environment: dict[str, str] = {}
        self.stamp = "zzz/time.txt"
        self.origin = self.serve({})

    def serve(self, answers: Mapping[str, Behaviour]) -> str:
        """Start a mirror that is good but for these answers; return its URL."""
        behaviour = serving({**tree(), **answers})
        return self._stack.enter_context(Loopback(behaviour)).url

    def check(self, url: str, *arguments: str) -> Result:
        """Run the verb; there is no list of mirrors."""
        config = self._folder / "mirrorsel.toml"
        config.write_text(
            f'[list]\norigin = "{self.origin}"\n[checker]\nprivate_addresses = true\n'
            f'timeout = "3s"\ndeadline = "3s"\nstamp = "{self.stamp}"\n'
        )
        options = ["--config", str(config), "--url", url, *arguments]
        return CliRunner().invoke(command, options, env=self.environment)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a machine whose mirrors end with the test."""
    with ExitStack() as stack:
        yield Desk(tmp_path, stack)


def test_good_mirror(desk: Desk) -> None:
    """A mirror that can be listed is 0, with every requirement on one line (REQ-82)."""
    mirror = desk.serve({})
    result = desk.check(mirror.removeprefix("http://").removesuffix("/"))
    heading, *lines, summary = result.stdout.splitlines()

    assert (result.exit_code, heading.strip()) == (0, mirror)
    assert [line.split()[0] for line in lines] == [
        *("✓" * 17),
        *("-" * 3),  # IPv6, and https of a base with a port
        "✗",
    ]
    assert "✓  the freshness stamp is less than 24 h old       2 h old" in result.stdout
    assert "17 hold, 0 fatal, 0 errors, 1 warning, 3 not told" in summary


@pytest.mark.parametrize(
    ("answers", "code", "words"),
    [
        pytest.param(
            {"zzz/time.txt": answer(b"x")}, 1, "it cannot be listed", id="fatal"
        ),
        pytest.param({"harmony/": answer(b"x")}, 1, "it cannot be listed", id="error"),
        pytest.param(
            {"zzz/time.txt": stamped(age=90000)},
            0,
            "the warnings should be mended",
            id="warning",
        ),
        pytest.param({"": loopback.silent}, 2, "there is no answer", id="no answer"),
    ],
)
def test_exit_code(
    desk: Desk, answers: Mapping[str, Behaviour], code: int, words: str
) -> None:
    """Errors are 1, warnings are none, and without an answer it is 2."""
    result = desk.check(desk.serve(answers))

    assert (code, True) == (result.exit_code, words in result.stdout)


def test_another_stamp(desk: Desk) -> None:
    """What to do about the stamp names the stamp of the settings."""
    desk.stamp = "own/stamp.txt"
    result = desk.check(desk.serve({"own/stamp.txt": answer(b"x")}), "--failed")

    assert "own/stamp.txt" in result.stdout
    assert "zzz/time.txt" not in result.stdout


def test_what_to_do(desk: Desk) -> None:
    """A line that fails says what was seen, how bad that is and what to do."""
    result = desk.check(desk.serve({"harmony/": answer(b"x")}), "--failed")
    lines = result.stdout.splitlines()

    assert len(lines) == 4
    assert "harmony/: 200 OK; error: Answer what does not exist with 404" in lines[1]


def test_what_to_do_on_a_terminal(desk: Desk) -> None:
    """There it stands on lines of its own, which fit."""
    desk.environment = {"FORCE_COLOR": "1", "COLUMNS": "80"}
    result = desk.check(desk.serve({"harmony/": answer(b"x")}), "--failed")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", result.stdout)

    assert "\x1b[31m✗" in result.stdout
    assert "\n     error:  Answer what does not exist with 404" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_mirror_cannot_write_to_the_terminal(desk: Desk) -> None:
    """What a mirror sends is shown as text, in colours of nobody's choice."""
    evil = answer(
        b"\x1b]0;mine\x07", "404 \x1b[2J[red]\u202ex".encode().decode("latin-1")
    )
    result = desk.check(desk.serve({"zzz/time.txt": evil}))

    assert "\x1b" not in result.stdout
    assert "404 [2J[red]" in result.stdout


def test_json_is_as_documented(desk: Desk) -> None:
    """Programs get every line with its name; the document names all keys."""
    result = desk.check(desk.serve({"harmony/": answer(b"x")}), "--json")
    found = json.loads(result.stdout)
    text = (ROOT / "docs" / "for-mirror-operators.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    documented = json.loads(example)

    assert list(documented) == list(found)
    assert list(documented["counts"]) == list(found["counts"])
    assert list(documented["items"][0]) == list(found["items"][0])
    assert [one["name"] for one in found["items"]] == re.findall(
        r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE
    )
    assert documented["items"][0] in found["items"]
