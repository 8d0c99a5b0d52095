"""What tests of verbs share."""

from pathlib import Path

import pytest

from tests.cli.editing import Admin


@pytest.fixture
def admin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    """Give an admin with a list."""
    return Admin(tmp_path, lambda: tuple(capsys.readouterr()))
