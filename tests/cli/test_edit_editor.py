"""Which editor is taken, and how."""

from pathlib import Path

import click
import pytest

from mirrorsel.cli.edit_editor import Editor, find_editor


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Return a folder with programs of some editors' names."""
    for name in ("nano", "vi", "vim.basic", "code", "my editor"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        pytest.param({"VISUAL": "nano", "EDITOR": "vi"}, ("nano",), id="VISUAL"),
        pytest.param({"VISUAL": "", "EDITOR": "vi"}, ("vi",), id="EDITOR"),
        pytest.param({}, ("nano",), id="usual"),
        pytest.param({"EDITOR": "nano -l  -m"}, ("nano", "-l", "-m"), id="arguments"),
        pytest.param({"EDITOR": "'my editor' -x"}, ("my editor", "-x"), id="quotes"),
        pytest.param({"EDITOR": "vi; rm $HOME"}, None, id="no shell"),
        pytest.param({"EDITOR": "vi '"}, None, id="half a quote"),
        pytest.param({"EDITOR": "none", "VISUAL": " "}, None, id="not there"),
    ],
)
def test_find_editor(
    programs: Path, environ: dict[str, str], words: tuple[str, ...] | None
) -> None:
    """The variables count in their order; their words are words, and no commands."""
    environ = {"PATH": str(programs), **environ}
    if words is None:
        with pytest.raises(click.ClickException, match="EDITOR"):
            find_editor(environ)
    else:
        assert find_editor(environ).words == words


def test_no_editor(tmp_path: Path) -> None:
    """Where there is no editor at all, it is said what to do."""
    with pytest.raises(click.ClickException, match="EDITOR=nano mirrorsel edit"):
        find_editor({"PATH": str(tmp_path)})


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("vi", ("vi", "+7", "list")),
        ("vim.basic", ("vim.basic", "+7", "list")),
        ("code", ("code", "list")),
    ],
)
def test_line(programs: Path, program: str, command: tuple[str, ...]) -> None:
    """An editor that is known to take a line gets it before the file."""
    editor = Editor(program=str(programs / program), words=(program,))

    assert editor.command(Path("list"), 7) == command
    assert editor.command(Path("list")) == (program, "list")


def test_line_behind_a_link(programs: Path) -> None:
    """It is known by the program that a link leads to, as Debian's `editor` does."""
    (programs / "editor").symlink_to(programs / "vim.basic")
    editor = find_editor({"PATH": str(programs), "EDITOR": "editor"})

    assert editor.command(Path("list"), 7) == ("editor", "+7", "list")


@pytest.mark.parametrize(
    ("words", "waiting"),
    [(("code",), "--wait"), (("code", "--wait"), None), (("vi",), None)],
)
def test_waiting(programs: Path, words: tuple[str, ...], waiting: str | None) -> None:
    """Of editors with a window, it is known what they must be told to wait."""
    editor = Editor(program=str(programs / words[0]), words=words)

    assert editor.waiting == waiting
