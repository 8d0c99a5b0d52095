"""Logs that nobody else can redirect."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.logs import prepare_logs


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_logs_are_closed_to_others(tmp_path: Path) -> None:
    """They hold the addresses of clients."""
    folder = tmp_path / "log"
    prepare_logs(folder, "error.log", "access.log")

    assert _mode(folder) == 0o750
    assert {_mode(one) for one in folder.iterdir()} == {0o640}


def test_logs_go_on(tmp_path: Path) -> None:
    """What an earlier run wrote stays, and is closed to others from now on."""
    folder = tmp_path / "log"
    folder.mkdir()
    log = folder / "error.log"
    log.write_text("before\n")
    log.chmod(0o644)
    prepare_logs(folder, log.name)

    assert (log.read_text(), _mode(log)) == ("before\n", 0o640)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        pytest.param(
            lambda log: log.symlink_to(log.with_name("other")), "is a link", id="link"
        ),
        pytest.param(
            lambda log: log.hardlink_to(log.parents[1] / "file"),
            "an ordinary file of its own",
            id="second name of a file",
        ),
        pytest.param(os.mkfifo, "cannot be opened", id="named pipe"),
    ],
)
def test_a_log_is_an_ordinary_file(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    """httpd, which may be root, must not write to what somebody put there."""
    (tmp_path / "file").touch()
    log = tmp_path / "log" / "error.log"
    log.parent.mkdir()
    make(log)

    with pytest.raises(HttpdError, match=message):
        prepare_logs(log.parent, log.name)


def test_the_folder_is_no_link(tmp_path: Path) -> None:
    """A link could be switched between the look and the writing."""
    (tmp_path / "real").mkdir()
    (tmp_path / "log").symlink_to("real")

    with pytest.raises(HttpdError, match="and no link"):
        prepare_logs(tmp_path / "log", "error.log")


def test_the_folder_is_written_by_one(tmp_path: Path) -> None:
    """Who can write a folder can replace the logs in it."""
    (tmp_path / "log").mkdir()
    (tmp_path / "log").chmod(0o777)

    with pytest.raises(HttpdError, match="can be written by others"):
        prepare_logs(tmp_path / "log", "error.log")
