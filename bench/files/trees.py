"""Trees of files on disk."""

import hashlib
import random
from pathlib import Path

from bench.files.paths import path, paths, size


def plant(tree: Path, count: int) -> None:
    """Write small files, of which some are the published hashes of others."""
    chance = random.Random(1)
    content = b""
    for number, one in enumerate(paths(count)):
        target = tree / one
        target.parent.mkdir(parents=True, exist_ok=True)
        algorithm = target.suffix.removeprefix(".")
        if algorithm in {"sha256", "sha512"}:
            digest = hashlib.new(algorithm, content).hexdigest()
            target.write_text(f"{digest}  {target.stem}\n")
            continue
        written = chance.randbytes(size(number))
        if target.suffix == ".gz":
            content = written
        target.write_bytes(written)


def plant_hollow(tree: Path, count: int) -> None:
    """Make files of the right sizes that hold nothing: for what only lists them."""
    folder = tree
    for number in range(count):
        target = tree / path(number)
        if target.parent != folder:
            folder = target.parent
            folder.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.truncate(size(number))
