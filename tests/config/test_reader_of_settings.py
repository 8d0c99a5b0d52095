"""Tests for mirrorsel.config.reader, through read_settings."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.config import Settings, read_settings, sections
from mirrorsel.errors import Problem, SettingsError
from mirrorsel.selection.policy import Override
from mirrorsel.setting import settings_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a settings file that is not there yet."""
    return tmp_path / "mirrorsel.toml"


def errors_of(path: Path) -> str:
    """Return what is wrong with a file, without its name."""
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    return str(caught.value).replace(f"{path}:", "")


def test_empty_file(path: Path) -> None:
    """An empty file gives the defaults."""
    path.write_text("")

    assert Settings(folder=path.parent) == read_settings(path)


def test_all_kinds(path: Path) -> None:
    """Values of every kind arrive as the values that the program uses."""
    path.write_text("""
        [list]
        origin = "https://origin.example"
        always_origin = ["KEYS"]
        [selection]
        near_factor = 2
        allow_http = true
        [[selection.override]]
        country = "GB"
        prefer = ["IE", "gb", "https://mirror.example.fr"]
        [health]
        stale_after = "2d"
        [web]
        links = 0
    """)
    settings = read_settings(path)
    prefer = ("ie", "uk", "https://mirror.example.fr/")

    assert settings.list.origin == "https://origin.example/"
    assert settings.list.always_origin == ("KEYS",)
    assert settings.selection.near_factor == 2.0
    assert settings.selection.allow_http is True
    assert settings.selection.override == (Override(country="uk", prefer=prefer),)
    assert settings.health.stale_after == 172800.0
    assert settings.web.links == 0


def test_an_index_of_a_folder_needs_one(path: Path) -> None:
    """An index cannot be made from a folder that is not named."""
    path.write_text('[tree]\nindex = "folder"\n')
    expected = '2:1: `index = "folder"` needs a `folder`; without one there is "origin"'

    assert expected == errors_of(path)


