"""Access control lists of files."""

import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.audit.accounts import Account
from mirrorsel.audit.acl import Writers, parse_acl, writers_of
from mirrorsel.audit.document import Trait
from mirrorsel.audit.scan import scan

OWNER, USER, OWN_GROUP, GROUP, MASK, OTHER = 1, 2, 4, 8, 16, 32
READ, WRITE = 4, 6
NONE = 0xFFFFFFFF
WWW = Account(name="www", user=7, groups=frozenset({8}))


def acl(*named: tuple[int, int, int], mask: int = 7) -> bytes:
    """Return a list with entries besides the usual: tag, rights and number."""
    usual = [(OWNER, WRITE, NONE), (OWN_GROUP, READ, NONE), (OTHER, READ, NONE)]
    entries = sorted([*usual, *named, (MASK, mask, NONE)])
    packed = (struct.pack("<HHI", *one) for one in entries)
    return struct.pack("<I", 2) + b"".join(packed)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(acl(), Writers(), id="nobody"),
        pytest.param(acl((USER, WRITE, 7)), Writers(users=frozenset({7})), id="user"),
        pytest.param(acl((USER, READ, 7)), Writers(), id="a reader"),
        pytest.param(
            acl((GROUP, WRITE, 8)), Writers(groups=frozenset({8})), id="group"
        ),
        pytest.param(acl((USER, WRITE, 7), mask=READ), Writers(), id="the mask"),
        pytest.param(acl((USER, WRITE, 7))[4:], Writers(), id="no version"),
        pytest.param(b"", Writers(), id="nothing"),
    ],
)
def test_who_a_list_lets_write(value: bytes, expected: Writers) -> None:
    """Named users and groups may write as far as the mask lets them."""
    assert expected == parse_acl(value)


@given(st.binary())
def test_any_bytes_are_a_list(value: bytes) -> None:
    """Whatever a file system gives is read without an error."""
    assert parse_acl(value).users >= frozenset()


def test_a_list_makes_a_file_writable(tmp_path: Path) -> None:
    """A file that its mode closes and its list opens to httpd is a finding."""
    path = tmp_path / "x.txt"
    path.touch(0o644)
    os.setxattr(path, "system.posix_acl_access", acl((USER, WRITE, 7), mask=WRITE))
    (found,) = scan([str(tmp_path)], frozenset(), (WWW,)).files

    assert Writers(users=frozenset({7})) == writers_of(str(path))
    assert ({Trait.WRITABLE}, "www") == (set(found.traits), found.who)
