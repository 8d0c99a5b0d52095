"""`mirrorsel init`."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.init import command
from mirrorsel.cli.init_result import carry_out, exit_code
from mirrorsel.cli.init_shown import print_result
from mirrorsel.config import read_settings
from mirrorsel.errors import InstanceError, ListError
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.python import prefix
from mirrorsel.instance.layout import Layout
from mirrorsel.shipped import shipped
from tests.httpd.served import open_folder
from tests.instance.plans import plan

pytestmark = pytest.mark.httpd

FILES = [
    "mirrorsel.toml",
    "mirrors.list",
    "wsgi.py",
    "httpd-conf/mirrorsel.conf",
    "httpd/debian/conf-available/mirrorsel.conf",
    "httpd/debian/sites-available/downloads.example.org.conf",
    "httpd/redhat/conf.modules.d/10-mirrorsel.conf",
    "httpd/redhat/conf.d/mirrorsel.conf",
    "httpd/redhat/conf.d/vhost-downloads.example.org.conf",
    "systemd/mirrorsel-checker.service",
    "systemd/mirrorsel-geoip-update.service",
    "systemd/mirrorsel-geoip-update.timer",
]


@pytest.fixture(name="base")
def fixture_base() -> Iterator[Path]:
    """Return a folder that accounts can reach."""
    with open_folder() as folder:
        yield folder


def init(folder: Path, *arguments: str) -> Result:
    """Run the verb where nobody can answer."""
    chosen = choose_accounts()
    names = ("--user", chosen.web.user, "--checker-user", chosen.checker.user)
    root = () if "--server-root" in arguments else _usual_root(folder)
    more = arguments if "--server-name" in arguments else (*arguments, *_site())
    return CliRunner().invoke(command, [str(folder), *names, *root, *more])


def _usual_root(folder: Path) -> tuple[str, ...]:
    return "--server-root", str(folder.parent / "etc")


def _site() -> tuple[str, ...]:
    return "--server-name", "downloads.example.org"


def test_all_is_made(base: Path) -> None:
    """Each file is named, httpd takes the pieces, and what is left is printed."""
    folder = base / "mirrorsel"
    result = init(folder)
    made = [line.split()[1] for line in result.stdout.splitlines() if "  made" in line]

    assert (result.exit_code, made) == (0, FILES)
    assert all((folder / one).is_file() for one in FILES)
    assert "httpd's test of these pieces: good" in result.stdout
    assert "Next, as root:" in result.stdout
    assert f"mirrorsel doctor --config {folder}/mirrorsel.toml" in result.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders away")
def test_folders_belong_to_who_writes_them(base: Path) -> None:
    """Everything else belongs to root."""
    folder = base / "mirrorsel"
    init(folder)
    chosen = choose_accounts()
    owners = {one.name: one.stat().st_uid for one in folder.iterdir()}

    assert {name: number for name, number in owners.items() if number} == {
        "state": chosen.checker.uid,
        "counters": chosen.web.uid,
        "geoip": chosen.checker.uid,
    }


def test_the_settings_are_what_was_asked(base: Path) -> None:
    """They are short, right, and say where all others are found."""
    folder = base / "mirrorsel"
    init(folder, "--origin", "https://dist.example.org/files")
    text = (folder / "mirrorsel.toml").read_text()

    settings = read_settings(folder / "mirrorsel.toml")

    assert settings.list.origin == "https://dist.example.org/files/"
    assert len(text.splitlines()) < 10
    assert str(shipped("mirrorsel.toml")) in text


def test_a_second_run_changes_nothing(base: Path) -> None:
    """All is there, as it would be written; the origin of the settings is kept."""
    folder = base / "mirrorsel"
    init(folder, "--origin", "https://dist.example.org/")
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    result = init(folder)
    rows = [one for one in result.stdout.splitlines() if "as it would be" in one]

    assert (0, len(FILES)) == (result.exit_code, len(rows))
    assert before == {one: one.read_bytes() for one in before}


def test_what_an_admin_changed_is_kept(base: Path) -> None:
    """It is named, and --diff shows how it differs."""
    folder = base / "mirrorsel"
    init(folder)
    settings, listed = folder / "mirrorsel.toml", folder / "mirrors.list"
    text = settings.read_text() + "[web]\nlinks = 2\n"
    settings.write_text(text)
    listed.write_text("http de https://mine.example/\n")
    told = init(folder)
    shown = init(folder, "--diff")
    words = " ".join(told.stdout.split())

    assert text == settings.read_text()
    assert "kept mirrorsel.toml differs" in words
    assert "there mirrors.list as it would be written" in words
    assert "--diff shows how" in told.stdout
    assert "\n-links = 2\n" in shown.stdout


def test_a_list_is_taken_over(base: Path) -> None:
    """It is copied as it is, comments and all."""
    own = base / "own.list"
    own.write_text("# ours\nhttp de https://mine.example/\n")
    init(base / "mirrorsel", "--list", str(own))

    assert own.read_text() == (base / "mirrorsel" / "mirrors.list").read_text()


def test_a_list_with_errors_is_refused(base: Path) -> None:
    """Its errors are told, and nothing is made."""
    own = base / "own.list"
    own.write_text("http de\n")
    result = init(base / "mirrorsel", "--list", str(own))

    assert isinstance(result.exception, ListError)
    assert f"{own}:1:" in str(result.exception)
    assert not (base / "mirrorsel").exists()


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        pytest.param("my mirrors", (), "has the character ' '", id="a blank"),
        pytest.param("it%s", (), "has the character '%'", id="a sign"),
        pytest.param(
            "www/mirrorsel",
            ("--server-name", "a.example", "--document-root", "{base}/www"),
            "must not lie in each other",
            id="inside of a document root",
        ),
        pytest.param(
            "html/mirrorsel",
            (),
            "must not lie in each other",
            id="inside of a document root of httpd",
        ),
    ],
)
def test_bad_places_are_refused(
    base: Path, name: str, arguments: tuple[str, ...], words: str
) -> None:
    """Nothing is made there."""
    (base / "etc").mkdir()
    (base / "etc" / "apache2.conf").write_text(f'DocumentRoot "{base}/html"\n')
    more = [one.format(base=base) for one in arguments]
    server = ("--layout", "debian", "--server-root", str(base / "etc"))
    result = init(base / name, *server, *more)

    assert isinstance(result.exception, InstanceError)
    assert words in str(result.exception)
    assert not (base / name).exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("--origin", "ftp://x/"), "an http or https URL", id="origin"),
        pytest.param(("--server-name", "a b"), "no name of a server", id="name"),
        pytest.param(("--server-name", "[::1]"), "no name of a server", id="address"),
        pytest.param(
            ("--document-root", "/a", "--document-root", "/b"),
            "needs a --server-name of its own",
            id="two roots for a name",
        ),
        pytest.param(("--document-root", "/"), "must be the path", id="the root"),
        pytest.param(
            ("--user", "nobody-of-that-name"), "There is no account", id="account"
        ),
    ],
)
def test_wrong_options(base: Path, arguments: tuple[str, ...], words: str) -> None:
    """They are used wrongly: 2, and nothing is made."""
    result = init(base / "mirrorsel", *arguments)

    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert not (base / "mirrorsel").exists()


def test_several_virtual_hosts(base: Path) -> None:
    """Each has a file of its own; a root that is not named is that of its name."""
    arguments = ["--server-name", "a.example", "--document-root", str(base / "www")]
    init(base / "mirrorsel", *arguments, "--server-name", "B.example")
    sites = base / "mirrorsel" / "httpd" / "debian" / "sites-available"
    texts = {one.name: one.read_text() for one in sites.iterdir()}

    assert set(texts) == {"a.example.conf", "b.example.conf"}
    assert f'Use MirrorselDocumentRoot "{base}/www"' in texts["a.example.conf"]
    assert 'DocumentRoot "/srv/www/b.example"' in texts["b.example.conf"]


def test_what_httpd_refuses(base: Path) -> None:
    """What it says is shown, and the exit code is 1."""
    folder = base / "mirrorsel"
    init(folder)
    for piece in (folder / "httpd").rglob("*downloads*"):
        piece.write_text("Nonsense\n")
    result = init(folder)

    assert result.exit_code == 1
    assert "httpd's test of these pieces: refused" in result.stdout
    assert "Invalid command 'Nonsense'" in result.stdout


def test_without_httpd(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What can be made is made, and it is said what to install, and then to do."""
    made = plan(base / "mirrorsel", wsgi=None, python=prefix())
    result = carry_out(made, Layout.DEBIAN, base, None, "httpd is not installed: do so")
    print_result(result, diff=False)
    out, err = capsys.readouterr()

    assert (2, False) == (exit_code(result), (base / "mirrorsel" / "httpd").exists())
    assert "made  systemd/mirrorsel-checker.service" in out
    assert "httpd is not installed: do so; then run `mirrorsel init` again" in err
    assert "Next" not in out


def test_accounts_that_are_missing_are_left_to_the_admin(base: Path) -> None:
    """The command is printed, and none is made silently."""
    role = plan(base).web
    missing = type(role)(user="mirrorsel-test-none", group="mirrorsel-test-none")
    made = plan(base / "mirrorsel", web=missing, python=prefix(), wsgi=None)
    result = carry_out(made, Layout.DEBIAN, base, None, "no httpd")

    assert (base / "mirrorsel" / "counters", missing) in result.made.folders


def test_json(base: Path) -> None:
    """Programs get files, test and commands."""
    found = json.loads(init(base / "mirrorsel", "--json").stdout)

    assert [one["outcome"] for one in found["files"]] == ["made"] * len(FILES)
    assert found["configtest"]["accepted"] is True
    assert "doctor" in [step["commands"][0][1] for step in found["steps"]]
