"""The ways in which files are replaced, well and badly."""

import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

_PAUSE = 0.5
_PARTS = 4
_HUGE = 17 * 2**20

Game = Callable[[Path, bytes], None]
"""Puts content into a file; returns when it is there."""

Spoil = Callable[[Path], None]
"""Makes a file unusable."""


def by_rename(path: Path, content: bytes) -> None:
    """Rename a new file over the old one."""
    _clear_folder(path)
    other = path.with_name(f".{path.name}.new")
    other.write_bytes(content)
    other.replace(path)


def in_place(path: Path, content: bytes, pause: float = _PAUSE) -> None:
    """Write a file anew where it stands, in parts that end with a line, slowly."""
    lines = content.splitlines(keepends=True)
    size = -(-len(lines) // _PARTS)
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(lines), size):
            if start:
                time.sleep(pause)
            file.write(b"".join(lines[start : start + size]))


def gone_for_a_while(path: Path, content: bytes) -> None:
    """Delete a file, and put another in its place after more than a second."""
    path.unlink()
    time.sleep(2.5 * _PAUSE)
    path.write_bytes(content)


def by_link(path: Path, content: bytes) -> None:
    """Switch a symbolic link to another file, at once."""
    folder = path.parent / f"{path.name}.versions"
    folder.mkdir(exist_ok=True)
    version = folder / f"{time.monotonic_ns()}"
    version.write_bytes(content)
    switch(path, version)


def by_folder(path: Path, content: bytes) -> None:
    """Switch the link to the folder that the file is in, as deployments do."""
    _deploy(path, content)


def by_deployment(path: Path, content: bytes) -> None:
    """Do so with another wsgi.py too, at which httpd starts its processes anew."""
    _deploy(path, content, renewed=("wsgi.py",))


def _deploy(path: Path, content: bytes, renewed: Sequence[str] = ()) -> None:
    current = path.parent
    release = current.parent / "releases" / f"{time.monotonic_ns()}"
    # With the times of its files, as rsync and archives have it.
    shutil.copytree(current, release, symlinks=True)
    (release / path.name).unlink()
    (release / path.name).write_bytes(content)
    for name in renewed:
        (release / name).touch()
    switch(current, release)


GAMES: Mapping[str, Game] = MappingProxyType(
    {
        "renamed over": by_rename,
        "rewritten in place with pauses": in_place,
        "deleted and put back": gone_for_a_while,
        "a link switched": by_link,
        "the link of its folder switched": by_folder,
    }
)


def closed(path: Path) -> None:
    """Let nobody read it."""
    path.chmod(0)


def of_another(path: Path) -> None:
    """Give it to another owner, who keeps it closed; only root can."""
    path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, 1, 1)
    else:
        path.chmod(0)


def folder(path: Path) -> None:
    """Put a folder in its place."""
    clear(path)
    path.mkdir()


def pipe(path: Path) -> None:
    """Put a named pipe in its place, which nobody writes."""
    clear(path)
    os.mkfifo(path)


def endless_link(path: Path) -> None:
    """Put a link in its place that leads to itself."""
    clear(path)
    path.symlink_to(path.name)


def huge(path: Path) -> None:
    """Make it larger than any list may be, of lines that are right."""
    line = "http de https://m{}.example/v0-0/ -\n"
    with path.open("w") as file:
        for number in range(_HUGE // len(line)):
            file.write(line.format(number))


def emptied(path: Path) -> None:
    """Take all of its content."""
    clear(path)
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """Leave of it a first half that ends in the midst of a line."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2].rstrip())


SPOILS: Mapping[str, Spoil] = MappingProxyType(
    {
        "closed": closed,
        "of another owner": of_another,
        "a folder": folder,
        "a named pipe": pipe,
        "a link to itself": endless_link,
        "emptied": emptied,
        "cut off": cut,
    }
)


def switch(link: Path, to: Path) -> None:
    """Let a link lead elsewhere, at once."""
    other = link.with_name(f".{link.name}.link")
    other.symlink_to(to)
    other.replace(link)


def clear(path: Path) -> None:
    """Remove what is there, whatever it is."""
    _clear_folder(path)
    path.unlink(missing_ok=True)


def _clear_folder(path: Path) -> None:
    """Remove what nothing can be renamed over."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
