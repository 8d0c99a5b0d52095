"""`mirrorsel edit`, as somebody at a terminal sees it."""

import shlex
import signal
from pathlib import Path

import pytest

from mirrorsel.lists.install import Held
from tests.terminal.admin import ADD, BREAK, DOUBT, LIST, MEND, PAUSE, Admin
from tests.terminal.session import PROGRAM, session
from tests.waiting import wait_for

NEW = LIST + "http\tjp\thttps://d.example/\t-\n"
ASKS = "What now?"


@pytest.fixture
def admin(tmp_path: Path) -> Admin:
    """Return an admin with a list of three mirrors."""
    return Admin(tmp_path)


def test_good_edit(admin: Admin) -> None:
    """A good version is installed after a look at its effect."""
    with admin.edits(admin.editor(ADD)) as terminal:
        terminal.sees("1 mirror added", ASKS)
        assert admin.list.read_text() == LIST
        terminal.types("i")
        terminal.sees("counts within 5 seconds", str(admin.kept_list))
        code = terminal.ends()

    assert code == 0
    assert (admin.list.read_text(), admin.kept_list.read_text()) == (NEW, LIST)
    assert admin.copies == []


def test_without_preview(admin: Admin) -> None:
    """Without a preview, what is all right is installed without a question."""
    with admin.edits(admin.editor(ADD), "--no-preview") as terminal:
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert "1 mirror added" not in terminal.seen


def test_sure(admin: Admin) -> None:
    """With --yes, the effect is shown, and nothing is asked."""
    with admin.edits(admin.editor(ADD), "--yes") as terminal:
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert "1 mirror added" in terminal.seen


def test_nothing_changed(admin: Admin) -> None:
    """Without a change, nothing is written."""
    with admin.edits(admin.editor(":")) as terminal:
        terminal.sees("Nothing was changed")
        code = terminal.ends()

    assert code == 0
    assert (admin.kept_list.exists(), admin.copies) == (False, [])


def test_dropped(admin: Admin) -> None:
    """A version whose effect is not wanted is thrown away."""
    with admin.edits(admin.editor(ADD)) as terminal:
        terminal.sees(ASKS)
        terminal.types("d")
        terminal.sees("thrown away")
        code = terminal.ends()

    assert (code, admin.list.read_text(), admin.copies) == (1, LIST, [])


def test_errors(admin: Admin) -> None:
    """An error is shown with its place; the editor opens there, and it is mended."""
    with admin.edits(admin.editor(BREAK, MEND, name="vi")) as terminal:
        terminal.sees("mirrors.list:5:1: error: unknown type `gopher`", "^~~~~~", ASKS)
        terminal.types("e")
        terminal.sees("1 mirror added", ASKS)
        terminal.types("i")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert admin.calls == ["mirrors.list", "+5 mirrors.list"]


def test_errors_cannot_be_installed(admin: Admin) -> None:
    """Nobody is offered to install what would never count; they are told why."""
    with admin.edits(admin.editor(BREAK)) as terminal:
        terminal.sees(ASKS)
        terminal.types("i")
        terminal.sees("open the editor again, at the first problem", ASKS)
        assert "(i)nstall" not in terminal.seen
        terminal.types("s")
        terminal.sees("+gopher", ASKS)
        terminal.types("x")
        terminal.sees("your version is kept as")
        code = terminal.ends()

    (copy,) = admin.copies
    assert code == 1
    assert admin.list.read_text() == LIST
    assert "gopher" in copy.read_text()
    assert str(copy) in terminal.seen.replace("\n", "")


def test_warnings(admin: Admin) -> None:
    """A version with a new warning is installed if that is wanted."""
    with admin.edits(admin.editor(DOUBT), "--no-preview") as terminal:
        terminal.sees("warning: no country has the code `zz`", ASKS)
        terminal.types("i")
        code = terminal.ends()

    assert code == 0
    assert "zz" in admin.list.read_text()


