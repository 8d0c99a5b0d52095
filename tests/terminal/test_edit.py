"""`mirrorsel edit`, as somebody at a terminal sees it."""

import signal
from pathlib import Path

import pytest

from mirrorsel.lists.install import Held
from tests.terminal.admin import ADD, BREAK, DOUBT, LIST, MEND, PAUSE, Admin
from tests.waiting import wait_for

NEW = LIST + "http\tjp\thttps://d.example/\t-\n"
ASKS = "What now?"


@pytest.fixture
def admin(tmp_path: Path) -> Admin:
    """Return an admin with a list of three mirrors."""
    return Admin(tmp_path)


def test_good_edit(admin: Admin) -> None:
    """A good version is installed after a look at its effect."""
    with admin.edits(admin.editor(ADD)) as session:
        session.sees("1 added", ASKS)
        assert admin.list.read_text() == LIST
        session.types("i")
        session.sees("counts within 5 seconds", str(admin.kept_list))
        code = session.ends()

    assert code == 0
    assert (admin.list.read_text(), admin.kept_list.read_text()) == (NEW, LIST)
    assert admin.copies == []


def test_without_preview(admin: Admin) -> None:
    """Without a preview, what is all right is installed without a question."""
    with admin.edits(admin.editor(ADD), "--no-preview") as session:
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert "added" not in session.seen


def test_sure(admin: Admin) -> None:
    """With --yes, the effect is shown, and nothing is asked."""
    with admin.edits(admin.editor(ADD), "--yes") as session:
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert "1 added" in session.seen


def test_nothing_changed(admin: Admin) -> None:
    """Without a change, nothing is written."""
    with admin.edits(admin.editor(":")) as session:
        session.sees("Nothing was changed")
        code = session.ends()

    assert code == 0
    assert (admin.kept_list.exists(), admin.copies) == (False, [])


def test_dropped(admin: Admin) -> None:
    """A version whose effect is not wanted is thrown away."""
    with admin.edits(admin.editor(ADD)) as session:
        session.sees(ASKS)
        session.types("d")
        session.sees("thrown away")
        code = session.ends()

    assert (code, admin.list.read_text(), admin.copies) == (1, LIST, [])


def test_errors(admin: Admin) -> None:
    """An error is shown with its place; the editor opens there, and it is mended."""
    with admin.edits(admin.editor(BREAK, MEND, name="vi")) as session:
        session.sees("mirrors.list:5:1: error: unknown type `gopher`", "^~~~~~", ASKS)
        session.types("e")
        session.sees("1 added", ASKS)
        session.types("i")
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert admin.calls == ["mirrors.list", "+5 mirrors.list"]


def test_errors_cannot_be_installed(admin: Admin) -> None:
    """Nobody is offered to install what would never count; they are told why."""
    with admin.edits(admin.editor(BREAK)) as session:
        session.sees(ASKS)
        session.types("i")
        session.sees("open the editor again, at the first problem", ASKS)
        assert "(i)nstall" not in session.seen
        session.types("s")
        session.sees("+gopher", ASKS)
        session.types("x")
        session.sees("your version is kept as")
        code = session.ends()

    (copy,) = admin.copies
    assert code == 1
    assert admin.list.read_text() == LIST
    assert "gopher" in copy.read_text()
    assert str(copy) in session.seen.replace("\n", "")


def test_warnings(admin: Admin) -> None:
    """A version with a new warning is installed if that is wanted."""
    with admin.edits(admin.editor(DOUBT), "--no-preview") as session:
        session.sees("warning: no country has the code `zz`", ASKS)
        session.types("i")
        code = session.ends()

    assert code == 0
    assert "zz" in admin.list.read_text()


def test_old_warnings(admin: Admin) -> None:
    """Warnings that the list had before are no reason to ask."""
    admin.list.write_text(LIST.replace("fr", "zz"))
    with admin.edits(admin.editor(ADD), "--no-preview") as session:
        code = session.ends()

    assert code == 0
    assert "unknown-country" not in session.seen


def test_left_unfinished(admin: Admin) -> None:
    """What was not installed is offered the next time, to go on with."""
    with admin.edits(admin.editor(BREAK)) as session:
        session.sees(ASKS)
        session.types("x")
        session.ends()
    with admin.edits(admin.editor(MEND), "--no-preview") as session:
        session.sees("was not installed", ASKS)
        session.types("s")
        session.sees("+gopher", ASKS)
        session.types("g")
        code = session.ends()

    assert (code, admin.list.read_text(), admin.copies) == (0, NEW, [])


@pytest.mark.parametrize(("key", "copies"), [("n", 1), ("d", 0)])
def test_begun_anew(admin: Admin, key: str, copies: int) -> None:
    """Whoever does not want to go on begins with the list, and may drop the other."""
    with admin.edits(admin.editor(BREAK)) as session:
        session.sees(ASKS)
        session.types("x")
        session.ends()
    with admin.edits(admin.editor(ADD), "--no-preview") as session:
        session.sees(ASKS)
        session.types(key)
        code = session.ends()

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
    with admin.edits(admin.editor(f"{ADD}; {PAUSE}"), "--no-preview") as session:
        session.sees("EDITING")
        admin.list.write_text(LIST + "# theirs\n")
        session.types("")
        session.sees("has changed", "+# theirs", ASKS)
        session.types("o")
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
    assert admin.kept_list.read_text() == LIST + "# theirs\n"


