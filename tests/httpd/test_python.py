"""Paths of the Python environment that lead past links."""

from pathlib import Path

import pytest

from mirrorsel.httpd.python import interpreter, prefix


@pytest.fixture
def link(tmp_path: Path) -> Path:
    """Return a link to an environment whose interpreter is a link too."""
    (tmp_path / "real" / "bin").mkdir(parents=True)
    (tmp_path / "real" / "bin" / "python").symlink_to("/usr/bin/true")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    return link


def test_a_link_to_the_environment_is_followed(link: Path) -> None:
    """Other accounts get the environment's own path."""
    assert link.with_name("real") == prefix(str(link))


def test_the_interpreter_stays_the_environments(link: Path) -> None:
    """What the interpreter itself links to is another Python's."""
    found = interpreter(f"{link}/bin/python", str(link))

    assert link.with_name("real") / "bin" / "python" == found


def test_an_interpreter_elsewhere_is_kept(link: Path) -> None:
    """One that does not lie in the environment is taken as it is."""
    assert Path("/usr/bin/python3") == interpreter("/usr/bin/python3", str(link))
