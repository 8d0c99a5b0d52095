"""`mirrorsel remove`, as somebody at a terminal sees it."""

from pathlib import Path

import pytest

from tests.terminal.admin import LIST, Admin
from tests.terminal.session import session


@pytest.mark.parametrize(
    ("answer", "code", "text"),
    [
        pytest.param("y", 0, LIST.replace("http\tfr\thttps://b.example/\t-\n", "")),
        pytest.param("n", 1, LIST),
        pytest.param("", 1, LIST),
    ],
    ids=["yes", "no", "Enter"],
)
def test_answers(tmp_path: Path, answer: str, code: int, text: str) -> None:
    """The line is shown, and goes after a yes alone."""
    admin = Admin(tmp_path)
    with session("remove", "b.example", "--config", admin.config) as terminal:
        terminal.sees("- http    fr      https://b.example/", "Remove what is shown?")
        terminal.types(answer)
        ended = terminal.ends()

    assert (ended, admin.list.read_text()) == (code, text)
