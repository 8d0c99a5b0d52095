"""`mirrorsel manual`."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.manual import command
from mirrorsel.cli.reference import Paragraph, Parameter, Verb, describe
from mirrorsel.cli.roff import manual

ODD = Verb(
    name="mirrorsel odd",
    usage="[OPTIONS]",
    summary=".Odd \\ things",
    text=(Paragraph(lines=("'quoted' and `-x`",), kept=False),),
    options=(Parameter(names="-x, --x", help=".x"),),
    end=(Paragraph(lines=("Examples:", "  .odd"), kept=True),),
    verbs=(),
)


def shown(page: str) -> str:
    """Return a page as a reader sees it; any complaint of the formatter fails."""
    ran = subprocess.run(
        ["groff", "-ww", "-man", "-Tascii", "-P-cbou", "-rLL=200n"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("verb", [*describe().all()], ids=lambda verb: verb.page)
def test_formatter_has_no_complaint(verb: Verb) -> None:
    """Each page is right for the formatter, and tells each option."""
    page = shown(manual(verb, "1.0"))

    names = [one.names.split(",")[0] for one in verb.options]
    assert names
    assert [one for one in names if one not in page] == []


def test_text_is_no_request() -> None:
    """Full stops, quotes, hyphens and backslashes are shown as they are."""
    page = shown(manual(ODD, "1.0"))

    assert all(
        part in page for part in (".Odd \\ things", "'quoted'", "-x, --x", ".odd")
    )


def test_pages_of_all_verbs(tmp_path: Path) -> None:
    """A page for the program and for each verb, which `man` finds by its name."""
    folder = tmp_path / "man" / "man1"
    ran = CliRunner().invoke(command, [str(folder)])

    names = {one.name for one in folder.iterdir()}
    assert ran.exit_code == 0
    assert names == {f"{one.page}.1" for one in describe().all()}
    man = shutil.which("man")
    assert man is not None
    page = subprocess.run(
        [man, "-M", str(folder.parent), "-P", "cat", "mirrorsel-check"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "mirrorsel check" in page.stdout


def test_replaced(tmp_path: Path) -> None:
    """Pages of an older version give way."""
    old = tmp_path / "mirrorsel.1"
    old.write_text("old")
    CliRunner().invoke(command, [str(tmp_path)])

    assert old.read_text().startswith(".TH ")
