"""What tests of verbs share."""

from pathlib import Path

import pytest

from tests.cli.editing import Admin


@pytest.fixture
def admin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Admin:
    """Give an admin with a list."""

    def read() -> tuple[str, str]:
        printed = capsys.readouterr()
        return printed.out, printed.err

    return Admin(tmp_path, read)
