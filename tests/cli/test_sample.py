"""The advice to those who use the sample settings."""

from pathlib import Path

import pytest

from mirrorsel.cli.sample import advise_own_files


@pytest.mark.parametrize(
    ("place", "advised"),
    [
        pytest.param("site-packages/mirrorsel/share", True, id="in the package"),
        pytest.param("etc/mirrorsel", False, id="elsewhere"),
    ],
)
def test_who_is_advised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str, *, advised: bool
) -> None:
    """Only who uses the file of the package is told what to copy, in one line."""
    folder = tmp_path / place
    package = tmp_path / "site-packages" / "mirrorsel"
    advise_own_files(folder / "mirrorsel.toml", package)
    told = capsys.readouterr().err.splitlines()
    advice = f"copy mirrors.list and mirrorsel.toml from {folder} to a folder of yours"

    assert [advised] * len(told) == [advice in line for line in told]
    assert len(told) == advised
