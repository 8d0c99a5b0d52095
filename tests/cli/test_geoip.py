"""`mirrorsel geoip`: the verbs below it."""

import pytest
from click.testing import CliRunner

from mirrorsel.cli.geoip import command


def test_help() -> None:
    """Each verb stands there with its whole first sentence, and leads to its own."""
    shown = " ".join(CliRunner().invoke(command, ["--help"]).stdout.split())

    for name in ("update", "show", "lookup"):
        own = CliRunner().invoke(command, [name, "--help"])
        first = own.stdout.split("\n\n")[1].partition(". ")[0]
        assert f"{name} {' '.join(first.split()).rstrip('.')}." in shown
        assert "Examples:" in own.stdout


@pytest.mark.parametrize("word", ["updat", "x"])
def test_unknown_verb(word: str) -> None:
    """There is no other verb."""
    assert 2 == CliRunner().invoke(command, [word]).exit_code
