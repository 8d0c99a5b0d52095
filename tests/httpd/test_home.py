"""The folder from which a private httpd serves."""

from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError, SettingsError
from mirrorsel.httpd.access import check_readable, check_writable
from mirrorsel.httpd.accounts import Account, choose_accounts
from mirrorsel.httpd.home import Home, home_of, stage


@pytest.fixture
def operator(tmp_path: Path) -> Path:
    """Return an operator's folder that nobody else can read."""
    folder = tmp_path / "operator"
    folder.mkdir(mode=0o700)
    (folder / "mirrorsel.toml").write_text("")
    (folder / "mirrors.list").write_text("http de https://mirror.example/\n")
    return folder


def _stage(operator: Path, public_folder: Path) -> Home:
    settings_file = operator / "mirrorsel.toml"
    return stage(settings_file, public_folder / "home", choose_accounts())


def test_a_home_lasts() -> None:
    """The same settings file has the same home in each run, another has another."""
    homes = [home_of(Path(name)) for name in ("a.toml", "./a.toml", "b.toml")]

    assert homes[0] == homes[1] != homes[2]


@pytest.mark.parametrize(
    ("uid", "environ", "parent"),
    [
        pytest.param(0, {"HOME": "/root"}, "/var/lib/mirrorsel", id="root"),
        pytest.param(
            7, {"HOME": "/home/a"}, "/home/a/.local/state/mirrorsel", id="a user"
        ),
        pytest.param(
            7, {"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/mirrorsel", id="XDG"
        ),
    ],
)
def test_where_homes_lie(uid: int, environ: dict[str, str], parent: str) -> None:
    """Root's are below /var/lib, a user's where the XDG base directories say."""
    home = home_of(Path("mirrorsel.toml"), uid=uid, environ=environ)

    assert Path(parent) == home.parent


def test_staging_copies_what_httpd_needs(operator: Path, public_folder: Path) -> None:
    """Settings, list and wsgi.py come from a folder that httpd cannot read."""
    home = _stage(operator, public_folder)

    assert home.problems == ()
    assert sorted(one.name for one in home.folder.iterdir()) == [
        "mirrors.list",
        "mirrorsel.toml",
        "state",
        "wsgi.py",
    ]


def test_only_the_checker_writes(operator: Path, public_folder: Path) -> None:
    """The state folder is the checker's; everybody reads it."""
    accounts = choose_accounts()
    home = _stage(operator, public_folder)
    check_writable(accounts.checker, home.state)
    check_readable(accounts.web, home.folder.glob("*.*"))

    assert home.state.stat().st_uid == accounts.checker.uid
    assert home.state.stat().st_mode & 0o777 == 0o755


def test_a_missing_list_is_told(operator: Path, public_folder: Path) -> None:
    """Without a list, and without a database, httpd can serve all the same."""
    (operator / "mirrors.list").unlink()
    (operator / "mirrorsel.toml").write_text('[geoip]\ndatabase = "places.mmdb"\n')
    home = _stage(operator, public_folder)

    assert len(home.problems) == 2


def test_a_relative_file_keeps_its_place(operator: Path, public_folder: Path) -> None:
    """A file in a folder below the settings' is found there in the home too."""
    (operator / "lists").mkdir()
    (operator / "mirrors.list").rename(operator / "lists" / "ours")
    (operator / "mirrorsel.toml").write_text('[list]\nfile = "lists/ours"\n')
    home = _stage(operator, public_folder)

    assert (home.folder / "lists" / "ours").exists()


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param('[list]\nfile = "../mirrors.list"\n', id="the list"),
        pytest.param('[state]\nfolder = "../state"\n', id="the state folder"),
    ],
)
def test_nothing_is_copied_out_of_the_home(
    operator: Path, public_folder: Path, settings: str
) -> None:
    """A relative path that leads out of the settings' folder is refused."""
    (operator / "mirrorsel.toml").write_text(settings)

    with pytest.raises(HttpdError, match="name it by an absolute path"):
        _stage(operator, public_folder)


def test_an_absolute_file_must_be_readable(
    operator: Path, public_folder: Path, stranger: Account
) -> None:
    """A file that is not copied is tried as the account that will read it."""
    database = operator / "places.mmdb"
    database.write_bytes(b"")
    database.chmod(0)
    (operator / "mirrorsel.toml").write_text(f'[geoip]\ndatabase = "{database}"\n')

    with pytest.raises(HttpdError, match=f"cannot read {database}"):
        _stage(operator, public_folder)

    assert stranger.uid != 0


def test_an_absolute_state_folder_is_used(operator: Path, public_folder: Path) -> None:
    """A state folder elsewhere is used where it is; the checker must write it."""
    elsewhere = public_folder / "elsewhere"
    (operator / "mirrorsel.toml").write_text(f'[state]\nfolder = "{elsewhere}"\n')

    with pytest.raises(HttpdError, match=f"cannot write to {elsewhere}"):
        _stage(operator, public_folder)

    elsewhere.mkdir()
    elsewhere.chmod(0o777)

    assert elsewhere == _stage(operator, public_folder).state


def test_a_home_that_cannot_be_made_is_told(
    operator: Path, public_folder: Path
) -> None:
    """A file in the place of the home is named, with what the system says."""
    (public_folder / "home").write_text("")

    with pytest.raises(HttpdError, match="cannot be set up"):
        _stage(operator, public_folder)


def test_broken_settings_are_not_staged(operator: Path, public_folder: Path) -> None:
    """Settings that cannot be used stop the start with line and column."""
    (operator / "mirrorsel.toml").write_text("[list]\nfle = 1\n")

    with pytest.raises(SettingsError, match=r"mirrorsel\.toml:2:1: unknown setting"):
        _stage(operator, public_folder)
