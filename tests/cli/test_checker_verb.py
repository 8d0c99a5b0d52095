"""`mirrorsel checker`."""

import signal
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.checker import command
from mirrorsel.errors import SettingsError


def test_checker_logs_and_ends(tmp_path: Path) -> None:
    """It logs to stderr, and SIGTERM and SIGINT end it with exit code 0."""
    handlers = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    config = tmp_path / "mirrorsel.toml"
    config.write_text("[checker]\nenabled = false\n")
    main = threading.main_thread().ident
    assert main is not None
    timer = threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGTERM))
    timer.start()
    try:
        result = CliRunner().invoke(command, ["--config", str(config)])
    finally:
        timer.join()
        for number, handler in handlers.items():
            signal.signal(number, handler)

    assert result.exit_code == 0


def test_settings_are_needed_at_the_start(tmp_path: Path) -> None:
    """Without settings it ends at once, with the error that leaves with 2."""
    result = CliRunner().invoke(command, ["--config", str(tmp_path / "missing")])

    assert isinstance(result.exception, SettingsError)


def test_help_says_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    """The help tells who needs this verb."""
    with pytest.raises(SystemExit):
        command.main(["--help"])

    assert "systemd" in capsys.readouterr().out
