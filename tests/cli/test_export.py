"""`mirrorsel export`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.export_list import command
from mirrorsel.cli.import_list import command as import_command
from mirrorsel.errors import ListError
from mirrorsel.lists.forms.json_form import json_schema
from mirrorsel.lists.forms.table import FORMS
from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import StateFolder, write_snapshot

NOW = datetime(2026, 11, 23, 9, 5, 7, tzinfo=UTC)
LIST = """\
# our mirrors
http\tde\thttps://a.example/\ta@example.de\tlat=50.1 lon=8.7 weight=200 only=country
rsync\tde\trsync://a.example/x/\ta@example.de\tlat=50.1 lon=8.7 weight=200 only=country
http\tuk\thttps://b.example/\t-\tdisabled="disk full"  # since May
http\tBackup\thttps://c.example/
"""


OUT_OF_SERVICE = "mirrors out of service (disabled)"


class Desk:
    """A folder with settings, a list and what the checker saw."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "mirrorsel.toml"
        self.list = folder / "mirrors.list"
        self.config.write_text("")
        self.list.write_text(LIST)
        state = StateFolder(folder / "state")
        state.path.mkdir()
        health = {"https://a.example/": Health(state=State.UP, stamp=NOW, checked=NOW)}
        write_snapshot(state.snapshot, Snapshot(taken=NOW, health=health))

    def export(self, form: str, *arguments: str) -> Result:
        """Run the verb."""
        line = ["--config", str(self.config), "--to", form, *arguments]
        return CliRunner().invoke(command, line)

    def import_(self, form: str, path: Path) -> str:
        """Return what the other verb makes of a file."""
        line = ["--from", form, str(path)]
        return CliRunner().invoke(import_command, line).stdout


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Give a folder with a list."""
    return Desk(tmp_path)


@pytest.mark.parametrize("form", ["source", "csv", "json"])
def test_round_trip(desk: Desk, form: str) -> None:
    """The mirrors of the list come back as they were; the comments do not."""
    output = desk.folder / "out"
    result = desk.export(form, "-o", str(output))
    lines = LIST.replace("  # since May", "").splitlines(keepends=True)[1:]

    assert result.exit_code == 0
    assert result.stderr == (
        f"mirrorsel: warning: {FORMS[form].about} does not hold comments: 2 left out\n"
    )
    assert desk.import_(form, output) == "".join(lines)


def test_published_form(desk: Desk) -> None:
    """It has the stamps that the checker read, and says what it leaves out."""
    result = desk.export("published")

    assert result.stdout == (
        "# date : Mon Nov 23 09:05:07 2026 [UTC]\n"
        "http de https://a.example/ 1795424707\n"
        "rsync de rsync://a.example/x/ 1795424707\n"
        "http Backup https://c.example/ 1795424707\n"
    )
    assert result.exit_code == 1
    both = "2 left out: https://a.example/, rsync://a.example/x/"
    whom = "whom a mirror serves only (only)"
    form = "the published form does not hold"
    assert result.stderr.splitlines() == [
        f"mirrorsel: {line}"
        for line in (
            f"skipped: {form} {OUT_OF_SERVICE}: 1 left out: https://b.example/",
            f"warning: {form} contacts: {both}",
            f"warning: {form} coordinates: {both}",
            f"warning: {form} weights: {both}",
            f"warning: {form} {whom}: {both}",
            f"warning: {form} comments: 2 left out",
        )
    ]


def test_state_of_mirmon(desk: Desk) -> None:
    """It tells what the checker saw; without a snapshot that is said."""
    seen = desk.export("mirmon").stdout.splitlines()[0]
    (desk.folder / "state" / "snapshot").unlink()
    unseen = desk.export("mirmon")

    assert seen.startswith("https://a.example/ 1795424707 ok 1795424707 s ")
    assert (unseen.stdout, unseen.exit_code) == ("", 1)
    assert "warning: nothing is known of the mirrors' states" in unseen.stderr
    assert "mirrors that were never probed: 2 left out: https://a.ex" in unseen.stderr


def test_folder(desk: Desk) -> None:
    """A form with a file for each mirror goes into a new folder, and comes back."""
    folder = desk.folder / "out"
    result = desk.export("mirrorbrain", "-o", str(folder))

    assert sorted(one.name for one in folder.iterdir()) == ["a.example", "b.example"]
    assert (
        "region         : eu\ncountry        : de" in (folder / "a.example").read_text()
    )
    assert result.exit_code == 1
    assert "(Backup): 1 left out: https://c.example/" in result.stderr
    assert desk.import_("mirrorbrain", folder) == (
        "".join(LIST.splitlines(keepends=True)[1:4]).replace("  # since May", "")
    )


def test_folder_that_is_there(desk: Desk) -> None:
    """An empty one is taken; one with files only by force, and the others stay."""
    folder = desk.folder / "out"
    folder.mkdir()
    assert desk.export("mirrorbits", "-o", str(folder)).exit_code == 1
    assert "ContinentCode: EU\n" in (folder / "a.example.yaml").read_text()
    (folder / "old.yaml").write_text("mine")
    (folder / "a.example.yaml").write_text("mine")
    refused = desk.export("mirrorbits", "-o", str(folder))
    assert isinstance(refused.exception, ListError)
    assert "--force adds to them" in str(refused.exception)
    assert (folder / "a.example.yaml").read_text() == "mine"
    forced = desk.export("mirrorbits", "-o", str(folder), "--force")
    assert f"{folder}/old.yaml: was there before, and is left" in forced.stderr
    assert (folder / "a.example.yaml").read_text() != "mine"
    assert (folder / "old.yaml").read_text() == "mine"
    assert not [one for one in desk.folder.iterdir() if one.name.startswith(".")]


def test_folder_that_cannot_be_written(desk: Desk) -> None:
    """There is an error in one line, and nothing is left behind."""
    result = desk.export("mirrorbits", "-o", str(desk.list / "out"))

    assert f"{desk.list}/out: cannot be written" in str(result.exception)


def test_folder_must_be_named(desk: Desk) -> None:
    """Several files are not printed."""
    result = desk.export("mirrorbits")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--to mirrorbits writes a folder; name it with -o." in result.stderr


def test_another_list(desk: Desk) -> None:
    """A list that is named is taken instead of that of the settings."""
    other = desk.folder / "other.list"
    other.write_text("http de https://o.example/\n")
    result = desk.export("mirmon-plain", str(other))

    assert (result.stdout, result.stderr) == ("de\thttps://o.example/\n", "")


def test_list_with_an_error(desk: Desk) -> None:
    """Nothing is written of it, so that no mirror is lost unseen."""
    desk.list.write_text("http de https://a.example/\nhttp de\n")
    output = desk.folder / "out"
    result = desk.export("csv", "-o", str(output))

    assert f"{desk.list}:2:8: a line needs" in str(result.exception)
    assert not output.exists()


def test_file_that_is_there(desk: Desk) -> None:
    """It is replaced by force alone."""
    output = desk.folder / "out"
    output.write_text("mine")
    refused = desk.export("json", "-o", str(output))
    assert "--force replaces it" in str(refused.exception)
    assert output.read_text() == "mine"
    assert desk.export("json", "-o", str(output), "--force").exit_code == 0
    assert len(json.loads(output.read_text())) == 4


def test_schema() -> None:
    """The schema is printed without any list."""
    result = CliRunner().invoke(command, ["--schema"])

    assert json.loads(result.stdout) == json_schema()
    assert result.exit_code == 0
