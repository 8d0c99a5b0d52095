"""`mirrorsel preview`, as somebody at a terminal sees it."""

from pathlib import Path

import pytest

from tests.terminal.session import session

_COLOUR = "\x1b["
_LISTS = {
    "mirrors.list": "http de https://a.example/\nhttp nz https://b.example/\n",
    "new.list": "http de https://a.example/\n",
}


@pytest.fixture(name="config")
def fixture_config(tmp_path: Path) -> Path:
    """Return the settings of a site with a list and an edited one."""
    for name, text in _LISTS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "mirrorsel.toml").write_text('[list]\norigin = "https://o.example/"\n')
    return tmp_path / "mirrorsel.toml"


def _ask(config: Path) -> list[str | Path]:
    return ["preview", "--config", config, config.with_name("new.list")]


@pytest.mark.parametrize("columns", [60, 80, 160])
def test_losses_come_first(config: Path, columns: int) -> None:
    """They are red, and words are kept whole on any terminal."""
    with session(*_ask(config), columns=columns) as one:
        one.sees("1 mirror removed", "1 country loses:", "New Zealand", "last mirror")
        one.sees("country", "clients", "moved", "New Zealand", "https://b.example/")

        assert one.ends() == 1
        assert _COLOUR in one.raw


def test_a_map_for_who_wants_one(config: Path) -> None:
    """On a terminal of the usual height it comes when it is asked for."""
    with session(*_ask(config), "--dots", columns=100) as one:
        one.sees("1 country loses:", "country that loses", "mirror removed")

        assert one.ends() == 1
        assert any("\u2800" < letter <= "\u28ff" for letter in one.seen)


def test_no_map_unasked(config: Path) -> None:
    """There it would push aside what is said above it."""
    with session(*_ask(config), columns=100) as one:
        assert one.ends() == 1
        assert not any("\u2800" < letter <= "\u28ff" for letter in one.seen)
