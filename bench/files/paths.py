"""Paths of published files, as many as are wanted."""

from collections.abc import Iterator

_ARTEFACTS = 25
_RELEASES = 20
ENDINGS = ("", ".asc", ".sha256", ".sha512")
IN_A_FOLDER = _ARTEFACTS * len(ENDINGS)
IN_A_PROJECT = _RELEASES * IN_A_FOLDER
"""Files of a project: of each release, artefacts with signatures and hashes."""


def paths(count: int) -> Iterator[str]:
    """Yield paths, the files of a folder one after the other."""
    for number in range(count):
        yield path(number)


def path(number: int) -> str:
    """Return a path by its number, counted from 0."""
    project, rest = divmod(number, IN_A_PROJECT)
    release, rest = divmod(rest, IN_A_FOLDER)
    artefact, ending = divmod(rest, len(ENDINGS))
    name, version = f"project-{project:03d}", f"{1 + release // 10}.{release % 10}.0"
    file = f"{name}-module-{artefact:02d}-{version}.tar.gz"
    return f"{name}/{version}/{file}{ENDINGS[ending]}"


def size(number: int) -> int:
    """Return how large a file is, by its number: one to eight KiB."""
    return 1024 + (number * 2654435761 % 7168)
