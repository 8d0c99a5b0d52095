"""`mirrorsel notify`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.notify import command
from mirrorsel.errors import SettingsError
from tests.loopback import Connection, Loopback, answer
from tests.mailserver import MailServer, Manner

_MAIL = """
[checker]
vantage = "here"
[notify]
smtp_host = "127.0.0.1"
smtp_port = {port}
sender = "checker@example.org"
operator = ["a@example.org", "b@example.org"]
contacts = true
"""


def run(folder: Path, settings: str, *arguments: str) -> Result:
    """Run the verb with settings."""
    (folder / "mirrorsel.toml").write_text(settings)
    config = str(folder / "mirrorsel.toml")
    return CliRunner().invoke(command, ["--config", config, *arguments])


def test_mail(tmp_path: Path) -> None:
    """Each of the operator's addresses gets a mail that says it is a test."""
    with MailServer() as server:
        result = run(tmp_path, _MAIL.format(port=server.port), "--test")
    expected = (
        "mail to the operator a@example.org: went out\n"
        "mail to the operator b@example.org: went out\n"
    )

    assert (0, expected) == (result.exit_code, result.output)
    assert ["mirrorsel: test"] * 2 == [one.mail["Subject"] for one in server.received]
    assert "This is a test at here" in server.received[0].mail.get_content()


def test_one_fails(tmp_path: Path) -> None:
    """When one does not go out, the exit code is 1 and the reason is told."""
    with MailServer(Manner(refused={"b@example.org": "550 who?"})) as server:
        result = run(tmp_path, _MAIL.format(port=server.port), "--test")

    assert 1 == result.exit_code
    assert "a@example.org: went out\n" in result.output
    assert "b@example.org: failed: 550 who?\n" in result.output


@pytest.mark.parametrize(
    ("to", "mails", "posts"),
    [
        pytest.param((), 2, 1, id="both"),
        pytest.param(("--to", "operator"), 2, 0, id="operator"),
        pytest.param(("--to", "webhook"), 0, 1, id="webhook"),
    ],
)
def test_to(to: tuple[str, ...], mails: int, posts: int, tmp_path: Path) -> None:
    """The test goes to all, or to those that are asked for."""
    bodies: list[bytes] = []

    def take(connection: Connection) -> None:
        bodies.append(connection.read_body())
        answer(b"")(connection)

    with MailServer() as server, Loopback(take) as hook:
        settings = f'{_MAIL.format(port=server.port)}webhook = "{hook.url}"\n'
        result = run(tmp_path, settings, "--test", *to)

    assert 0 == result.exit_code
    assert (mails, posts) == (len(server.received), len(bodies))
    assert all(json.loads(one)["test"] for one in bodies)


@pytest.mark.parametrize(
    ("settings", "arguments"),
    [
        pytest.param("", (), id="nobody"),
        pytest.param(
            "[notify]\nwebhook = 'http://127.0.0.1:1/'\n",
            ("--to", "operator"),
            id="not the operator",
        ),
    ],
)
def test_nobody(settings: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Where the settings name nobody, that is told, and the exit code is 2."""
    result = run(tmp_path, settings, "--test", *arguments)

    assert 2 == result.exit_code
    assert "names nobody to send it to" in result.output


def test_test_must_be_said(tmp_path: Path) -> None:
    """Without `--test` nothing is sent."""
    result = run(tmp_path, "")

    assert 2 == result.exit_code
    assert "Say `--test`" in result.output


def test_settings_are_needed(tmp_path: Path) -> None:
    """Wrong settings are refused, with the error that leaves with 2."""
    result = run(tmp_path, "[notify]\noperator = ['a@b.example']\n", "--test")

    assert isinstance(result.exception, SettingsError)
