"""What is complained of."""

import pytest

from mirrorsel.cli.complaint import complain


def test_each_line_names_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    """Several problems are as many lines, and none can command the terminal."""
    complain("a.list:1:2: first\na.list:3:4: \x1b[2Jsecond")

    assert capsys.readouterr().err == (
        "mirrorsel: a.list:1:2: first\nmirrorsel: a.list:3:4:  [2Jsecond\n"
    )