def test_old_warnings(admin: Admin) -> None:
    """Warnings that the list had before are no reason to ask."""
    admin.list.write_text(LIST.replace("fr", "zz"))
    with admin.edits(admin.editor(ADD), "--no-preview") as terminal:
        code = terminal.ends()

    assert code == 0
    assert "unknown-country" not in terminal.seen


def test_left_unfinished(admin: Admin) -> None:
    """What was not installed is offered the next time, to go on with."""
    with admin.edits(admin.editor(BREAK)) as terminal:
        terminal.sees(ASKS)
        terminal.types("x")
        terminal.ends()
    with admin.edits(admin.editor(MEND), "--no-preview") as terminal:
        terminal.sees("was not installed", ASKS)
        terminal.types("s")
        terminal.sees("+gopher", ASKS)
        terminal.types("g")
        code = terminal.ends()

    assert (code, admin.list.read_text(), admin.copies) == (0, NEW, [])


@pytest.mark.parametrize(("key", "copies"), [("n", 1), ("d", 0)])
def test_begun_anew(admin: Admin, key: str, copies: int) -> None:
    """Whoever does not want to go on begins with the list, and may drop the other."""
    with admin.edits(admin.editor(BREAK)) as terminal:
        terminal.sees(ASKS)
        terminal.types("x")
        terminal.ends()
    with admin.edits(admin.editor(ADD), "--no-preview") as terminal:
        terminal.sees(ASKS)
        terminal.types(key)
        code = terminal.ends()

    assert (code, admin.list.read_text(), len(admin.copies)) == (0, NEW, copies)


def test_second_editor(admin: Admin) -> None:
    """Who comes second is told who is first, before they have done any work."""
    with admin.edits(admin.editor(PAUSE)) as first:
        first.sees("EDITING")
        with admin.edits("false") as second:
            second.sees("is being edited by", f"process {first.number}")
            code = second.ends()
        first.types("")
        first.ends()

    assert code == 2


def test_changed_meanwhile(admin: Admin) -> None:
    """What another program has written is shown, and replaced only when told so."""
    with admin.edits(admin.editor(f"{ADD}; {PAUSE}"), "--no-preview") as terminal:
        terminal.sees("EDITING")
        admin.list.write_text(LIST + "# theirs\n")
        terminal.types("")
        terminal.sees("has changed", "+# theirs", ASKS)
        terminal.types("o")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert admin.kept_list.read_text() == LIST + "# theirs\n"


def test_edit_theirs(admin: Admin) -> None:
    """One can begin again with what another program has written; the own is kept."""
    editor = admin.editor(f"{ADD}; {PAUSE}", ADD)
    with admin.edits(editor, "--no-preview") as terminal:
        terminal.sees("EDITING")
        admin.list.write_text("# theirs\n" + LIST)
        terminal.types("")
        terminal.sees(ASKS)
        terminal.types("e")
        terminal.sees("Your version is kept as")
        code = terminal.ends()

    (copy,) = admin.copies
    assert (code, admin.list.read_text()) == (0, "# theirs\n" + NEW)
    assert copy.read_text() == NEW


def test_adapt_yours(admin: Admin) -> None:
    """One can put the others' changes into the own version."""
    editor = admin.editor(f"{ADD}; {PAUSE}", "sed -i '1i# theirs' \"$file\"")
    with admin.edits(editor, "--no-preview") as terminal:
        terminal.sees("EDITING")
        admin.list.write_text("# theirs\n" + LIST)
        terminal.types("")
        terminal.sees(ASKS)
        terminal.types("a")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, "# theirs\n" + NEW)


def test_failed_editor(admin: Admin) -> None:
    """What an editor leaves that ends with an error is installed only when told so."""
    with admin.edits(admin.editor(f"{ADD}; exit 3"), "--no-preview") as terminal:
        terminal.sees("ended with status 3", ASKS)
        terminal.types("g")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)


def test_missing_editor(admin: Admin) -> None:
    """An editor that is not there is named, with the variable."""
    with admin.edits("no-such-editor --wait") as terminal:
        terminal.sees("There is no program 'no-such-editor', which EDITOR names")
        code = terminal.ends()

    assert (code, admin.copies) == (2, [])


