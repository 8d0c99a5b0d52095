"""The names of accounts and groups."""

import grp
import os
import pwd


def account_name(number: int) -> str:
    """Return the name of an account, or its number where it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def group_name(number: int) -> str:
    """Return the name of a group, or its number where it has none."""
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def person() -> str:
    """Return who runs this: whoever logged in at the terminal, also behind sudo."""
    try:
        return os.getlogin()
    except OSError:
        return account_name(os.getuid())
