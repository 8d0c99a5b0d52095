"""`mirrorsel init`, as a new administrator sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.config import read_settings
from mirrorsel.httpd.accounts import choose_accounts
from tests.httpd.served import open_folder
from tests.terminal.session import session

pytestmark = pytest.mark.httpd


@pytest.fixture(name="base")
def fixture_base() -> Iterator[Path]:
    """Return a folder that accounts can reach."""
    with open_folder() as folder:
        yield folder


def arguments(base: Path) -> tuple[object, ...]:
    """Return those that tests need wherever they run."""
    chosen = choose_accounts()
    names = ("--user", chosen.web.user, "--checker-user", chosen.checker.user)
    return ("init", base / "mirrorsel", *names, "--server-root", base / "etc")


def test_questions(base: Path) -> None:
    """Little is asked; what cannot be is asked again, and Enter takes the default."""
    with session(*arguments(base), columns=100) as terminal:
        terminal.sees(
            "Origin, the tree that the mirrors copy [https://downloads.apache.org/]:"
        )
        terminal.types("dist.example.org")
        terminal.sees("must be an http or https URL", "Origin")
        terminal.types("https://dist.example.org/")
        terminal.sees("Server name")
        terminal.types("one.example.org")
        terminal.sees("Document root of one.example.org [/srv/www/one.example.org]:")
        terminal.types("")
        terminal.sees("Another server name, - for none [-]:")
        terminal.types("two.example.org")
        terminal.sees("Document root of two.example.org")
        terminal.types(str(base / "my www"))
        terminal.sees("Another server name")
        terminal.types("")
        terminal.sees("httpd's test of these pieces: good", "Next, as root:")
        code = terminal.ends()
    folder = base / "mirrorsel"
    sites = folder / "httpd" / "debian" / "sites-available"
    second = (sites / "two.example.org.conf").read_text()
    settings = read_settings(folder / "mirrorsel.toml")

    assert code == 0
    assert (sites / "one.example.org.conf").exists()
    assert f'DocumentRoot "{base}/my www"' in second
    assert settings.list.origin == "https://dist.example.org/"


def test_defaults(base: Path) -> None:
    """With --yes nothing is asked."""
    with session(*arguments(base), "--yes") as terminal:
        code = terminal.ends()

    assert code == 0
    assert "Origin" not in terminal.seen


def test_an_answer_that_never_comes(base: Path) -> None:
    """Who ends the input at a question finds nothing made."""
    with session(*arguments(base)) as terminal:
        terminal.sees("Origin")
        terminal.presses("d")
        code = terminal.ends()

    assert code == 2
    assert not (base / "mirrorsel").exists()
