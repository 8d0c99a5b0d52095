"""An admin who runs verbs on a list."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mirrorsel.cli.main import main
from mirrorsel.model import Health, Outcome, Snapshot, State
from mirrorsel.state import write_snapshot

NOW = datetime.now(UTC)
LIST = """\
# Europe
http  de      https://a.example/apache/     -  lat=50.1 lon=8.7 weight=200   # fast
http  uk      https://b.example/            b@b.example
http  us      http://c.example/             -  disabled="disk full"

# Last
http  Backup  https://d.example/
http  Backup  https://b.example/
"""
UP = Health(state=State.UP, since=NOW, stamp=NOW, checked=NOW, outcome=Outcome.OK)


@dataclass(frozen=True)
class Done:
    """What came of a verb."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed for programs."""
        return json.loads(self.out)


class Admin:
    """A folder with list and settings, and the verbs.

    Args:
        folder: Where they lie.
        read: Returns what was printed since it was asked last.

    """

    def __init__(self, folder: Path, read: Callable[[], tuple[str, str]]) -> None:
        self.list = folder / "mirrors.list"
        self.list.write_bytes(LIST.encode())
        self.kept = folder / "mirrors.list~"
        self.config = folder / "mirrorsel.toml"
        self.config.write_text("[checker]\nprivate_addresses = true\n")
        self.folder = folder
        self._read = read

    @property
    def text(self) -> str:
        """What the list says."""
        return self.list.read_bytes().decode()

    def line(self, number: int) -> str:
        """Return a line of the list."""
        return self.text.split("\n")[number - 1]

    def run(self, verb: str, *arguments: object) -> Done:
        """Run a verb."""
        written = [verb, "--config", str(self.config), *map(str, arguments)]
        self._read()
        with pytest.raises(SystemExit) as ended:
            main(written)
        out, err = self._read()
        return Done(int(ended.value.code or 0), out, err)

    def sees(self, **health: Health) -> None:
        """Have the checker believe something of mirrors, by the first of their host."""
        urls = {one.split(".")[0][-1]: one for one in _urls(self.text)}
        (self.folder / "state").mkdir(exist_ok=True)
        write_snapshot(
            self.folder / "state" / "snapshot",
            Snapshot(taken=NOW, health={urls[key]: one for key, one in health.items()}),
        )


def _urls(text: str) -> list[str]:
    return [one for one in text.split() if "://" in one]
