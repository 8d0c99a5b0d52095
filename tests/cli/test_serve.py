"""The verb `serve`, from its first line to Ctrl-C."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.serve import command
from mirrorsel.errors import HttpdError
from mirrorsel.httpd.home import home_of
from mirrorsel.httpd.port import claim_port
from tests.waiting import eventually, wait_for

pytestmark = pytest.mark.httpd

SETTINGS = '[list]\norigin = "http://127.0.0.1:1/"\n[checker]\nenabled = false\n'
RUN = "from mirrorsel.cli.serve import command; command()"


@pytest.fixture
def settings_file(tmp_path: Path) -> Iterator[Path]:
    """Return settings with a list, in a folder that httpd cannot read."""
    file = tmp_path / "mirrorsel.toml"
    file.write_text(SETTINGS)
    _list(file, "old")
    yield file
    shutil.rmtree(home_of(file), ignore_errors=True)


@pytest.fixture
def port() -> int:
    """Return a free port."""
    return claim_port("127.0.0.1", 0)


def _list(settings_file: Path, name: str) -> None:
    text = f"http de http://{name}.example/\n"
    (settings_file.parent / "mirrors.list").write_text(text)


def _preferred(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/dyn/closer.cgi?preferred=true")
        return connection.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _run(act: Callable[[], None], *arguments: str, port: int) -> Result:
    """Run the verb, and act when it answers unless it has ended by then."""
    ended = threading.Event()

    def wait() -> None:
        eventually(lambda: ended.is_set() or bool(_preferred(port)))
        if not ended.is_set():
            act()

    actor = threading.Thread(target=wait)
    actor.start()
    result = CliRunner().invoke(command, [*arguments, "--port", str(port)])
    ended.set()
    actor.join()
    return result


def _signal(number: int) -> Callable[[], None]:
    return lambda: os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_of_it(
    settings_file: Path, port: int, number: signal.Signals
) -> None:
    """It ends with 0, nothing listens any more, and the handler is as before."""
    before = signal.getsignal(number)
    arguments = ("--config", str(settings_file))
    result = _run(_signal(number), *arguments, port=port)

    assert (result.exit_code, result.exception) == (0, None)
    assert _preferred(port) == ""
    assert before == signal.getsignal(number)


def test_it_says_what_to_try(settings_file: Path, port: int) -> None:
    """Each address comes with its curl line, then the files to edit and the logs."""
    logs = settings_file.parent / "logs"
    arguments = ("--config", str(settings_file), "--log", str(logs))
    result = _run(_signal(signal.SIGINT), *arguments, port=port)
    url = f"http://127.0.0.1:{port}"

    for line in (
        f"curl -sI '{url}/get/httpd/httpd-2.4.66.tar.gz'",
        f"curl -s '{url}/get/httpd/httpd-2.4.66.tar.gz?json'",
        f"curl -s '{url}/dyn/closer.lua?as_json=1'",
        f"curl -s '{url}/dyn/closer.cgi?preferred=true'",
        f"/mirrorsel status --config {settings_file}",
        f"To edit, the mirrors:  {settings_file.parent}/mirrors.list",
        f"To edit, the settings: {settings_file}",
        f"Log of requests:       {logs}/access.log",
        f"Log of errors:         {logs}/error.log",
    ):
        assert line in result.output


def test_a_taken_port_is_told(settings_file: Path) -> None:
    """It does not start beside another server."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = ["--config", str(settings_file), "--port", str(port)]
        result = CliRunner().invoke(command, arguments)

    assert isinstance(result.exception, HttpdError)
    assert f"port {port} of 127.0.0.1 is taken" in str(result.exception)


def test_logs_need_a_place(settings_file: Path) -> None:
    """A folder of logs is made, but not the folders above it."""
    logs = settings_file.parent / "missing" / "logs"
    arguments = ["--config", str(settings_file), "--log", str(logs)]
    result = CliRunner().invoke(command, arguments)

    assert result.exit_code == 2
    assert "missing is no folder" in " ".join(result.stderr.split())


def test_edits_count_while_it_runs(settings_file: Path, port: int) -> None:
    """A good edit counts; a broken one is told, and takes no mirror away."""
    errors = settings_file.with_name("errors")
    listed = settings_file.with_name("mirrors.list")
    arguments = ["--config", str(settings_file), "--port", str(port)]
    with (
        errors.open("wb") as sink,
        subprocess.Popen(
            [sys.executable, "-c", RUN, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=sink,
        ) as process,
    ):
        try:
            wait_for(lambda: _preferred(port) == "http://old.example/")
            _list(settings_file, "new")
            wait_for(lambda: _preferred(port) == "http://new.example/")
            _list(settings_file, "not a host")
            wait_for(lambda: f"{listed}:1:" in errors.read_text())
            listed.unlink()
            gone = f"mirrorsel: {listed}: cannot be copied"
            wait_for(lambda: gone in errors.read_text())
            last = _preferred(port)
        finally:
            process.send_signal(signal.SIGINT)

    # Some process may not have read the good edit before the broken one came.
    assert last in {"http://old.example/", "http://new.example/"}
    assert process.returncode == 0
    assert "the last good one stays in force" in errors.read_text()
    assert str(home_of(settings_file)) not in errors.read_text()


def test_an_httpd_that_ends_is_told(settings_file: Path, port: int) -> None:
    """When httpd is ended from outside, serve does not go on without it."""
    before = _children()

    def end() -> None:
        for pid in _children() - before:
            os.kill(pid, signal.SIGTERM)

    result = _run(end, "--config", str(settings_file), port=port)

    assert isinstance(result.exception, HttpdError)
    assert "httpd has ended; see " in str(result.exception)


def _children() -> set[int]:
    """Return the processes that this one has started."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}
