"""What makes a file worth a look."""

import os.path
import posixpath
import re
import stat
from collections.abc import Iterator

from mirrorsel.audit.document import Trait

HEAD = 8191
"""How much of the beginning of a `.cgi` is wanted, in bytes."""

_SCRIPTS = frozenset(
    {
        *("cgi", "fcgi", "fpl", "pl", "pm", "py", "wsgi", "rb", "tcl", "lua"),
        *("php", "php3", "php4", "php5", "php7", "phtml", "phar"),
        *("sh", "bash", "ksh", "csh", "asp", "aspx", "jsp", "shtml"),
    }
)
_STARTS = re.compile(rb"^[ \t]*(?:exec[ \t]+)?\S*/mirrors\.cgi\b", re.MULTILINE)
_PLAIN = re.compile(rb"\s*(?:#.*|cd\s+[^;&|`$()]+|(?:exec\s+)?\S+/mirrors\.cgi( .*)?)?")
_EXECUTE = stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH
_SETUID = stat.S_ISUID | stat.S_ISGID


def traits_of(path: str, mode: int, head: bytes) -> Iterator[Trait]:
    """Return what makes a file worth a look, by its name, mode and beginning."""
    name = posixpath.basename(path).lower()
    executable = bool(mode & _EXECUTE)
    if head.startswith(b"#!") or _SCRIPTS & set(name.split(".")[1:]):
        yield Trait.SCRIPT
    if executable:
        yield Trait.EXECUTABLE
    if executable and mode & _SETUID:
        yield Trait.SETUID
    if name.endswith(".cgi") and _is_wrapper(head):
        yield Trait.WRAPPER
        if os.path.isfile(f"{path[:-4]}.html"):  # noqa: PTH113 - never raises
            yield Trait.PAGE


def _is_wrapper(head: bytes) -> bool:
    """Whether a script has a line that starts the mirror script, and no other."""
    if len(head) >= HEAD or not _STARTS.search(head):
        return False
    return all(_PLAIN.fullmatch(line) for line in head.splitlines())
