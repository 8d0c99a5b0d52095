"""The units give what they run no right that it does not need."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from mirrorsel.instance.plan import Plan
from mirrorsel.instance.units import CHECKER, GEOIP_TIMER, GEOIP_UPDATE, units
from tests.instance.plans import plan

HARDENED: Mapping[str, list[str]] = MappingProxyType(
    {
        "AmbientCapabilities": [""],
        "CapabilityBoundingSet": [""],
        "DevicePolicy": ["closed"],
        "KeyringMode": ["private"],
        "LockPersonality": ["yes"],
        "MemoryDenyWriteExecute": ["yes"],
        "NoNewPrivileges": ["yes"],
        "PrivateDevices": ["yes"],
        "PrivateIPC": ["yes"],
        "PrivateMounts": ["yes"],
        "PrivateTmp": ["yes"],
        "PrivateUsers": ["yes"],
        "ProcSubset": ["pid"],
        "ProtectClock": ["yes"],
        "ProtectControlGroups": ["yes"],
        "ProtectHome": ["yes"],
        "ProtectHostname": ["yes"],
        "ProtectKernelLogs": ["yes"],
        "ProtectKernelModules": ["yes"],
        "ProtectKernelTunables": ["yes"],
        "ProtectProc": ["invisible"],
        "ProtectSystem": ["strict"],
        "RemoveIPC": ["yes"],
        "RestrictAddressFamilies": ["AF_UNIX AF_INET AF_INET6 AF_NETLINK"],
        "RestrictNamespaces": ["yes"],
        "RestrictRealtime": ["yes"],
        "RestrictSUIDSGID": ["yes"],
        "SystemCallArchitectures": ["native"],
        "SystemCallErrorNumber": ["EPERM"],
        "SystemCallFilter": ["@system-service", "~@privileged @resources"],
        "UMask": ["0022"],
    }
)


def settings_of(name: str, made: Plan | None = None) -> dict[str, list[str]]:
    """Return what a unit says, by the names of its settings."""
    text = dict(units(made or plan(Path("/etc/mirrorsel"))))[name]
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^([A-Za-z]+)=(.*)$", text, re.MULTILINE):
        found.setdefault(key, []).append(value)
    assert "@{" not in text
    return found


@pytest.mark.parametrize("name", [CHECKER, GEOIP_UPDATE])
def test_services_are_hardened(name: str) -> None:
    """Each of these rights is taken away."""
    found = settings_of(name)

    assert HARDENED == {key: found.get(key) for key in HARDENED}


def test_the_checker_is_what_it_should_be() -> None:
    """It runs the program under its account, writes its state, and is started again."""
    program, settings = "/opt/mirrorsel/bin/mirrorsel", "/etc/mirrorsel/mirrorsel.toml"
    found = settings_of(CHECKER)

    assert {
        "ExecStart": [f'"{program}" checker --config "{settings}"'],
        "User": ["mirrorsel-checker"],
        "Group": ["mirrorsel-checker"],
        "ReadWritePaths": ["/etc/mirrorsel/state"],
        "Restart": ["on-failure"],
        "StartLimitIntervalSec": ["0"],
        "WantedBy": ["multi-user.target"],
    }.items() <= found.items()


def test_an_update_writes_databases_alone() -> None:
    """It is started by its timer, and cannot write what the checker believes."""
    found = settings_of(GEOIP_UPDATE)

    assert found["ReadWritePaths"] == ["/etc/mirrorsel/geoip"]
    assert found["ExecStart"][0].split()[1:3] == ["geoip", "update"]
    assert "WantedBy" not in found
    assert settings_of(GEOIP_TIMER)["WantedBy"] == ["timers.target"]


@pytest.mark.parametrize(
    ("more", "closed"),
    [
        pytest.param({}, "yes", id="elsewhere"),
        pytest.param({"folder": Path("/home/joe/m")}, "read-only", id="folder"),
        pytest.param({"python": Path("/root/venv")}, "read-only", id="environment"),
    ],
)
def test_homes_are_closed_if_nothing_lies_there(
    more: dict[str, Path], closed: str
) -> None:
    """What is read from a home can be read, and nothing be written there."""
    made = plan(**{"folder": Path("/etc/mirrorsel"), **more})

    assert [closed] == settings_of(CHECKER, made)["ProtectHome"]


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze"
)
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """It knows every setting, finds the program, and thinks well of the services."""
    made = plan(Path("/etc/mirrorsel"), python=tmp_path)
    program = tmp_path / "bin" / "mirrorsel"
    program.parent.mkdir()
    program.touch(0o755)
    for name, text in units(made):
        (tmp_path / name).write_text(text)
    files = [tmp_path / one for one in (CHECKER, GEOIP_UPDATE, GEOIP_TIMER)]
    verified = _analyze("verify", "--man=no", *files)
    exposed = _analyze("security", "--offline=yes", "--threshold=20", *files[:2])

    assert (0, "") == (verified.returncode, verified.stderr)
    assert 0 == exposed.returncode, exposed.stdout


def _analyze(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
