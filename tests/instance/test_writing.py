"""What is there is never changed."""

from pathlib import Path

import pytest

from mirrorsel.errors import InstanceError
from mirrorsel.instance.writing import Outcome, write_new


def test_a_new_file_is_for_all_to_read(tmp_path: Path) -> None:
    """It is written whole, with the folders above it, whatever the umask."""
    file = tmp_path / "a" / "b" / "file"
    written = write_new(file, "text\n")

    assert (Outcome.MADE, "") == (written.outcome, written.difference)
    assert "text\n" == file.read_text()
    assert [0o644, 0o755] == [one.stat().st_mode & 0o777 for one in (file, file.parent)]
    assert [file] == list(file.parent.iterdir())


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Another content is kept, and the difference is told."""
    file = tmp_path / "file"
    file.write_text("mine\n")
    file.chmod(0o600)
    written = write_new(file, "yours\n")

    assert ("mine\n", 0o600) == (file.read_text(), file.stat().st_mode & 0o777)
    assert written.outcome is Outcome.KEPT
    assert written.difference.splitlines()[-2:] == ["-mine", "+yours"]


def test_the_same_is_no_difference(tmp_path: Path) -> None:
    """A second run finds its own files."""
    write_new(tmp_path / "file", "text\n")

    assert Outcome.SAME is write_new(tmp_path / "file", "text\n").outcome


@pytest.mark.parametrize("kind", ["a folder", "a dead link", "a file in the way"])
def test_what_is_no_file_is_told(tmp_path: Path, kind: str) -> None:
    """Nothing is written through a link, nor in the place of something else."""
    file = tmp_path / "file"
    match kind:
        case "a folder":
            file.mkdir()
        case "a dead link":
            file.symlink_to(tmp_path / "elsewhere")
        case _:
            file.touch()
            file = file / "below"

    with pytest.raises(InstanceError, match=str(tmp_path / "file")):
        write_new(file, "text\n")

    assert not (tmp_path / "elsewhere").exists()
