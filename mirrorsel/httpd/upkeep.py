"""A home kept as the operator's settings say, while httpd serves from it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from mirrorsel.config import Settings, after_restart, read_settings
from mirrorsel.httpd.follow import Follower, Pair
from mirrorsel.httpd.named import missing
from mirrorsel.state import Watched

_KEPT = "the last good one stays in force"


class Upkeep:
    """Follows the operator's files, and the settings in what they name.

    Args:
        settings_file: The operator's own file.
        copy: Where the home has it.
        follower: Copies the files that were named first.
        copied: Returns what is to be copied for settings that have been checked.

    """

    def __init__(
        self,
        settings_file: Path,
        copy: Path,
        follower: Follower,
        copied: Callable[[Settings], tuple[Pair, ...]],
    ) -> None:
        self._settings_file = settings_file
        self._follower = follower
        self._copied = copied
        self._copy: Watched[Settings] = Watched(copy, read_settings, settle=0)
        self._first = self._copy.value
        self._told: tuple[str, ...] = ()

    def poll(self) -> tuple[str, ...]:
        """Do what has become necessary since the last call.

        Returns:
            What the operator should know, one line each, and once.

        """
        told = [f"{problem}; {_KEPT}" for problem in self._follower.poll()]
        if self._copy.poll() and self._copy.error is None and self._copy.value:
            told += self._adopt(self._copy.value)
        return tuple(told)

    def _adopt(self, settings: Settings) -> Iterator[str]:
        waiting = after_restart(self._first or settings, settings)
        if waiting and waiting != self._told:
            names = " and ".join(f"`{name}`" for name in waiting)
            yield f"{self._settings_file}: the change of {names} needs a restart"
        self._told = waiting
        self._follower.add(self._copied(settings))
        yield from missing(self._settings_file, settings)
        yield from self._follower.poll()
