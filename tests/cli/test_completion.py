"""`mirrorsel completion`, in the shells themselves."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from mirrorsel.cli.main import program

LIST = "http de https://one.example.de/ -\nhttp Backup https://last.example.org/ -\n"
PROGRAM = Path(sys.executable).with_name("mirrorsel")
# How each shell is asked what it would offer behind a line.
ASKED = {
    "bash": (
        'source <("$1" completion bash); COMP_WORDS=($2); [[ $2 == *" " ]] &&'
        ' COMP_WORDS+=(""); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));'
        ' _mirrorsel_completion mirrorsel; printf "%s\\n" "${COMPREPLY[@]}"'
    ),
    "fish": '$argv[1] completion fish | source; complete --do-complete "$argv[2]"',
}


def offered(shell: str, line: str, folder: Path) -> set[str]:
    """Return what a shell offers behind a line, without explanations."""
    # Bash has a name of its own before its arguments.
    name = ["bash"] if shell == "bash" else []
    ran = subprocess.run(
        [shell, "-c", ASKED[shell], *name, str(PROGRAM), line],
        cwd=folder,
        env={**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return {one.split("\t")[0] for one in ran.stdout.splitlines() if one}


def values(words: list[str], begun: str) -> set[str]:
    """Return what the program itself offers behind some words."""
    asked = ShellComplete(program, {}, "mirrorsel", "_MIRRORSEL_COMPLETE")
    return {str(one.value) for one in asked.get_completions(words, begun)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with settings and a list."""
    (tmp_path / "mirrorsel.toml").touch()
    (tmp_path / "mirrors.list").write_text(LIST)
    return tmp_path


@pytest.mark.parametrize("shell", ASKED)
def test_verbs(shell: str, folder: Path) -> None:
    """Verbs are offered by how they begin."""
    assert offered(shell, "mirrorsel chec", folder) == {"check", "checker"}


@pytest.mark.parametrize("shell", ASKED)
def test_options(shell: str, folder: Path) -> None:
    """Options of a verb are offered."""
    assert offered(shell, "mirrorsel check --fai", folder) == {"--failed"}


@pytest.mark.parametrize("shell", ASKED)
def test_mirrors(shell: str, folder: Path) -> None:
    """The hosts of the list stand for its mirrors."""
    assert offered(shell, "mirrorsel log one", folder) == {"one.example.de"}


@pytest.mark.parametrize("verb", ["disable", "enable", "log", "remove", "set", "show"])
def test_every_verb_offers_mirrors(
    verb: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever takes a mirror of the list offers them."""
    monkeypatch.chdir(folder)

    assert values([verb], "o") == {"one.example.de"}


@pytest.mark.parametrize("verb", ["add", "check", "list", "set"])
def test_every_verb_offers_countries(
    verb: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever takes a country offers those of the list."""
    monkeypatch.chdir(folder)

    assert "de" in values([verb, "--country"], "")


@pytest.mark.parametrize("shell", ASKED)
@pytest.mark.parametrize("verb", ["show", "set", "disable", "enable", "remove"])
def test_mirrors_that_are_changed(shell: str, verb: str, folder: Path) -> None:
    """Whatever names a mirror of the list is offered its hosts."""
    assert offered(shell, f"mirrorsel {verb} one", folder) == {"one.example.de"}


@pytest.mark.parametrize("shell", ASKED)
@pytest.mark.parametrize("verb", ["add", "list", "set"])
def test_countries(shell: str, verb: str, folder: Path) -> None:
    """Countries are those that the list has."""
    assert offered(shell, f"mirrorsel {verb} --country d", folder) == {"de"}


@pytest.mark.parametrize("shell", ASKED)
def test_broken_list(shell: str, folder: Path) -> None:
    """Nothing is offered, and nothing complained of, where the list is missing."""
    (folder / "mirrors.list").unlink()

    assert offered(shell, "mirrorsel log one", folder) == set()


def test_zsh(folder: Path) -> None:
    """Zsh takes the function, and is answered what it may offer."""
    script = folder / "_mirrorsel"
    with script.open("w") as file:
        subprocess.run([PROGRAM, "completion", "zsh"], stdout=file, check=True)
    subprocess.run(["zsh", "-n", script], check=True)
    ran = subprocess.run(
        [PROGRAM],
        cwd=folder,
        env={
            **os.environ,
            "_MIRRORSEL_COMPLETE": "zsh_complete",
            "COMP_WORDS": "mirrorsel check --country d",
            "COMP_CWORD": "3",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.splitlines()[:2] == ["plain", "de"]
