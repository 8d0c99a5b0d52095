"""Accounts are made by the system's own program."""

from pathlib import Path

import pytest

from mirrorsel.errors import InstanceError
from mirrorsel.instance.people import make_account, making, missing_accounts
from mirrorsel.instance.plan import Role
from tests.instance.plans import plan

ROLE = Role(user="mirrorsel", group="mirrorsel")


def program(folder: Path, text: str) -> None:
    """Put a program in the place of useradd."""
    file = folder / "useradd"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def test_an_account_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a system account that nobody can log in to."""
    program(tmp_path, f'echo "$0 $@" >{tmp_path}/asked')
    monkeypatch.setenv("PATH", str(tmp_path))
    make_account(ROLE)
    asked = (tmp_path / "asked").read_text().split()

    assert list(making(ROLE))[1:] == asked[1:]
    assert {"--system", "/usr/sbin/nologin", "mirrorsel"} <= set(asked)


def test_what_it_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the command, and its words."""
    program(tmp_path, "echo 'group mirrorsel exists' >&2; exit 9")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(InstanceError, match=r"useradd .* group mirrorsel exists"):
        make_account(ROLE)


def test_without_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is told too."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(InstanceError, match="useradd"):
        make_account(ROLE)


def test_missing_accounts_are_named_once() -> None:
    """One account for both parts is one."""
    made = plan(Path("/x"), web=ROLE, checker=ROLE)

    assert (ROLE,) == missing_accounts(made, lambda _name: None)
