"""What mirrors answer does not reach the log by way of a library."""

import logging
from collections.abc import Iterator

import pytest

from mirrorsel.cli.checker import command
from mirrorsel.errors import SettingsError
from mirrorsel.httpd.process import log_to_server
from mirrorsel.net import Limits, fetch
from tests.loopback import Loopback, sending

LIMITS = Limits(timeout=5, deadline=5, size=1000, private_addresses=True)
DEFECTIVE = (
    b"HTTP/1.1 200 OK\r\nX-A: 1\r\n: \x1b[31mhostile\r\nContent-Length: 2\r\n"
    b"Connection: close\r\n\r\nok"
)


@pytest.fixture(autouse=True)
def library() -> Iterator[logging.Logger]:
    """Give the library's logger, and leave it as it was."""
    logger = logging.getLogger("urllib3")
    before = logger.level
    logger.setLevel(logging.NOTSET)
    yield logger
    logger.setLevel(before)


def fetched(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what a fetch of a defective answer logs."""
    caplog.set_level(logging.INFO)
    with Loopback(sending(DEFECTIVE)) as server:
        fetch(server.url, LIMITS)
    return [one.name for one in caplog.records]


def test_the_library_would_speak(caplog: pytest.LogCaptureFixture) -> None:
    """Without our doing, the odd header is logged."""
    assert any(name.startswith("urllib3") for name in fetched(caplog))


def test_not_in_httpd(caplog: pytest.LogCaptureFixture) -> None:
    """In a process of httpd it is silent."""
    log_to_server(logger=logging.getLogger("mirrorsel.quiet"))

    assert fetched(caplog) == []


def test_not_in_the_checker(
    caplog: pytest.LogCaptureFixture, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In the checker that systemd starts it is silent too."""
    folder = tmp_path_factory.mktemp("none")
    with pytest.raises(SettingsError):
        command.main(
            ["--config", str(folder / "mirrorsel.toml")], standalone_mode=False
        )

    assert fetched(caplog) == []
