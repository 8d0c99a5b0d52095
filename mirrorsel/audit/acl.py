"""Access control lists of files, as Linux keeps them (acl(5), POSIX 1003.1e draft)."""

import errno
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

_ATTRIBUTE = "system.posix_acl_access"
_VERSION = 2
_ENTRY = struct.Struct("<HHI")
_HEADER = struct.Struct("<I")
_WRITE = 2
# No list, or a file system without lists.
_NO_LIST = frozenset({errno.ENODATA, errno.EOPNOTSUPP, errno.ENOSYS})
_USER, _GROUP, _MASK = 0x02, 0x08, 0x10


@dataclass(frozen=True, slots=True, kw_only=True)
class Writers:
    """The users and groups, as numbers, that a list lets write."""

    users: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()


def writers_of(path: str) -> Writers:
    """Return who a file's list names besides what its mode says.

    Raises:
        OSError: the file cannot be asked.

    """
    try:
        value = os.getxattr(path, _ATTRIBUTE, follow_symlinks=False)
    except OSError as error:
        if error.errno in _NO_LIST:
            return Writers()
        raise
    return parse_acl(value)


def parse_acl(value: bytes) -> Writers:
    """Return the named users and groups that may write, after the mask.

    The value is a version and entries of 8 bytes: tag, rights and number, as in
    linux/posix_acl_xattr.h. One of another form names nobody.
    """
    if len(value) < _HEADER.size or _HEADER.unpack_from(value) != (_VERSION,):
        return Writers()
    entries = tuple(_entries(value[_HEADER.size :]))
    masks = [rights for tag, rights, _ in entries if tag == _MASK]
    if masks and not masks[0] & _WRITE:
        return Writers()
    return Writers(users=_named(entries, _USER), groups=_named(entries, _GROUP))


def _entries(value: bytes) -> Iterator[tuple[int, int, int]]:
    whole = len(value) - len(value) % _ENTRY.size
    yield from _ENTRY.iter_unpack(value[:whole])


def _named(entries: tuple[tuple[int, int, int], ...], kind: int) -> frozenset[int]:
    return frozenset(
        number for tag, rights, number in entries if tag == kind and rights & _WRITE
    )