def test_inline_overrides(path: Path) -> None:
    """Overrides may be written in brackets too."""
    path.write_text("[selection]\noverride = [{asn = 1}, {country = 'de'}]\n")
    expected = (Override(asn=1), Override(country="de"))

    assert expected == read_settings(path).selection.override


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "[list]\nfile = 1\n", "2:1: `file` must be a string", id="wrong type"
        ),
        pytest.param(
            "[web]\n\tlinks = 21\n",
            "2:2: `links` must be a whole number from 0 to 20",
            id="out of range",
        ),
        pytest.param(
            "[health]\nstale_afer = '1d'\n",
            "2:1: unknown setting `stale_afer`; did you mean `stale_after`?",
            id="unknown setting",
        ),
        pytest.param("[web]\nxyz = 1\n", "2:1: unknown setting `xyz`", id="no hint"),
        pytest.param(
            "[wep]\nlinks = 1\n",
            "1:1: unknown section `wep`; did you mean `web`?",
            id="unknown section",
        ),
        pytest.param(
            "xyz = 1\n", "1:1: unknown section `xyz`", id="setting of no section"
        ),
        pytest.param(
            "[web.links]\nx = 1\n",
            "1:1: `links` must be a whole number from 0 to 20",
            id="a table for a value",
        ),
        pytest.param(
            "web = 1\n", "1:1: `web` must be a section: [web]", id="value for a section"
        ),
        pytest.param(
            "[[web]]\nlinks = 1\n",
            "1:1: `web` must be a section: [web]",
            id="array for a section",
        ),
        pytest.param(
            "web.links = 99\n",
            "1:1: `links` must be a whole number from 0 to 20",
            id="dotted key",
        ),
        pytest.param(
            "[web]\n'links' = 99\n",
            "1:1: `links` must be a whole number from 0 to 20",
            id="a quoted key stands where its section does",
        ),
        pytest.param(
            "'web'.'links' = 99\n",
            " `links` must be a whole number from 0 to 20",
            id="quoted throughout",
        ),
        pytest.param(
            "[selection.override]\ncountry = 'de'\n",
            "1:1: must be written as [[selection.override]]",
            id="override as a table",
        ),
        pytest.param(
            "[selection]\noverride = ['de']\n",
            "2:1: must be written as [[selection.override]]",
            id="override as strings",
        ),
        pytest.param(
            "[[selection.override]]\n[[selection.override]] # 2\ncountry = 'deu'\n",
            "3:1: `country` must be a country code of two letters",
            id="second override",
        ),
        pytest.param(
            "[selection]\noverride = [{asn = -1}]\n",
            "2:1: `asn` must be a whole number from 0 to 4294967295",
            id="inline override",
        ),
        pytest.param(
            "[health]\nfresh_within = '25h'\n",
            "2:1: `fresh_within` must not be more than `stale_after`",
            id="two settings that do not fit",
        ),
        pytest.param(
            "[health]\nfresh_within = '25h'\nstale_after = 30\n",
            '3:1: `stale_after` must be a duration like `"90s"` or `"24h"`, 1m to 90d',
            id="what could not be read is not compared",
        ),
        pytest.param(
            "[notify]\nsmtp_host = 'mail.example.org'\n",
            "2:1: `smtp_host` needs a `sender`",
            id="mail from nobody",
        ),
        pytest.param(
            "[notify]\ncontacts = true\noperator = ['a@b.example']\n",
            "2:1: `contacts` needs an `smtp_host`\n"
            "3:1: `operator` needs an `smtp_host`",
            id="mail without a server",
        ),
        pytest.param(
            "[geoip]\nsource = 'maxmind'\n",
            '2:1: `source = "maxmind"` needs `account_id` and `licence_key_file`',
            id="databases of MaxMind without an account",
        ),
        pytest.param(
            "[geoip]\naccount_id = 1\n",
            "2:1: `account_id` needs a `licence_key_file`",
            id="account without a key",
        ),
        pytest.param(
            "[geoip]\nlicence_key_file = 'key'\n",
            "2:1: `licence_key_file` needs an `account_id`",
            id="key without an account",
        ),
        pytest.param(
            "[geoip]\nurl = 'https://geoip.example.org/'\n",
            "2:1: `url` needs a `source`, whose files or protocol it has",
            id="server of nobody's databases",
        ),
        pytest.param(
            "[geoip]\nsource = 'dpip'\n",
            '2:1: `source` must be `""` or `"dbip"` or `"maxmind"`',
            id="unknown maker of databases",
        ),
        pytest.param(
            "[notify]\nsmtp_security = 'tls'\nsmtp_user = 'me'\n",
            "3:1: `smtp_user` needs an `smtp_password_file`",
            id="login without a password",
        ),
        pytest.param(
            "[notify]\nsmtp_password_file = 'password'\n",
            "2:1: `smtp_password_file` needs an `smtp_user`",
            id="password without a name",
        ),
        pytest.param(
            "[notify]\nsmtp_user = 'me'\nsmtp_password_file = 'password'\n",
            '2:1: `smtp_user` needs TLS: set `smtp_security` to "starttls" or "tls"',
            id="login without TLS",
        ),
        pytest.param(
            "[notify]\nwebhook_secret_file = 'secret'\n",
            "2:1: `webhook_secret_file` needs a `webhook`",
            id="secret without a webhook",
        ),
        pytest.param(
            "[notify]\nsmtp_host = 'mail example'\n",
            "2:1: `smtp_host` must be the name or address of a host",
            id="no host",
        ),
        pytest.param(
            "[notify]\noperator = ['']\n",
            "2:1: `operator` must be a list of mail addresses",
            id="empty address",
        ),
        pytest.param(
            "[web]\r\nlinks = 21\r\n",
            "2:1: `links` must be a whole number from 0 to 20",
            id="carriage returns",
        ),
        pytest.param(
            "[web]\nlinks 1\n",
            "2:7: Expected '=' after a key in a key/value pair",
            id="syntax",
        ),
        pytest.param("[web]\nlinks =\n", "2:8: Invalid value", id="no value"),
        pytest.param("[web]\nlinks =", "2: Invalid value", id="broken off"),
        pytest.param(
            "[web]\nlinks = 1\nlinks = 2\n",
            "3:10: Cannot overwrite a value",
            id="twice",
        ),
        pytest.param(
            f"x = {'[' * 9999}",
            " has too many brackets within brackets",
            id="brackets without end",
        ),
    ],
)
def test_errors(path: Path, text: str, expected: str) -> None:
    """An error names its line and column, and what would be right."""
    path.write_text(text, newline="")

    assert expected == errors_of(path)


