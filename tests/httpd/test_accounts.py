"""Who runs what."""

import os
import pwd

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.accounts import Account, choose_accounts, find_account


def _known(*names: str) -> dict[str, Account]:
    return {
        name: Account(user=name, group=name, uid=100 + number, gid=100 + number)
        for number, name in enumerate(names)
    }


@pytest.mark.parametrize(
    ("known", "chosen", "parted"),
    [
        pytest.param(
            ("www-data", "mirrorsel", "mirrorsel-checker"),
            ("www-data", "mirrorsel", "mirrorsel-checker"),
            True,
            id="accounts made by setup",
        ),
        pytest.param(("www-data",), ("www-data",) * 3, False, id="Debian's alone"),
        pytest.param(("apache",), ("apache",) * 3, False, id="another system"),
    ],
)
def test_root_takes_what_exists(
    known: tuple[str, ...], chosen: tuple[str, str, str], *, parted: bool
) -> None:
    """The accounts made for mirrorsel come first, httpd's own stands in for them.

    Both parts are of one group, which may read what is closed to everybody else.
    """
    accounts = choose_accounts(uid=0, find=_known(*known).get)

    users = (accounts.httpd.user, accounts.web.user, accounts.checker.user)

    assert chosen == users
    assert accounts.web.gid == accounts.checker.gid
    assert accounts.parted is parted


def test_root_needs_an_account_for_httpd() -> None:
    """The server never answers as root."""
    with pytest.raises(HttpdError, match="needs an account named www-data or"):
        choose_accounts(uid=0, find=_known().get)


def test_others_run_everything_as_themselves() -> None:
    """Who is not root cannot change to another account."""
    own = pwd.getpwnam("nobody")
    accounts = choose_accounts(uid=own.pw_uid)

    assert {accounts.httpd.uid, accounts.web.uid, accounts.checker.uid} == {own.pw_uid}


def test_an_account_is_found_by_name() -> None:
    """One that the system does not know is None."""
    own = pwd.getpwuid(os.geteuid()).pw_name
    found = find_account(own)

    assert found is not None
    assert found.uid == os.geteuid()
    assert find_account("no-such-account") is None
