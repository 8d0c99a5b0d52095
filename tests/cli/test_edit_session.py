"""An edit with somebody who answers."""

import io
import tempfile
from pathlib import Path

import pytest
from rich.console import Console

from mirrorsel.cli.edit import edit
from mirrorsel.cli.edit_desk import Desk
from mirrorsel.cli.edit_dialogue import Dialogue
from mirrorsel.cli.edit_editor import find_editor
from mirrorsel.cli.edit_findings import Examiner
from mirrorsel.geo import load_countries
from mirrorsel.lint import Facts
from tests.terminal.admin import ADD, BREAK, DOUBT, LIST, MEND, Admin

NEW = LIST + "http\tjp\thttps://d.example/\t-\n"
DOUBTFUL = LIST + "http\tzz\thttps://d.example/\t-\n"
THEIRS = "# theirs\n"
LEFT = 1


class Person(Admin):
    """Somebody who edits a list, and has their answers ready."""

    output = ""

    def edit(self, editor: Path, *answers: str, sure: bool = False) -> int:
        """Edit the list; return the exit code."""
        printed = io.StringIO()
        typed = io.StringIO("".join(f"{one}\n" for one in answers))
        countries = load_countries()
        desk = Desk(
            editor=find_editor(self.environment(editor)),
            examiner=Examiner(
                path=self.list,
                countries=countries,
                facts=lambda _: Facts(countries=countries),
            ),
            dialogue=Dialogue(Console(file=printed, width=200), typed),
            preview=None,
            sure=sure,
            counts=False,
        )
        try:
            return edit(self.list, desk)
        finally:
            self.output = printed.getvalue()

    def changing(self, run: str) -> str:
        """Return a run of the editor meanwhile which another program writes."""
        return f"{run}; echo '{THEIRS.strip()}' >>'{self.list}'"


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Return somebody with a list of three mirrors."""
    made = Person(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    return made


@pytest.mark.parametrize(
    ("runs", "answers", "code", "text", "copies"),
    [
        pytest.param([ADD], "", 0, NEW, 0, id="nothing to ask"),
        pytest.param([DOUBT], "i", 0, DOUBTFUL, 0, id="install"),
        pytest.param([DOUBT], "I", 0, DOUBTFUL, 0, id="capital letter"),
        pytest.param([DOUBT], "d", LEFT, LIST, 0, id="drop"),
        pytest.param([DOUBT], "x", LEFT, LIST, 1, id="exit"),
        pytest.param([DOUBT], "", LEFT, LIST, 1, id="end of input"),
        pytest.param([DOUBT], ["", "?", "what", "s", "i"], 0, DOUBTFUL, 0, id="others"),
        pytest.param([DOUBT, 'sed -i s/zz/jp/ "$file"'], "e", 0, NEW, 0, id="again"),
        pytest.param([BREAK, MEND], "e", 0, NEW, 0, id="mend"),
        pytest.param([BREAK], "ix", LEFT, LIST, 1, id="no install with errors"),
        pytest.param([f"{ADD}; exit 1"], "g", 0, NEW, 0, id="failed, go on"),
        pytest.param([f"{ADD}; exit 1", ":"], "e", 0, NEW, 0, id="failed, again"),
        pytest.param([f"{ADD}; exit 1"], "x", LEFT, LIST, 1, id="failed, exit"),
        pytest.param(["exit 1"], "x", LEFT, LIST, 0, id="failed, nothing"),
    ],
)
def test_answers(  # noqa: PLR0913 - what is done and what comes of it
    person: Person,
    *,
    runs: list[str],
    answers: list[str],
    code: int,
    text: str,
    copies: int,
) -> None:
    """Each answer does what it says, and what was written is lost only if dropped."""
    assert person.edit(person.editor(*runs), *answers) == code
    assert person.list.read_text() == text
    assert len(person.copies) == copies


@pytest.mark.parametrize(
    ("answers", "code", "text", "kept", "copies"),
    [
        pytest.param("o", 0, NEW, LIST + THEIRS, 0, id="overwrite"),
        pytest.param("e", 0, LIST + THEIRS + "# 2\n", LIST + THEIRS, 1, id="theirs"),
        pytest.param("a", 0, NEW + "# 2\n", LIST + THEIRS, 0, id="adapt"),
        pytest.param("x", LEFT, LIST + THEIRS, None, 1, id="exit"),
        pytest.param("", LEFT, LIST + THEIRS, None, 1, id="end of input"),
    ],
)
def test_changed_meanwhile(  # noqa: PLR0913 - what is done and what comes of it
    person: Person,
    *,
    answers: str,
    code: int,
    text: str,
    kept: str | None,
    copies: int,
) -> None:
    """Whatever is answered, both versions are there in the end."""
    editor = person.editor(person.changing(ADD), "echo '# 2' >>\"$file\"")

    assert person.edit(editor, *answers) == code
    assert person.list.read_text() == text
    assert kept == (person.kept_list.read_text() if kept else None)
    assert len(person.copies) == copies
    assert "+# theirs" in person.output


def test_changed_again(person: Person) -> None:
    """What is changed while the first change is looked at is shown too."""
    again = person.changing("echo '# 2' >>\"$file\"")
    code = person.edit(person.editor(person.changing(ADD), again), *"ao")

    assert code == 0
    assert person.output.count("has changed") == 2
    assert person.kept_list.read_text() == LIST + THEIRS * 2


@pytest.mark.parametrize(
    ("answers", "code", "text", "copies"),
    [
        pytest.param("g", 0, NEW, 0, id="go on"),
        pytest.param("sg", 0, NEW, 0, id="show"),
        pytest.param("n", 0, LIST, 1, id="anew"),
        pytest.param("d", 0, LIST, 0, id="drop"),
        pytest.param("x", LEFT, LIST, 1, id="exit"),
    ],
)
def test_left_unfinished(
    person: Person, answers: str, code: int, text: str, copies: int
) -> None:
    """What was left is gone on with, left alone or dropped, as one wants."""
    person.edit(person.editor(BREAK), "x")

    assert person.edit(person.editor(MEND), *answers) == code
    assert person.list.read_text() == text
    assert len(person.copies) == copies


def test_left_unfinished_and_changed(person: Person) -> None:
    """Who goes on with a version is shown what the list has become since."""
    person.edit(person.editor(BREAK), "x")
    person.list.write_text(LIST + THEIRS)
    code = person.edit(person.editor(MEND), *"gx")

    assert code == LEFT
    assert "+# theirs" in person.output
    assert person.list.read_text() == LIST + THEIRS


def test_changed_back(person: Person) -> None:
    """What others have changed and changed back is no reason to ask."""
    person.edit(person.editor(BREAK), "x")
    person.list.write_text(LIST + THEIRS)
    back = f"sed -i '/theirs/d' '{person.list}'"

    assert person.edit(person.editor(f"{MEND}; {back}"), "g") == 0
    assert person.list.read_text() == NEW
    assert "has changed" not in person.output


def test_sure(person: Person) -> None:
    """Who is sure is not asked about warnings."""
    assert person.edit(person.editor(DOUBT), sure=True) == 0
    assert person.list.read_text() == DOUBTFUL


def test_hostile_text(person: Person) -> None:
    """What the list holds cannot order the terminal about."""
    person.edit(person.editor("printf '\\033]0;owned\\a' >>\"$file\""), *"sx")

    assert "owned" in person.output
    assert "\x1b" not in person.output


def test_no_answer(person: Person) -> None:
    """What is no answer here is told, as it installs nothing."""
    person.edit(person.editor(BREAK), *"ix")

    assert "'i' is none of the answers" in person.output
    assert person.list.read_text() == LIST


def test_help(person: Person) -> None:
    """Every answer is explained."""
    person.edit(person.editor(DOUBT), *"?x")

    for words in ("let your version become the list", "throw your version away"):
        assert words in person.output