def test_ctrl_c(admin: Admin) -> None:
    """Ctrl-C at the question keeps the version, and leaves the list to others."""
    with admin.edits(admin.editor(ADD)) as terminal:
        terminal.sees(ASKS)
        terminal.presses("c")
        terminal.sees("nothing was installed; your version is kept as")
        code = terminal.ends()

    assert (code, admin.list.read_text(), len(admin.copies)) == (1, LIST, 1)
    with Held(admin.list):
        pass


def test_ctrl_c_in_the_editor(admin: Admin) -> None:
    """Ctrl-C in the editor is for the editor alone."""
    editor = admin.editor(f"trap 'echo CAUGHT' INT; {PAUSE}; read -r more; {ADD}")
    with admin.edits(editor, "--no-preview") as terminal:
        terminal.sees("EDITING")
        terminal.presses("c")
        terminal.sees("CAUGHT")
        terminal.types("")
        terminal.types("")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)


def test_end_of_input(admin: Admin) -> None:
    """Ctrl-D at the question is the same as to exit."""
    with admin.edits(admin.editor(ADD)) as terminal:
        terminal.sees(ASKS)
        terminal.presses("d")
        terminal.sees("your version is kept as")
        code = terminal.ends()

    assert (code, len(admin.copies)) == (1, 1)


@pytest.mark.parametrize("run", [ADD, f"{ADD}; {PAUSE}"], ids=["asked", "editing"])
def test_closed_window(admin: Admin, run: str) -> None:
    """When the terminal is closed, the version is kept and the list is free."""
    with admin.edits(admin.editor(run)) as terminal:
        terminal.sees(ASKS if run == ADD else "EDITING")
        terminal.closes_the_window()
        terminal.ends()

    assert admin.list.read_text() == LIST
    assert [one.read_text() for one in admin.copies] == [NEW]
    with Held(admin.list):
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_while_editing(admin: Admin, number: signal.Signals) -> None:
    """A signal to the program ends the editor too; what that saves then is kept."""
    editor = admin.editor(f"save() {{ {ADD}; exit 1; }}; trap save HUP; {PAUSE}")
    with admin.edits(editor) as terminal:
        terminal.sees("EDITING")
        terminal.sends(number)
        terminal.sees("your version is kept as")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (1, LIST)
    assert [one.read_text() for one in admin.copies] == [NEW]


def test_killed_editor(admin: Admin) -> None:
    """An editor that is killed leaves a terminal on which one can go on."""
    with admin.edits(admin.editor(f"stty raw -echo; {ADD}; kill -9 $$")) as terminal:
        terminal.sees("ended with signal 9", ASKS)
        assert terminal.keeps_lines
        terminal.types("x")
        code = terminal.ends()

    assert code == 1


@pytest.mark.parametrize("stopped", ["$$", "0"], ids=["editor", "both"])
def test_ctrl_z(admin: Admin, stopped: str) -> None:
    """An editor that stops gives the shell back; `fg` goes on with it."""
    editor = admin.editor(f"kill -TSTP {stopped}; {ADD}")
    environment = {**admin.environment(editor), "PS1": "shell> ", "HISTFILE": ""}
    shell = ("bash", "--norc", "--noprofile", "-i")
    with session(environment=environment, program=shell) as opened:
        opened.sees("shell> ")
        opened.types(shlex.join([*PROGRAM, "edit", "--no-preview"]))
        opened.sees("Stopped", "shell> ")
        assert admin.list.read_text() == LIST
        opened.types("fg")
        opened.sees("is installed", "shell> ")
        opened.types("exit")
        opened.ends()

    assert admin.list.read_text() == NEW


def test_killed_program(admin: Admin) -> None:
    """After a crash of the program, the version is offered, and nothing is locked."""
    with admin.edits(admin.editor(ADD)) as terminal:
        terminal.sees(ASKS)
        terminal.sends(signal.SIGKILL)
        wait_for(lambda: not terminal.alive)
    with admin.edits(admin.editor(":"), "--no-preview") as terminal:
        terminal.sees("was not installed", ASKS)
        terminal.types("g")
        code = terminal.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
