"""Whether a folder is a good place for an instance."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from mirrorsel.errors import HttpdError, InstanceError
from mirrorsel.httpd.folders import check_way
from mirrorsel.instance.contents import LIST, SETTINGS

# What httpd, systemd and a shell all take as it stands.
_PLAIN = re.compile(r"[A-Za-z0-9/._+@-]*")
# In a quoted word httpd takes anything but what ends it or stands for something else.
_SPECIAL = re.compile(r'["\\$%*?\[\]{}]')
_FOR_ALL = 0o001
_EMPTIED = (Path("/tmp"), Path("/var/tmp"), Path("/run"))  # noqa: S108 - not used, warned of


def check_plain(path: Path, what: str) -> None:
    """Check that a path can stand in configurations and commands as it is.

    Raises:
        InstanceError: it cannot; the message names the character.

    """
    rest = str(path)[len(_plain_start(str(path))) :]
    if rest:
        raise InstanceError(
            f"{what}, {path}, has the character {rest[0]!r}, which httpd, systemd or a"
            " shell would take for another thing: choose a path of letters, digits"
            " and . _ - + @"
        )


def check_root(root: Path) -> None:
    """Check that a document root can be named in httpd's configuration.

    Raises:
        InstanceError: it cannot.

    """
    if not root.is_absolute() or root == Path(root.root):
        raise InstanceError(f"the document root {root} must be the path of a folder")
    found = _SPECIAL.search(str(root))
    odd = found[0] if found else next((c for c in str(root) if not c.isprintable()), "")
    if odd:
        raise InstanceError(
            f"the document root {root} has the character {odd!r}, which httpd would"
            " take for another thing: choose another folder"
        )


def check_apart(folder: Path, roots: Iterable[Path]) -> None:
    """Check that an instance is not published, and publishes nothing by itself.

    Raises:
        InstanceError: its folder and a document root lie in each other.

    """
    own = folder.resolve()
    for root in roots:
        real = root.resolve()
        if own.is_relative_to(real) or real.is_relative_to(own):
            raise InstanceError(
                f"{folder} and the document root {root} must not lie in each other:"
                " what is published is for everybody, and an instance is not; choose"
                " a folder apart, such as /etc/mirrorsel"
            )


def check_own(folder: Path) -> None:
    """Check that a folder that is there is an instance, or is to become one.

    In /etc itself, for one, systemd/ and httpd/ mean something else.

    Raises:
        InstanceError: it holds other things, and neither settings nor a list.

    """
    if not folder.is_dir() or any((folder / one).exists() for one in (SETTINGS, LIST)):
        return
    others = sorted(one.name for one in folder.iterdir())
    if others:
        raise InstanceError(
            f"{folder} holds other things, such as {others[0]}, and neither"
            f" {SETTINGS} nor {LIST}: choose an empty folder or a new name, such as"
            f" {folder / 'mirrorsel'}"
        )


def check_safe(folder: Path) -> None:
    """Check that nobody but who makes an instance can put another in its place.

    What lies in it runs under mirrorsel's accounts.

    Raises:
        InstanceError: others can.

    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise InstanceError(f"{folder} is no folder: choose another name")
    if os.geteuid() != 0:
        return
    try:
        # The folder itself is one of those above what lies in it.
        check_way(folder / "any")
    except HttpdError as error:
        message = "choose a folder where nobody else can, such as /etc/mirrorsel"
        raise InstanceError(f"{error}: {message}") from error


def warnings(folder: Path) -> Iterator[str]:
    """Yield what is not good about the place of an instance that has been made."""
    closed = [one for one in folder.parents if not _passable(one)]
    for one in closed:
        yield (
            f"{one} is closed to other accounts, so that those of httpd and mirrorsel"
            f" cannot reach {folder}: `chmod o+x {one}`, or choose a folder elsewhere,"
            " such as /etc/mirrorsel"
        )
    for one in _EMPTIED:
        if folder.is_relative_to(one):
            yield (
                f"{one} is emptied at each start of the machine, and hidden from the"
                " units of systemd: good for trying, not for service"
            )


def _plain_start(text: str) -> str:
    found = _PLAIN.match(text)
    return found[0] if found else ""


def _passable(folder: Path) -> bool:
    return bool(folder.stat().st_mode & _FOR_ALL)
