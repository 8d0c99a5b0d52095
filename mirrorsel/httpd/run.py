"""A private httpd: a real one, of its own configuration, in the foreground."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.conf import (
    ACCESS_LOG,
    ERROR_LOG,
    Layout,
    Options,
    environment,
    render,
)
from mirrorsel.httpd.inside import LOGS
from mirrorsel.httpd.locate import Httpd, locate
from mirrorsel.httpd.logs import prepare_logs
from mirrorsel.httpd.port import claim_port

_START_SECONDS = 20.0
_ANSWER_SECONDS = 5.0
_PAUSE = 0.02
_LINES = 8


class PrivateHttpd:
    """An httpd that serves from one home while its context is entered.

    Entering starts it and waits until it answers; leaving ends it with all of
    its processes. All that httpd can do wrong is an HttpdError.

    Args:
        options: how it is to run.
        find: where the program is taken from.
        clock: seconds that only go forward.
        sleep: waits that many seconds.
        patience: the seconds that it has for ending before it is killed.

    """

    options: Options
    """As given, with the port that is used."""
    layout: Layout
    """Where its files lie; the runtime folder lasts as long as the context."""

    def __init__(
        self,
        options: Options,
        *,
        find: Callable[[], Httpd] = locate,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = 10.0,
    ) -> None:
        self._httpd = find()
        self._clock = clock
        self._sleep = sleep
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._clean = contextlib.ExitStack()
        port = claim_port(options.host, options.port)
        self.options = replace(options, port=port)

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        host = self.options.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.options.port}"

    @property
    def pid(self) -> int | None:
        """The process id of its parent process; None unless it runs."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Self:
        try:
            self.layout = self._lay_out()
            self._check()
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def _check(self) -> None:
        done = subprocess.run(  # noqa: S603 - the httpd that was found, our own file
            [*self._command(), "-t"],
            env=environment(self._httpd),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise HttpdError(f"httpd refuses its configuration: {done.stderr.strip()}")

    def _lay_out(self) -> Layout:
        runtime = Path(tempfile.mkdtemp(prefix="mirrorsel-"))
        self._clean.callback(shutil.rmtree, runtime, ignore_errors=True)
        # The sockets in it must be reachable for httpd's account.
        runtime.chmod(0o711)
        logs = self.options.logs or self.options.home / LOGS
        prepare_logs(logs, ERROR_LOG, ACCESS_LOG)
        layout = Layout(runtime=runtime, logs=logs)
        layout.documents.mkdir(mode=0o755)
        layout.configuration.touch(mode=0o600)
        layout.configuration.write_text(render(self.options, self._httpd, layout))
        return layout

    def _command(self) -> list[str]:
        return [str(self._httpd.program), "-f", str(self.layout.configuration)]

    def _start(self) -> None:
        # A session of its own: Ctrl-C is for us alone, and what may be left of
        # it at the end can be told by its process group.
        self._process = subprocess.Popen(  # noqa: S603 - as in `_check`
            [*self._command(), "-DFOREGROUND"],
            env=environment(self._httpd),
            cwd="/",
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        limit = self._clock() + _START_SECONDS
        while not self._answers():
            if not self.running:
                raise HttpdError(f"httpd did not start: {self._last_words()}")
            if self._clock() > limit:
                raise HttpdError(f"httpd does not answer: {self._last_words()}")
            self._sleep(_PAUSE)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(
            self.options.host, self.options.port, timeout=_ANSWER_SECONDS
        )
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def _last_words(self) -> str:
        try:
            lines = self.layout.error_log.read_text(errors="replace").splitlines()
        except OSError:
            lines = []
        return "\n".join(lines[-_LINES:]) or "it left no message"

    def _stop(self) -> None:
        process, self._process = self._process, None
        with self._clean:
            if process is None:
                return
            process.terminate()
            try:
                process.wait(self._patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(self._patience)
            # Ends a daemon process that has outlived its parent.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
