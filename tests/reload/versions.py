"""Files of which every part says which version it is of."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mirrorsel.model import Health, Snapshot, State

_COUNTRIES = ("de", "fr", "us", "jp", "br", "za", "au", "uk", "in", "ca")
_BASE = re.compile(r"https://m\d+\.example/v(\d+)-(\d+)/")
_ORIGIN = re.compile(r"https://origin\.example/s(\d+)/")
_DAWN = datetime(2026, 1, 1, tzinfo=UTC)
_FILLING = "# The rest is in the second half.\n" * 8
DEFAULT_LINKS = 5


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of a list: its number, and how many mirrors it has."""

    number: int
    mirrors: int

    def base(self, mirror: int) -> str:
        """Return the URL of one of its mirrors."""
        return f"https://m{mirror}.example/v{self.number}-{self.mirrors}/"

    @property
    def text(self) -> str:
        """The list."""
        return "".join(
            f"http {_COUNTRIES[one % len(_COUNTRIES)]} {self.base(one)} -\n"
            for one in range(self.mirrors)
        )


def versions_in(text: str) -> list[Version]:
    """Return of which versions the mirrors are that a text names, in its order."""
    return [Version(int(one[1]), int(one[2])) for one in _BASE.finditer(text)]


def mirrors_in(text: str) -> int:
    """Return how many mirrors a text names, each counted once."""
    return len({one[0] for one in _BASE.finditer(text)})


def origins_in(text: str) -> set[int]:
    """Return of which versions of the settings the origins are that a text names."""
    return {int(one[1]) for one in _ORIGIN.finditer(text)}


def links_of(number: int) -> int:
    """Return how many links a version of the settings asks for: never the default."""
    return (1, 2, 3, 5, 6)[number % 5]


def settings(number: int) -> str:
    """Return a version of the settings, whose last line counts too."""
    return (
        f'[list]\norigin = "https://origin.example/s{number}/"\n'
        "[checker]\nenabled = false\n"
        f"{_FILLING}"
        f"[web]\nlinks = {links_of(number)}\n"
    )


def snapshot(number: int, listed: Version) -> Snapshot:
    """Return a version of the snapshot: the minute of its stamps is its number."""
    moment = _DAWN + timedelta(minutes=number)
    health = Health(state=State.UP, checked=moment, stamp=moment)
    return Snapshot(
        taken=moment,
        origin=Health(stamp=moment),
        health={listed.base(one): health for one in range(listed.mirrors)},
    )


def stamp(number: int) -> str:
    """Return the stamp of a version of the snapshot as JSON has it."""
    moment = _DAWN + timedelta(minutes=number)
    return moment.isoformat().replace("+00:00", "Z")
