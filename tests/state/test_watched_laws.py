"""The law of a watched file: its value is the newest good version that stood still."""

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from mirrorsel.errors import InputError, Problem
from mirrorsel.state import Watched

SETTLE = 1.0
_COARSE = 5
"""CLOCK_REALTIME_COARSE of Linux, by which files are dated."""
_BAD = "bad"
_PAUSES = st.floats(0.05, 0.95)
_WAITS = st.sampled_from([0.0, 0.4, 1.0, 1.5])
"""How long it then stands still: too short to count, just long enough, or longer."""


def load(path: Path) -> str:
    """Read a version; a half of one cannot be told from a whole one."""
    try:
        text = path.read_text()
    except OSError as error:
        raise InputError(path, Problem(message="cannot be read")) from error
    if text.startswith(_BAD):
        raise InputError(path, Problem(message="is wrong", line=1))
    return text


def tick() -> None:
    """Return when the clock that files are dated by has gone on."""
    start = time.clock_gettime_ns(_COARSE)
    while time.clock_gettime_ns(_COARSE) == start:
        time.sleep(0.0005)


class WatchedFile(RuleBasedStateMachine):
    """A file in a folder behind a link, which all kinds of things befall."""

    @initialize()
    def begin(self) -> None:
        """Begin with a good version."""
        self.folder = TemporaryDirectory()
        self.base = Path(self.folder.name)
        self.number = 0
        self.now = 100.0
        # What stands there, since which look, and what was last taken up.
        self.change = self.seen = self.taken = 0
        self.since = self.now
        release = self.base / "release-0"
        release.mkdir()
        (self.base / "current").symlink_to(release.name)
        self.path = self.base / "current" / "file"
        self.path.write_text(self.next_version())
        self.expected = self.content()
        self.watched = Watched(self.path, load, settle=SETTLE, clock=lambda: self.now)

    def teardown(self) -> None:
        """Remove the files."""
        self.folder.cleanup()

    def next_version(self) -> str:
        """Return the text of another version, as long as all others."""
        self.number += 1
        return f"version {self.number:06} first half|second half"

    def content(self) -> str | None:
        """Return what can be read, if it is good."""
        try:
            text = self.path.read_text()
        except OSError:
            return None
        return None if text.startswith(_BAD) else text

    def changed(self, wait: float = 0.0) -> None:
        """Note that something has befallen the file, and let it stand."""
        tick()
        self.change += 1
        if wait:
            self.poll()
            self.now += wait
            self.poll()

    def poll(self) -> None:
        """Look at the file, and reckon what must then be in force."""
        if self.change != self.seen:
            self.seen, self.since = self.change, self.now
        if self.seen != self.taken and self.now - self.since >= SETTLE:
            self.taken, self.since = self.seen, self.now
            self.expected = self.content() or self.expected
        self.watched.poll()

    @rule(pause=_PAUSES)
    def look(self, pause: float) -> None:
        """Look again soon."""
        self.now += pause
        self.poll()

    @rule(wait=_WAITS)
    def rename_over(self, wait: float) -> None:
        """Replace it whole."""
        other = self.path.with_name("other")
        other.write_text(self.next_version())
        other.replace(self.path)
        self.changed(wait)

    @rule(pauses=st.lists(_PAUSES, min_size=1, max_size=3))
    def write_in_halves(self, pauses: list[float]) -> None:
        """Write it in place, with looks while half of it is there."""
        text = self.next_version()
        half = text.index("|")
        with self.path.open("w") as file:
            file.write(text[:half])
            file.flush()
            self.changed()
            for pause in pauses[:1]:
                self.now += pause
                self.poll()
            file.write(text[half:])
        self.changed()
        for pause in pauses[1:]:
            self.now += pause
            self.poll()

    @rule(wait=_WAITS)
    def write_bad(self, wait: float) -> None:
        """Write what cannot be used."""
        self.path.write_text(f"{_BAD} {self.next_version()}")
        self.changed(wait)

    @rule(wait=_WAITS)
    def truncate(self, wait: float) -> None:
        """Take all of its content, and leave what cannot be used."""
        self.path.write_text(_BAD)
        self.changed(wait)

    @precondition(lambda self: self.path.exists())
    @rule(wait=_WAITS)
    def delete(self, wait: float) -> None:
        """Take it away."""
        self.path.replace(self.base / "kept")
        self.changed(wait)

    @precondition(lambda self: (self.base / "kept").exists())
    @rule(wait=_WAITS)
    def restore(self, wait: float) -> None:
        """Put the very file back that was taken away."""
        (self.base / "kept").replace(self.path)
        self.changed(wait)

    @precondition(lambda self: self.path.exists())
    @rule(wait=_WAITS)
    def rewrite_with_the_same_date(self, wait: float) -> None:
        """Write as much as before, and date it back."""
        about = self.path.stat()
        self.path.write_text(self.next_version())
        os.utime(self.path, ns=(about.st_atime_ns, about.st_mtime_ns))
        self.changed(wait)

    @precondition(lambda self: self.path.exists())
    @rule(wait=_WAITS)
    def touch(self, wait: float) -> None:
        """Change nothing but the date."""
        self.path.touch()
        self.changed(wait)

    @rule(wait=_WAITS)
    def switch_the_link(self, wait: float) -> None:
        """Let the file be a link to another version, at once."""
        number = self.number
        version = self.base / f"version-{number}"
        version.write_text(self.next_version())
        other = self.path.with_name("link")
        other.symlink_to(version)
        other.replace(self.path)
        self.changed(wait)

    @rule(wait=_WAITS)
    def switch_the_folder(self, wait: float) -> None:
        """Let the folder be another release, at once."""
        release = self.base / f"release-{self.number}-{self.change}"
        release.mkdir()
        (release / "file").write_text(self.next_version())
        other = self.base / "other-current"
        other.symlink_to(release.name)
        other.replace(self.base / "current")
        self.changed(wait)

    @rule()
    def put_a_folder_there(self) -> None:
        """Let it be no file at all."""
        release = self.base / f"empty-{self.number}-{self.change}"
        (release / "file").mkdir(parents=True)
        other = self.base / "other-current"
        other.symlink_to(release.name)
        other.replace(self.base / "current")
        self.changed(1.5)
        # What befalls a file needs one.
        self.switch_the_folder(0.0)

    @invariant()
    def the_newest_good_version_is_in_force(self) -> None:
        """It is what was reckoned, and never half a version."""
        assert self.watched.value == self.expected
        assert self.expected is not None
        assert self.expected.endswith("|second half")

    @invariant()
    def an_error_is_of_the_version_that_stands(self) -> None:
        """There is one exactly while the last version taken up was not good."""
        if self.taken == self.change:
            assert (self.watched.error is None) is (self.content() is not None)


WatchedFile.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestWatchedFile = WatchedFile.TestCase
