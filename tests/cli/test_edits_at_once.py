"""Edits that come at the same time, each by a process of its own."""

import subprocess
import sys
from pathlib import Path

from mirrorsel.lists.install import Held
from tests.cli.editing import Admin

PROGRAM = (sys.executable, "-c", "from mirrorsel.cli.main import main; main()")
HOSTS = [f"m{number}.example" for number in range(8)]


def start(config: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a verb."""
    verb, *more = arguments
    return subprocess.Popen(
        [*PROGRAM, verb, "--config", str(config), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_no_edit_is_lost(admin: Admin) -> None:
    """Of edits at once, each waits for the others, and none undoes another."""
    admin.list.write_text("".join(f"http de https://{one}/\n" for one in HOSTS))
    running = [
        start(admin.config, "disable", one, "--reason", f"by {one}") for one in HOSTS
    ]
    ended = [(one.communicate(), one.returncode)[1] for one in running]

    assert ended == [0] * len(HOSTS)
    assert admin.text == "".join(
        f'http de https://{one}/ disabled="by {one}"\n' for one in HOSTS
    )


def test_somebody_edits(admin: Admin) -> None:
    """While somebody has the list in an editor, an edit ends with 2, unmade."""
    before = admin.text
    with Held(admin.list):
        running = start(admin.config, "enable", "c.example")
        error = running.communicate()[1]

    assert (running.returncode, admin.text) == (2, before)
    assert b"is being edited by" in error


def test_dry_run_needs_no_lock(admin: Admin) -> None:
    """What an edit would change can be seen while somebody edits."""
    with Held(admin.list):
        done = admin.run("enable", "c.example", "--dry-run")

    assert (done.code, "-http  us " in done.out) == (0, True)