def test_edit_theirs(admin: Admin) -> None:
    """One can begin again with what another program has written; the own is kept."""
    editor = admin.editor(f"{ADD}; {PAUSE}", ADD)
    with admin.edits(editor, "--no-preview") as session:
        session.sees("EDITING")
        admin.list.write_text("# theirs\n" + LIST)
        session.types("")
        session.sees(ASKS)
        session.types("e")
        session.sees("Your version is kept as")
        code = session.ends()

    (copy,) = admin.copies
    assert (code, admin.list.read_text()) == (0, "# theirs\n" + NEW)
    assert copy.read_text() == NEW


def test_adapt_yours(admin: Admin) -> None:
    """One can put the others' changes into the own version."""
    editor = admin.editor(f"{ADD}; {PAUSE}", "sed -i '1i# theirs' \"$file\"")
    with admin.edits(editor, "--no-preview") as session:
        session.sees("EDITING")
        admin.list.write_text("# theirs\n" + LIST)
        session.types("")
        session.sees(ASKS)
        session.types("a")
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, "# theirs\n" + NEW)


def test_failed_editor(admin: Admin) -> None:
    """What an editor leaves that ends with an error is installed only when told so."""
    with admin.edits(admin.editor(f"{ADD}; exit 3"), "--no-preview") as session:
        session.sees("ended with status 3", ASKS)
        session.types("g")
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)


def test_missing_editor(admin: Admin) -> None:
    """An editor that is not there is named, with the variable."""
    with admin.edits("no-such-editor --wait") as session:
        session.sees("There is no program 'no-such-editor', which EDITOR names")
        code = session.ends()

    assert (code, admin.copies) == (2, [])


def test_ctrl_c(admin: Admin) -> None:
    """Ctrl-C at the question keeps the version, and leaves the list to others."""
    with admin.edits(admin.editor(ADD)) as session:
        session.sees(ASKS)
        session.presses("c")
        session.sees("nothing was installed; your version is kept as")
        code = session.ends()

    assert (code, admin.list.read_text(), len(admin.copies)) == (1, LIST, 1)
    with Held(admin.list):
        pass


def test_ctrl_c_in_the_editor(admin: Admin) -> None:
    """Ctrl-C in the editor is for the editor alone."""
    editor = admin.editor(f"trap 'echo CAUGHT' INT; {PAUSE}; read -r more; {ADD}")
    with admin.edits(editor, "--no-preview") as session:
        session.sees("EDITING")
        session.presses("c")
        session.sees("CAUGHT")
        session.types("")
        session.types("")
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)


def test_end_of_input(admin: Admin) -> None:
    """Ctrl-D at the question is the same as to exit."""
    with admin.edits(admin.editor(ADD)) as session:
        session.sees(ASKS)
        session.presses("d")
        session.sees("your version is kept as")
        code = session.ends()

    assert (code, len(admin.copies)) == (1, 1)


@pytest.mark.parametrize("run", [ADD, f"{ADD}; {PAUSE}"], ids=["asked", "editing"])
def test_closed_window(admin: Admin, run: str) -> None:
    """When the terminal is closed, the version is kept and the list is free."""
    with admin.edits(admin.editor(run)) as session:
        session.sees(ASKS if run == ADD else "EDITING")
        session.closes_the_window()
        session.ends()

    assert admin.list.read_text() == LIST
    assert [one.read_text() for one in admin.copies] == [NEW]
    with Held(admin.list):
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_while_editing(admin: Admin, number: signal.Signals) -> None:
    """A signal to the program ends the editor too; what that saves then is kept."""
    editor = admin.editor(f"save() {{ {ADD}; exit 1; }}; trap save HUP; {PAUSE}")
    with admin.edits(editor) as session:
        session.sees("EDITING")
        session.sends(number)
        session.sees("your version is kept as")
        code = session.ends()

    assert (code, admin.list.read_text()) == (1, LIST)
    assert [one.read_text() for one in admin.copies] == [NEW]


def test_killed_editor(admin: Admin) -> None:
    """An editor that is killed leaves a terminal on which one can go on."""
    with admin.edits(admin.editor(f"stty raw -echo; {ADD}; kill -9 $$")) as session:
        session.sees("ended with signal 9", ASKS)
        assert session.keeps_lines
        session.types("x")
        code = session.ends()

    assert code == 1


def test_killed_program(admin: Admin) -> None:
    """After a crash of the program, the version is offered, and nothing is locked."""
    with admin.edits(admin.editor(ADD)) as session:
        session.sees(ASKS)
        session.sends(signal.SIGKILL)
        wait_for(lambda: not session.alive)
    with admin.edits(admin.editor(":"), "--no-preview") as session:
        session.sees("was not installed", ASKS)
        session.types("g")
        code = session.ends()

    assert (code, admin.list.read_text()) == (0, NEW)
