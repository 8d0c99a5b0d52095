"""The folder from which a private httpd serves."""

import os
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
        "counters",
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


def test_only_the_web_account_writes_counts(
    operator: Path, public_folder: Path
) -> None:
    """The folder of the counters is its own, and nobody else's."""
    accounts = choose_accounts()
    counters = _stage(operator, public_folder).folder / "counters"
    check_writable(accounts.web, counters)

    assert counters.stat().st_uid == accounts.web.uid
    assert counters.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    "name", ["", "log", "lists", "state", "state/counters", "state/.."]
)
def test_the_counters_have_a_folder_of_their_own(
    operator: Path, public_folder: Path, name: str
) -> None:
    """Neither account could replace what the other writes, or what others read."""
    text = f'[list]\nfile = "lists/ours"\n[web]\ncounters = "{name}"\n'
    (operator / "mirrorsel.toml").write_text(text)

    with pytest.raises(HttpdError, match="must be a folder of its own"):
        _stage(operator, public_folder)


def test_absolute_counters_that_are_closed_are_told(
    operator: Path, public_folder: Path
) -> None:
    """It is served all the same; each process then counts for itself."""
    elsewhere = public_folder / "elsewhere"
    (operator / "mirrorsel.toml").write_text(f'[web]\ncounters = "{elsewhere}"\n')
    problems = _stage(operator, public_folder).problems
    elsewhere.mkdir()
    elsewhere.chmod(0o777)

    assert [f"cannot write to {elsewhere}" in one for one in problems] == [True]
    assert _stage(operator, public_folder).problems == ()


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
        pytest.param('[pages]\ndefault = "../x.html"\n', id="a page"),
        pytest.param('[tree]\nfolder = "../dist"\n', id="the tree"),
        pytest.param('[attic]\nfolder = ".."\n', id="the folder above"),
        pytest.param('[attic]\nfolder = "x/.."\n', id="the folder itself"),
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


@pytest.mark.parametrize(
    "name", ["", ".", "log", "log/state", "lists", "lists/ours", "./a/..", "mirrors/.."]
)
def test_the_state_has_a_folder_of_its_own(
    operator: Path, public_folder: Path, name: str
) -> None:
    """The checker, who owns it, must not be able to replace what others read."""
    text = f'[list]\nfile = "lists/ours"\n[state]\nfolder = "{name}"\n'
    (operator / "mirrorsel.toml").write_text(text)

    with pytest.raises(HttpdError, match="must be a folder of its own"):
        _stage(operator, public_folder)


def test_the_state_is_not_above_the_home(operator: Path, public_folder: Path) -> None:
    """An absolute path is no way around it."""
    text = f'[state]\nfolder = "{public_folder}"\n'
    (operator / "mirrorsel.toml").write_text(text)

    with pytest.raises(HttpdError, match="must be a folder of its own"):
        _stage(operator, public_folder)


def test_the_state_may_lie_deeper(operator: Path, public_folder: Path) -> None:
    """The folders above it stay with who serves."""
    (operator / "mirrorsel.toml").write_text('[state]\nfolder = "a/state"\n')
    home = _stage(operator, public_folder)
    own = home.state.parent.stat()

    assert home.folder / "a" / "state" == home.state
    assert own.st_uid == os.geteuid()


def test_a_home_of_others_is_refused(operator: Path, public_folder: Path) -> None:
    """Where others could replace a copy, nothing is served."""
    (public_folder / "elsewhere").mkdir()
    (public_folder / "home").mkdir()
    (public_folder / "home" / "lists").symlink_to(public_folder / "elsewhere")
    (operator / "mirrorsel.toml").write_text('[list]\nfile = "lists/ours"\n')

    with pytest.raises(HttpdError, match="lies outside"):
        _stage(operator, public_folder)


def test_a_secret_is_not_copied(operator: Path, public_folder: Path) -> None:
    """What is no list, settings name it as they may, stays where it is."""
    (operator / "id").write_text("-----BEGIN KEY-----\nc2VjcmV0\n")
    text = '[list]\nfile = "id"\n[geoip]\ndatabase = "mirrors.list"\n'
    (operator / "mirrorsel.toml").write_text(text)
    home = _stage(operator, public_folder)

    assert len(home.problems) == 2
    assert not (home.folder / "id").exists()
    assert not (home.folder / "mirrors.list").exists()


def test_copies_are_closed_to_strangers(operator: Path, public_folder: Path) -> None:
    """The two parts of mirrorsel can read copies, no other account can."""
    accounts = choose_accounts()
    home = _stage(operator, public_folder)
    copies = list(home.folder.glob("*.*"))
    for account in (accounts.web, accounts.checker):
        check_readable(account, copies)

    assert {one.stat().st_mode & 0o007 for one in copies} == {0}
    assert not home.folder.stat().st_mode & 0o006


def test_pages_are_copied_and_followed(operator: Path, public_folder: Path) -> None:
    """Pages that settings name are kept in the home as the operator edits them."""
    (operator / "pages").mkdir()
    page = operator / "pages" / "own.html"
    page.write_text("first")
    (operator / "mirrorsel.toml").write_text(
        '[pages]\ndefault = "pages/own.html"\narchive = "old.html"\n'
    )
    (operator / "old.html").write_text("old")
    home = _stage(operator, public_folder)
    before = (home.folder / "pages" / "own.html").read_text()
    page.write_text("second edition")

    assert home.problems == home.upkeep.poll() == ()
    assert (home.folder / "old.html").read_text() == "old"
    assert before == "first"
    assert (home.folder / "pages" / "own.html").read_text() == "second edition"


def test_folders_are_read_where_they_are(public_folder: Path) -> None:
    """A link leads to a folder that settings name, again after another start."""
    operator = public_folder / "operator"
    operator.mkdir()
    (operator / "mirrors.list").write_text("http de https://mirror.example/\n")
    (operator / "www" / "dist").mkdir(parents=True)
    text = '[tree]\nfolder = "www/dist"\n[attic]\nfolder = "attic"\n'
    (operator / "mirrorsel.toml").write_text(text)
    homes = [_stage(operator, public_folder) for _ in range(2)]

    assert [f"{operator / 'attic'}: there is no such folder"] == list(homes[1].problems)
    assert (homes[1].folder / "www" / "dist").readlink() == operator / "www" / "dist"


def test_a_folder_that_is_closed_is_told(
    public_folder: Path, stranger: Account
) -> None:
    """The folder to open is named, with what opens it no further than needed."""
    closed = public_folder / "closed"
    (closed / "dist").mkdir(parents=True)
    closed.chmod(0o700)
    (closed / "mirrorsel.toml").write_text('[tree]\nfolder = "dist"\n')
    (closed / "mirrors.list").write_text("http de https://mirror.example/\n")
    if os.geteuid() != stranger.uid:
        with pytest.raises(HttpdError, match=f"chmod o.x {closed}`"):
            _stage(closed, public_folder)

    closed.chmod(0o711)

    assert _stage(closed, public_folder).problems == ()


def test_a_link_takes_no_place(operator: Path, public_folder: Path) -> None:
    """Where something else stands in the home, there is no tree."""
    (operator / "mirrorsel.toml").write_text('[tree]\nfolder = "state"\n')

    with pytest.raises(HttpdError, match="must be a folder of its own"):
        _stage(operator, public_folder)
