"""Small repositories of packages, made with the tools that distributions use."""

import hashlib
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

PACKAGES = ("greeting", "greeting-data", "greeting-doc", "greeting-extra")
"""The first needs all others, so that asking for it is one transaction."""

_SIZE = 300_000
_SPEC = """\
Name: {name}
Version: 1.0
Release: 1
Summary: A greeting
License: Apache-2.0
BuildArch: noarch
{needs}
%description
A greeting.
%files
/usr/share/greeting/{name}
"""
_CONTROL = """\
Package: {name}
Version: 1.0
Architecture: all
Maintainer: Nobody <nobody@example.org>
Description: a greeting
{needs}"""
_RELEASE = """\
Origin: example
Suite: stable
Codename: stable
Architectures: all amd64 arm64
Components: main
Date: Wed, 01 Jul 2026 09:00:00 UTC
SHA256:
"""


def content_of(name: str) -> bytes:
    """Return what a package installs; it does not get smaller when it is packed."""
    return Random(name).randbytes(_SIZE)


def rpm_repository(folder: Path, work: Path) -> None:
    """Make a repository for dnf, and all that comes before it in another folder."""
    for name in PACKAGES:
        _build_rpm(folder, work, name)
    _run("createrepo_c", "--quiet", "--no-database", str(folder))


def _build_rpm(folder: Path, work: Path, name: str) -> None:
    root = work / "root" / name
    _plant(root, name)
    needs = [f"Requires: {one}" for one in _needed_by(name)]
    spec = work / f"{name}.spec"
    spec.write_text(_SPEC.format(name=name, needs="\n".join(needs)))
    places = {"_topdir": work, "_rpmdir": folder, "_rpmfilename": "%{NAME}.rpm"}
    defined = [f"--define={key} {value}" for key, value in places.items()]
    # It takes the root as it is: nothing is built.
    _run("rpmbuild", "-bb", "--quiet", *defined, f"--buildroot={root}", str(spec))


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody with an OpenPGP key."""

    folder: Path
    """Where gpg keeps its files, and whoever trusts the key finds it."""

    @classmethod
    def make(cls, folder: Path) -> Self:
        """Make a key."""
        folder.mkdir(mode=0o700)
        signer = cls(folder)
        made = ("--quick-generate-key", "archive@example.org", "ed25519", "sign")
        signer.gpg("--passphrase", "", *made)
        signer.gpg("--output", str(signer.key), "--export")
        return signer

    @property
    def key(self) -> Path:
        """The public key, for those who trust it."""
        return self.folder / "archive.gpg"

    def sign(self, text: Path, signed: Path) -> None:
        """Write a text with its signature around it."""
        self.gpg("--output", str(signed), "--clearsign", str(text))

    def gpg(self, *arguments: str) -> None:
        """Run gpg on its own files, and leave no agent behind."""
        home = f"--homedir={self.folder}"
        try:
            _run("gpg", home, "--batch", "--yes", "--quiet", *arguments)
        finally:
            _run("gpgconf", home, "--kill", "all")


def deb_repository(folder: Path, work: Path, signer: Signer) -> None:
    """Make a signed repository for apt, and all that comes before it elsewhere."""
    for name in PACKAGES:
        _build_deb(folder, work / name, name)
    index = folder / "dists/stable/main/binary-all/Packages"
    index.parent.mkdir(parents=True)
    index.write_text("\n".join(_described(folder)))
    suite = folder / "dists/stable"
    content = index.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    line = f" {digest} {len(content)} {index.relative_to(suite)}\n"
    (suite / "Release").write_text(_RELEASE + line)
    signer.sign(suite / "Release", suite / "InRelease")


def _build_deb(folder: Path, root: Path, name: str) -> None:
    _plant(root, name)
    needs = ", ".join(_needed_by(name))
    control = root / "DEBIAN/control"
    control.parent.mkdir(mode=0o755)
    line = f"Depends: {needs}\n" if needs else ""
    control.write_text(_CONTROL.format(name=name, needs=line))
    target = folder / f"pool/{name}/{name}_1.0_all.deb"
    target.parent.mkdir(parents=True)
    built = ("--build", "-Zgzip", "--root-owner-group", str(root), str(target))
    _run("dpkg-deb", *built)


def _described(folder: Path) -> Iterator[str]:
    for package in sorted(folder.glob("pool/*/*.deb")):
        content = package.read_bytes()
        yield (
            f"{_run('dpkg-deb', '--field', str(package))}"
            f"Filename: {package.relative_to(folder)}\nSize: {len(content)}\n"
            f"SHA256: {hashlib.sha256(content).hexdigest()}\n"
        )


def _plant(root: Path, name: str) -> None:
    file = root / "usr/share/greeting" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content_of(name))


def _needed_by(name: str) -> tuple[str, ...]:
    return PACKAGES[1:] if name == PACKAGES[0] else ()


def files_below(folder: Path) -> Mapping[str, bytes]:
    """Return all files of a folder, by their paths in it."""
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def _run(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
