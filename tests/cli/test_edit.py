"""`mirrorsel edit` without a terminal, as scripts run it."""

import os
import shlex
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.edit import command
from mirrorsel.errors import ListError
from mirrorsel.lists.install import Held
from tests.terminal.admin import ADD, BREAK, DOUBT, LIST, MEND, Admin


class Script(Admin):
    """A script that edits a list."""

    def runs(self, editor: Path | str, *arguments: str) -> Result:
        """Run the verb."""
        return CliRunner().invoke(
            command, arguments, env=self.environment(editor), catch_exceptions=False
        )


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Return a script with a list of three mirrors."""
    made = Script(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    return made


def test_installed(script: Script) -> None:
    """What has no error is installed, and it is said since when it counts."""
    result = script.runs(script.editor(ADD))

    assert result.exit_code == 0
    assert script.list.read_text().startswith(LIST)
    assert "d.example" in script.list.read_text()
    assert script.kept_list.read_text() == LIST
    assert f"{script.list} is installed; it counts within 5 seconds" in result.stdout
    assert f"kept as {script.kept_list}" in result.stdout
    assert script.copies == []


def test_arguments(script: Script) -> None:
    """The editor may be any command with its arguments."""
    result = script.runs("sed -i s/a.example/z.example/")

    assert result.exit_code == 0
    assert script.list.read_text() == LIST.replace("a.example", "z.example")


def test_warning(script: Script) -> None:
    """A new warning is shown, and keeps nothing from being installed."""
    result = script.runs(script.editor(DOUBT))

    assert result.exit_code == 0
    assert "unknown-country" in result.stdout


def test_error(script: Script) -> None:
    """With an error nothing is installed, and the place of the version is told."""
    result = script.runs(script.editor(BREAK))

    (copy,) = script.copies
    assert result.exit_code == 1
    assert script.list.read_text() == LIST
    assert "mirrors.list:5:1: error: unknown type" in result.stdout
    assert str(copy) in result.stderr


def test_many_errors(script: Script) -> None:
    """Of very many problems the first are shown, and how many more there are."""
    result = script.runs(script.editor('seq 30 >>"$file"'))

    assert result.stdout.count("error:") == 10
    assert "… and 20 more problems" in result.stdout


def test_left_unfinished(script: Script) -> None:
    """A script never goes on with what somebody has left, and leaves it there."""
    script.runs(script.editor(BREAK))
    result = script.runs(script.editor(ADD))

    assert result.exit_code == 0
    assert "was not installed" in result.stdout
    assert len(script.copies) == 1


def test_nothing_changed(script: Script) -> None:
    """Without a change, nothing is written."""
    result = script.runs("true")

    assert (result.exit_code, script.kept_list.exists()) == (0, False)
    assert "Nothing was changed." in result.stdout


def test_editor_that_does_not_wait(script: Script) -> None:
    """An editor with a window must be told to wait; that is said in time."""
    editor = script.editor(":", name="code")
    result = script.runs(editor)

    assert f"as in EDITOR='{editor} --wait'" in result.stdout


def test_failed_editor(script: Script) -> None:
    """What an editor leaves that has failed is not installed."""
    result = script.runs(script.editor(f"{ADD}; exit 3"))

    assert (result.exit_code, len(script.copies)) == (1, 1)
    assert script.list.read_text() == LIST
    assert "ended with status 3." in result.stdout


def test_failed_without_a_change(script: Script) -> None:
    """An editor that fails at once has changed nothing, and that is no success."""
    result = script.runs("false")

    assert (result.exit_code, script.copies) == (1, [])
    assert "ended with status 1; nothing was changed" in result.stdout


def test_file_that_cannot_be_run(script: Script) -> None:
    """An editor that the system does not start is named, with the reason."""
    editor = script.list.with_name("editor")
    editor.write_text("neither a script nor a program\n")
    editor.chmod(0o755)
    result = script.runs(editor)

    assert result.exit_code != 0
    assert f"{editor} cannot be started: Exec format error" in result.output
    assert script.copies == []


def test_another_list(script: Script, tmp_path: Path) -> None:
    """A list that is not that of the settings counts for nobody yet."""
    other = tmp_path / "other.list"
    other.write_text(LIST)
    result = script.runs(script.editor(ADD), str(other))

    assert result.exit_code == 0
    assert f"{other} is installed.\n" in result.stdout
    assert script.list.read_text() == LIST


def test_changed_meanwhile(script: Script) -> None:
    """What another program has changed is shown, and not overwritten."""
    theirs = f"echo '# theirs' >>{shlex.quote(str(script.list))}"
    result = script.runs(script.editor(f"{ADD}; {theirs}"), "--yes")

    assert (result.exit_code, len(script.copies)) == (1, 1)
    assert script.list.read_text() == LIST + "# theirs\n"
    assert "+# theirs" in result.stdout


def test_same_change(script: Script) -> None:
    """What another program has changed in the same way is done."""
    result = script.runs(script.editor(f"{ADD}; cp \"$file\" '{script.list}'"))

    assert (result.exit_code, script.copies) == (0, [])
    assert not script.kept_list.exists()


def test_held(script: Script) -> None:
    """While somebody else edits the list, no editor is started."""
    with Held(script.list), pytest.raises(ListError, match="is being edited by"):
        script.runs(script.editor(ADD))


def test_remarks(script: Script, tmp_path: Path) -> None:
    """What will be different besides the content is said beforehand."""
    (tmp_path / "other").hardlink_to(script.list)
    result = script.runs(script.editor(ADD))

    assert f"Note: {script.list}: it has 2 names" in result.stdout


def test_not_text(script: Script) -> None:
    """What is not UTF-8 cannot be installed."""
    result = script.runs(script.editor("printf '# caf\\351\\n' >>\"$file\""))

    assert result.exit_code == 1
    assert "mirrors.list:5:6: error: is not UTF-8 text" in result.stdout


def test_broken_before(script: Script) -> None:
    """A list that had errors is mended; the effect is against what stood in for it."""
    script.list.write_text(LIST + "gopher\tjp\thttps://d.example/\t-\n")
    result = script.runs(script.editor(MEND))

    assert result.exit_code == 0
    assert "The list had errors; compared is its good lines" in result.stdout


def test_broken_snapshot(script: Script) -> None:
    """Without a preview, an edit is still possible."""
    state = script.list.with_name("state")
    state.mkdir()
    (state / "snapshot").write_text("broken")
    result = script.runs(script.editor(ADD))

    assert result.exit_code == 0
    assert "There is no preview: " in result.stdout


def test_interrupted(script: Script) -> None:
    """A signal to the program keeps what was written, and ends with 1."""
    result = script.runs(script.editor(f"{ADD}; kill -TERM {os.getpid()}; sleep 60"))

    assert (result.exit_code, len(script.copies)) == (1, 1)
    assert "nothing was installed" in result.stderr
