"""A real rsync daemon on a loopback address."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.loopback import common_port
from tests.waiting import listens, wait_for


@contextlib.contextmanager
def daemon(
    folder: Path, work: Path, host: str = "127.0.0.1", *, account: str = "root"
) -> Iterator[str]:
    """Publish a folder as the module `mod`, and give the URL of the daemon.

    Args:
        folder: What is published.
        work: Where the daemon's own files lie.
        host: The loopback address.
        account: As whom it reads, where root runs the tests.

    """
    port = common_port(host)
    settings = work / f"rsyncd-{port}.conf"
    settings.write_text(
        f"{_account(account)}use chroot = no\n"
        f"port = {port}\naddress = {host}\n"
        f"pid file = {work}/{port}.pid\nlog file = {work}/{port}.log\n"
        f"[mod]\npath = {folder}\n"
        f"[locked]\npath = {folder}\nauth users = joe\nsecrets file = {work}/none\n"
        f"[odd]\npath = {folder}\nrefuse options = timeout\n"
    )
    command = ["rsync", "--daemon", "--no-detach", f"--config={settings}"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            wait_for(partial(listens, host, port), 20)
            name = f"[{host}]" if ":" in host else host
            yield f"rsync://{name}:{port}/"
        finally:
            process.terminate()


def _account(name: str) -> str:
    """Return what lets the daemon read the test's files where root runs the tests."""
    return f"uid = {name}\ngid = 0\n" if os.getuid() == 0 else ""
