"""dnf and apt with all that is theirs in one folder, beside those of the system."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_APT_CONF = """\
Dir "{folder}";
Dir::State::status "{folder}/status";
APT::Architecture "amd64";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "0";
Acquire::http::Proxy "DIRECT";
Debug::NoLocking "true";
"""
_APT_FOLDERS = (
    "etc/apt/apt.conf.d",
    "etc/apt/preferences.d",
    "var/lib/apt/lists/partial",
    "var/cache/apt/archives/partial",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a program ended, and all that it said."""

    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Dnf:
    """A system for which dnf installs packages."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, repository: str) -> "Dnf":
        """Make one that knows one repository, by a line of its `.repo` file."""
        for name in ("log", "repositories"):
            (folder / name).mkdir(parents=True)
        section = f"[greetings]\nname=Greetings\ngpgcheck=0\n{repository}\n"
        (folder / "repositories/greetings.repo").write_text(section)
        # A mirror that says nothing is given up after that many seconds.
        (folder / "dnf.conf").write_text("[main]\ntimeout=3\nretries=1\n")
        return cls(folder)

    def install(self, *packages: str) -> Ran:
        """Install packages."""
        places = {
            "reposdir": "repositories",
            "cachedir": "cache",
            "persistdir": "persist",
            "logdir": "log",
        }
        command = [
            # Only root installs, be it within a namespace of its own.
            *([] if os.geteuid() == 0 else ["unshare", "--map-root-user"]),
            "dnf",
            f"--config={self.folder}/dnf.conf",
            f"--installroot={self.folder}/root",
            "--releasever=1",
            "--noplugins",
            *(f"--setopt={key}={self.folder}/{at}" for key, at in places.items()),
            "--assumeyes",
        ]
        return _run([*command, "install", *packages], self.folder, {})

    def installed(self) -> Mapping[str, bytes]:
        """Return what of our packages is installed."""
        return _files(self.folder / "root/usr/share/greeting")


@dataclass(frozen=True, slots=True)
class Apt:
    """A system for which apt gets packages."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, line: str) -> "Apt":
        """Make one with one line in its `sources.list`, which gives up at once."""
        for name in _APT_FOLDERS:
            (folder / name).mkdir(parents=True)
        (folder / "status").touch()
        (folder / "etc/apt/sources.list").write_text(f"{line}\n")
        (folder / "apt.conf").write_text(_APT_CONF.format(folder=folder))
        return cls(folder)

    def update(self) -> Ran:
        """Get the lists of packages."""
        return self._run("update")

    def download(self, *packages: str) -> Ran:
        """Get packages and all that they need, without installing them."""
        return self._run("--yes", "--download-only", "install", *packages)

    def downloaded(self) -> Mapping[str, bytes]:
        """Return the packages that it would install."""
        return _files(self.folder / "var/cache/apt/archives", "*.deb")

    def _run(self, *arguments: str) -> Ran:
        conf = {"APT_CONFIG": str(self.folder / "apt.conf")}
        return _run(["apt-get", *arguments], self.folder, conf)


def _files(folder: Path, pattern: str = "*") -> Mapping[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.glob(pattern)}


def _run(command: list[str], home: Path, environment: Mapping[str, str]) -> Ran:
    """Run a program that knows of no proxy and no settings of ours."""
    own = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        command,
        env={**own, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Ran(status=ran.returncode, said=ran.stdout + ran.stderr)
