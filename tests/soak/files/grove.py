"""A published tree that changes all the time."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.soak.files.record import Record

PROJECTS = 5
_FEWEST, _MOST = 60, 120


class Grove:
    """The tree on the disk, and what was in it at each moment.

    No two contents have the same size, so that a size tells which one it is.

    Args:
        folder: Where it grows.
        chance: Decides what changes.

    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.record = Record()
        self.changes = 0
        self._folder = folder
        self._chance = chance
        self._size = 500
        self._files: dict[str, bytes] = {}
        self._lock = threading.Lock()
        folder.mkdir()
        for _ in range(_FEWEST + 20):
            self._add()
        self.record.put(time.time(), self.sizes)

    @property
    def files(self) -> dict[str, bytes]:
        """All that is published now."""
        with self._lock:
            return dict(self._files)

    @property
    def sizes(self) -> dict[str, int]:
        """The same, by sizes."""
        return {path: len(content) for path, content in self.files.items()}

    def change(self) -> None:
        """Change something by chance."""
        ways = [self._replace, self._rename, self._rename_folder]
        ways += [self._add] * (len(self._files) < _MOST)
        ways += [self._remove] * (len(self._files) > _FEWEST)
        self._do(self._chance.choice(ways))

    def _do(self, way: Callable[[], None]) -> None:
        # From before it is done on, either state may be met.
        before = time.time()
        with self._lock:
            way()
            now = {path: len(content) for path, content in self._files.items()}
            self.record.put(before, now)
            self.changes += 1

    def _add(self) -> None:
        project, number = self._chance.randrange(PROJECTS), self._size
        release = self._chance.randrange(4)
        self._write(f"project{project}/{release}/file-{number}.tar.gz")

    def _replace(self) -> None:
        self._write(self._any())

    def _remove(self) -> None:
        path = self._any()
        (self._folder / path).unlink()
        del self._files[path]

    def _rename(self) -> None:
        path = self._any()
        self._move(path, f"{path.removesuffix('.tar.gz')}-r.tar.gz")

    def _rename_folder(self) -> None:
        folder = self._any().rpartition("/")[0]
        target = f"{folder.partition('/')[0]}/r{self._size}"
        self._size += 1
        (self._folder / folder).rename(self._folder / target)
        for path in [one for one in self._files if one.startswith(f"{folder}/")]:
            name = path.rpartition("/")[2]
            self._files[f"{target}/{name}"] = self._files.pop(path)

    def _move(self, path: str, target: str) -> None:
        (self._folder / path).rename(self._folder / target)
        self._files[target] = self._files.pop(path)

    def _write(self, path: str) -> None:
        self._size += 1
        content = self._chance.randbytes(self._size)
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # As those who publish do: hidden until it is whole.
        hidden = target.with_name(f".{target.name}")
        hidden.write_bytes(content)
        hidden.rename(target)
        self._files[path] = content

    def _any(self) -> str:
        return self._chance.choice(sorted(self._files))
