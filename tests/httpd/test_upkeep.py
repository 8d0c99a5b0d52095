"""What is done and told when the operator's files change while httpd serves."""

from pathlib import Path

import pytest

from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.home import Home, stage

GOOD = "http de https://mirror.example/\n"


@pytest.fixture
def operator(public_folder: Path) -> Path:
    """Return the operator's folder, with one list."""
    folder = public_folder / "operator"
    folder.mkdir()
    (folder / "mirrorsel.toml").write_text("")
    (folder / "mirrors.list").write_text(GOOD)
    return folder


@pytest.fixture
def home(operator: Path) -> Home:
    """Return a home that was made for that folder."""
    place = operator.parent / "home"
    return stage(operator / "mirrorsel.toml", place, choose_accounts())


def test_nothing_new_is_nothing_told(home: Home) -> None:
    """Without an edit nothing is said, nor with one that counts at once."""
    before = home.upkeep.poll()
    settings = home.follower.originals[home.folder / "mirrorsel.toml"]
    settings.write_text("[web]\nlinks = 2\n")

    assert before == home.upkeep.poll() == ()


def test_a_restart_is_asked_for_once(operator: Path, home: Home) -> None:
    """Settings that count after a restart are named, until they are as before."""
    settings = operator / "mirrorsel.toml"
    (operator / "other.list").write_text(GOOD)
    settings.write_text('[list]\nfile = "other.list"\n[state]\nfolder = "seen"\n')
    told = home.upkeep.poll()
    settings.write_text('[list]\nfile = "other.list"\n[state]\nfolder = "seen"\n\n')
    again = home.upkeep.poll()
    settings.write_text("[web]\nlinks = 3\n")

    assert told == (
        f"{settings}: the change of `list.file` and `state.folder` needs a restart",
    )
    assert again == home.upkeep.poll() == ()


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        pytest.param(
            '[list]\nfile = "none.list"',
            "none.list: cannot be copied: No such file or directory",
            id="missing",
        ),
        pytest.param('[list]\nfile = "bad.list"', "bad.list:1:1: ", id="broken"),
        pytest.param(
            '[geoip]\ndatabase = "bad.list"', "bad.list: ", id="another kind of file"
        ),
        pytest.param(
            '[pages]\ndefault = "none.html"', "none.html: cannot be", id="a page"
        ),
        pytest.param('[tree]\nfolder = "none"', "none: there is no", id="a folder"),
        pytest.param(
            '[tree]\nfolder = "../x"', "mirrorsel.toml: ../x lies outside", id="outside"
        ),
    ],
)
def test_what_cannot_be_used_is_told(
    operator: Path, home: Home, setting: str, message: str
) -> None:
    """A new file that is broken is told when settings name it, not at the restart."""
    (operator / "bad.list").write_text("not a list\n")
    (operator / "mirrorsel.toml").write_text(f"{setting}\n")
    told = home.upkeep.poll()

    assert any(one.startswith(f"{operator}/{message}") for one in told)
    assert home.upkeep.poll() == ()


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param('[pages]\ndefault = "state/x.html"', id="state"),
        pytest.param('[pages]\ndefault = "state/sub/x.html"', id="below state"),
        pytest.param('[tree]\nfolder = "state/tree"', id="a link in state"),
        pytest.param(
            '[pages]\ndefault = "state/x.html"\n[state]\nfolder = "seen"',
            id="the state folder of the start",
        ),
        pytest.param('[tree]\nfolder = "wsgi.py/x"', id="a folder in a file's place"),
    ],
)
def test_what_a_start_refuses_is_not_adopted(
    operator: Path, home: Home, setting: str
) -> None:
    """Settings that no start takes do not count, and leave the state folder alone."""
    (operator / "state" / "sub").mkdir(parents=True)
    (operator / "state" / "x.html").write_text("page")
    (operator / "state" / "sub" / "x.html").write_text("page")
    before = home.state.stat()
    (operator / "mirrorsel.toml").write_text(f"{setting}\n")
    told = home.upkeep.poll()
    after = home.state.stat()

    assert len(told) == 1
    assert told[0].startswith(f"{operator}/mirrorsel.toml: ")
    assert told[0].endswith("; the last good one stays in force")
    assert (home.folder / "mirrorsel.toml").read_text() == ""
    assert [*home.state.iterdir()] == []
    assert (before.st_mode, before.st_uid) == (after.st_mode, after.st_uid)


def test_one_error_of_an_edit_hides_no_other(operator: Path, home: Home) -> None:
    """All that a start would refuse is told at once."""
    closed = operator / "closed.html"
    closed.mkdir()
    (operator / "mirrorsel.toml").write_text(
        f'[tree]\nfolder = "../x"\n[pages]\ndefault = "{closed}"\n'
    )
    (told,) = home.upkeep.poll()

    assert "../x lies outside" in told
    assert f"cannot read {closed}" in told


def test_broken_settings_are_told(operator: Path, home: Home) -> None:
    """The settings before them stay, and it is said where they are wrong."""
    (operator / "mirrorsel.toml").write_text("[list]\nfle = 1\n")
    (told,) = home.upkeep.poll()

    assert told.startswith(f"{operator}/mirrorsel.toml:2:1: unknown setting")
    assert told.endswith("; the last good one stays in force")


def test_a_page_that_is_named_later_is_copied(operator: Path, home: Home) -> None:
    """A setting that needs no restart needs none for its file either."""
    (operator / "own.html").write_text("own")
    (operator / "mirrorsel.toml").write_text('[pages]\ndefault = "own.html"\n')

    assert home.upkeep.poll() == ()
    assert (home.folder / "own.html").read_text() == "own"