def test_all_errors_at_once(path: Path) -> None:
    """All that is wrong is told at once, in the order of the lines."""
    path.write_text("[web]\nlinks = -1\n[list]\nfile = 1\n[wep]\n")

    lines = [error.split(":")[0] for error in errors_of(path).splitlines()]
    expected = ["2", "4", "5"]

    assert expected == lines


def test_too_long_a_number(path: Path) -> None:
    """A number that Python does not convert is an error as any other."""
    path.write_text(f"x = {'9' * 9999}")

    assert "digits" in errors_of(path)


def test_missing_file(path: Path) -> None:
    """A file that is not there is an error."""
    expected = " cannot be read: No such file or directory"

    assert expected == errors_of(path)


def test_not_utf8(path: Path) -> None:
    """A file in another encoding is an error."""
    path.write_bytes(b"# \xe9\n")
    expected = " is not UTF-8 text"

    assert expected == errors_of(path)


def test_byte_order_mark(path: Path) -> None:
    """A byte order mark, as some editors write it, is no error."""
    path.write_bytes(b"\xef\xbb\xbf[web]\nlinks = 1\n")

    assert read_settings(path).web.links == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("my.list", "my.list", id="relative to the file"),
        pytest.param("/etc/my.list", "/etc/my.list", id="absolute"),
    ],
)
def test_paths(path: Path, name: str, expected: str) -> None:
    """Relative paths start from the folder of the settings file."""
    path.write_text(f"[list]\nfile = '{name}'\n[state]\nfolder = '{name}'\n")
    settings = read_settings(path)

    found = {settings.list_file, settings.state_folder}

    assert {path.parent / expected} == found


NAMES = st.sampled_from(
    [
        *sections(),
        *(
            name
            for one in (*sections().values(), Override)
            for name in settings_of(one)
        ),
        "override",
        "selection.override",
        "x",
    ]
)
VALUES = st.sampled_from(
    ["1", "0.5", "-1", "true", "'de'", '"24h"', "[]", "['x']", "[{asn = 1}]", "{}", "?"]
)
LINES = st.one_of(
    st.builds("[{}]".format, NAMES),
    st.builds("[[{}]]".format, NAMES),
    st.builds("{} = {}".format, NAMES, VALUES),
    st.text(max_size=10),
)


@given(text=st.lists(LINES, max_size=8).map("\n".join))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any text gives settings, or errors that lie within it."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode(errors="replace"))
    problems: tuple[Problem, ...] = ()

    try:
        read_settings(path)
    except SettingsError as error:
        problems = error.problems

    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in problems)


def test_no_ordinary_file(path: Path) -> None:
    """A named pipe is refused, and not waited for."""
    os.mkfifo(path)

    assert errors_of(path) == " cannot be read: it is not an ordinary file"


def test_a_header_of_blanks_costs_no_time(path: Path) -> None:
    """A line that is nearly a header is told about as fast as any other."""
    path.write_text("[" + " " * 500_000 + "#\n")

    assert errors_of(path).startswith("1:")


def test_a_hundred_errors_are_enough(path: Path) -> None:
    """A last problem says that there is more."""
    path.write_text("[web]\n" + "".join(f"a{one} = 1\n" for one in range(5000)))

    lines = errors_of(path).splitlines()

    assert (101, " and more") == (len(lines), lines[-1])
