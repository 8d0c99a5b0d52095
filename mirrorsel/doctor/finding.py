"""What a doctor finds: a sentence, how bad it is, and what to do."""

from dataclasses import dataclass
from enum import StrEnum

AS_ROOT = "run the doctor as root"
"""What to do where others than root cannot see."""


class Level(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARN = "warn"
    """It works, and should not stay so."""
    FAIL = "fail"
    """It does not work, or is not safe."""
    UNSEEN = "unseen"
    """Nobody can tell, for lack of rights or because something else is wrong."""


class Group(StrEnum):
    """What a check is about."""

    SOFTWARE = "software"
    HTTPD = "httpd"
    FILES = "files"
    ACCOUNTS = "accounts"
    STATE = "state"
    CHECKER = "checker"
    PLACES = "places"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one check came out."""

    group: Group
    code: str
    """The check as a word with hyphens, by which programs tell it."""
    level: Level
    words: str
    """What was found, as a sentence without a full stop."""
    remedy: str = ""
    """What to do; empty where there is nothing to do."""


class Told:
    """Makes the findings of one group.

    Args:
        group: What they are about.

    """

    def __init__(self, group: Group) -> None:
        self._group = group

    def ok(self, code: str, words: str) -> Finding:
        """Return that all is well."""
        return self._make(Level.OK, code, words, "")

    def warn(self, code: str, words: str, remedy: str) -> Finding:
        """Return that something should not stay so."""
        return self._make(Level.WARN, code, words, remedy)

    def fail(self, code: str, words: str, remedy: str) -> Finding:
        """Return that something is wrong."""
        return self._make(Level.FAIL, code, words, remedy)

    def unseen(self, code: str, words: str, remedy: str) -> Finding:
        """Return that nobody can tell."""
        return self._make(Level.UNSEEN, code, words, remedy)

    def _make(self, level: Level, code: str, words: str, remedy: str) -> Finding:
        return Finding(
            group=self._group, code=code, level=level, words=words, remedy=remedy
        )
