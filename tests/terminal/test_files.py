"""Verbs about the published files, at a terminal and in a pipe."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Behaviour, Loopback, silent
from tests.scanning.listed import listing
from tests.terminal.session import PROGRAM, session
from tests.tree.published import publish

SETTINGS = """\
[checker]
private_addresses = true
[tree]
index = "origin"
scan_rate = 1000
"""
FILES = {f"a/{number}": b"x" for number in range(9)}
COLOUR = "\x1b["


def install(folder: Path, url: str) -> Path:
    """Make an installation with an index and one mirror; return its settings."""
    publish(folder / "state", FILES)
    (folder / "mirrors.list").write_text(f"http de {url} -\n")
    config = folder / "mirrorsel.toml"
    config.write_text(SETTINGS)
    return config


@pytest.fixture(name="hanging")
def fixture_hanging(tmp_path: Path) -> Iterator[Path]:
    """Give the settings of an installation whose mirror hangs."""
    with Loopback(silent) as server:
        yield install(tmp_path, server.url)


@pytest.mark.parametrize(
    ("verb", "bar"), [("verify", "Comparing"), ("scan", "http://127.0.0.1")]
)
def test_interrupted(hanging: Path, verb: str, bar: str) -> None:
    """Ctrl-C ends it at once, and erases the bar before it says so."""
    with session("files", verb, "--config", hanging, "127.0.0.1") as person:
        person.sees(bar)
        person.presses("c")
        code = person.ends()

    assert code == 2
    assert "mirrorsel: interrupted" in person.lines


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        pytest.param(["scan", "--dry-run"], "9", 0, id="scan"),
        pytest.param(["verify", "127.0.0.1"], "same", 1, id="verify"),
        pytest.param(["where", "a/1"], "not scanned", 0, id="where"),
    ],
)
@pytest.mark.parametrize("behaviour", [listing({**FILES, "a/3": b"y"})])
def test_colours(
    tmp_path: Path, arguments: list[str], words: str, code: int, behaviour: Behaviour
) -> None:
    """A terminal has colours; a pipe has neither these nor a bar."""
    with Loopback(behaviour) as server:
        config = install(tmp_path, server.url)
        verb, *more = arguments
        everything = ["files", verb, "--config", str(config), *more]
        with session(*everything) as person:
            person.sees(words)
            ended = person.ends()
        piped = subprocess.run(
            [*PROGRAM, *everything], capture_output=True, text=True, check=False
        )

    assert (ended, piped.returncode) == (code, code)
    assert COLOUR in person.raw
    assert COLOUR not in piped.stdout
    assert words in piped.stdout
    assert piped.stderr == ""
