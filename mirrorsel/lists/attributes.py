"""What the system knows of a list besides its content."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

from mirrorsel.lists.account import account_name, group_name

_ROOT = 0
# A list does not run, least of all as its owner.
_PERMISSIONS = 0o777
_ACL = "system.posix_acl_access"
_LABEL = "security.selinux"
_OF_USERS = "user."
# Others, such as the signatures of IMA, are of the content.


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """Owner, mode, access control list and further attributes of a file."""

    owner: int
    group: int
    mode: int
    extended: Mapping[str, bytes]
    """The extended ones that a new version shall have too."""

    @classmethod
    def of(cls, descriptor: int) -> Self:
        """Return those of an open file."""
        about = os.fstat(descriptor)
        return cls(
            owner=about.st_uid,
            group=about.st_gid,
            mode=about.st_mode & _PERMISSIONS,
            extended={
                name: os.getxattr(descriptor, name)
                for name in _names(descriptor)
                if name in {_ACL, _LABEL} or name.startswith(_OF_USERS)
            },
        )

    def give(self, descriptor: int) -> None:
        """Give them to an open file that this process has made.

        Where only root can keep the owner, and the owner is root, the file stays
        with who has made it: that takes nothing from root.

        Raises:
            OSError: they cannot be kept; `strerror` says which, and what to do.

        """
        self._give_owner(descriptor)
        # After the owner, whose change would take bits from the mode.
        os.fchmod(descriptor, self.mode)
        self._give_extended(descriptor)

    def _give_owner(self, descriptor: int) -> None:
        made = os.fstat(descriptor)
        try:
            if made.st_gid != self.group:
                os.fchown(descriptor, -1, self.group)
        except PermissionError as error:
            group = group_name(self.group)
            message = f"a new version could not stay with the group {group}; use sudo"
            raise OSError(errno.EPERM, message) from error
        try:
            if made.st_uid != self.owner:
                os.fchown(descriptor, self.owner, -1)
        except PermissionError as error:
            if self.owner == _ROOT:
                return
            owner = account_name(self.owner)
            message = f"a new version could not stay with its owner {owner}; use sudo"
            raise OSError(errno.EPERM, message) from error

    def _give_extended(self, descriptor: int) -> None:
        if _ACL not in self.extended and _ACL in _names(descriptor):
            # The folder's default for new files, which the list had not.
            os.removexattr(descriptor, _ACL)
            os.fchmod(descriptor, self.mode)
        for name, value in self.extended.items():
            if name == _ACL:
                os.setxattr(descriptor, name, value)
            else:
                # A label that may not be set is left to the system's policy.
                with suppress(PermissionError):
                    os.setxattr(descriptor, name, value)


def _names(descriptor: int) -> list[str]:
    try:
        return os.listxattr(descriptor)
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
        return []
