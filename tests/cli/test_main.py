"""The program's exit codes where a verb does not end by itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.cli.main import main
from mirrorsel.cli.verbs import SECTIONS
from mirrorsel.model import Snapshot
from mirrorsel.state import write_snapshot
from tests.loopback import Loopback, hanging
from tests.waiting import eventually

PROGRAM = "from mirrorsel.cli.main import main; main()"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return settings with a list and a snapshot of nothing."""
    (tmp_path / "mirrors.list").write_text("http de https://mirror.example/ -\n")
    (tmp_path / "state").mkdir()
    write_snapshot(tmp_path / "state" / "snapshot", Snapshot(taken=datetime.now(UTC)))
    file = tmp_path / "mirrorsel.toml"
    file.write_text("")
    return file


@pytest.fixture
def closed_pipe() -> Iterator[int]:
    """Return the writing end of a pipe from which nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["status"], id="table"),
        pytest.param(["status", "--json"], id="JSON"),
        pytest.param(["explain", "--client", "192.0.2.1", "x"], id="explain"),
    ],
)
def test_nobody_reads(
    config: Path,
    closed_pipe: int,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    """An output that nobody reads any more ends a verb with 2, in silence."""
    output = os.fdopen(os.dup(closed_pipe), "w")
    with output, redirect_stdout(output), pytest.raises(SystemExit) as ended:
        main([*arguments, "--config", str(config)])

    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_nobody_reads_a_whole_program(config: Path, closed_pipe: int) -> None:
    """Nor does Python complain, when it writes what it has left."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, "status", "--config", str(config)],
        stdout=closed_pipe,
        stderr=subprocess.PIPE,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (2, b"")


def test_interrupted_check(config: Path) -> None:
    """Ctrl-C while mirrors are probed ends with 2 and one line, no traceback."""
    with Loopback(hanging) as mirror:
        config.write_text(
            f'[list]\norigin = "{mirror.url}"\n'
            '[checker]\nprivate_addresses = true\ntimeout = "20s"\n'
        )
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "check", "--config", str(config)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            eventually(lambda: bool(mirror.requests))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)

    assert (process.returncode, out) == (2, b"")
    assert err.strip() == b"mirrorsel: interrupted"


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no verb"),
        pytest.param(["nonsense"], id="unknown verb"),
        pytest.param(["status", "--nonsense"], id="unknown option"),
        pytest.param(["check", "--jobs", "0"], id="value out of range"),
    ],
)
def test_wrong_use(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """What click refuses ends with 2, with click's own words."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: mirrorsel")


def test_several_problems(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is a line that begins with the name of the program."""
    config.write_text("[web]\nlinks = 99\nlink = 1\n")
    with pytest.raises(SystemExit) as ended:
        main(["check", "--config", str(config)])
    places = [line.split(": ")[:2] for line in capsys.readouterr().err.splitlines()]

    assert ended.value.code == 2
    assert places == [["mirrorsel", f"{config}:{line}:1"] for line in (2, 3)]


def test_settings_of_this_folder(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no settings are named, those of the current folder are used."""
    monkeypatch.delenv("MIRRORSEL_CONFIG", raising=False)
    monkeypatch.chdir(config.parent)
    with pytest.raises(SystemExit) as ended:
        main(["status"])

    assert ended.value.code == 0
    assert "https://mirror.example/" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_words_about_itself(capsys: pytest.CaptureFixture[str], option: str) -> None:
    """Help and version are good answers."""
    with pytest.raises(SystemExit) as ended:
        main([option])

    assert ended.value.code == 0
    assert "mirrorsel" in capsys.readouterr().out


def test_mistaken_verb(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a verb that there is not, the one that was meant is named."""
    with pytest.raises(SystemExit) as ended:
        main(["chek"])

    assert ended.value.code == 2
    assert "Did you mean 'check'?" in capsys.readouterr().err


def test_unknown_verb(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no verb is near, the sentence is the same without a guess."""
    with pytest.raises(SystemExit):
        main(["nonsense"])

    assert capsys.readouterr().err.endswith("There is no verb 'nonsense'.\n")


def test_all_verbs_in_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help has every verb in its section, with its first sentence."""
    with pytest.raises(SystemExit):
        main(["--help"])

    shown = capsys.readouterr().out
    for section, verbs in SECTIONS.items():
        assert f"\n{section}:\n" in shown
        assert all(f"\n  {name} " in shown for name in verbs)
