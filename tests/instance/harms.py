"""What can be done to an instance, for a doctor to find."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import gettempdir

import pytest

from mirrorsel.doctor.finding import Finding, Level
from mirrorsel.doctor.state import VOLATILE
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.instance.seen.folders import kind_of
from mirrorsel.instance.units import CHECKER
from tests.instance.ready import Ready, give

Harm = Callable[[Ready], None]

PARTED = choose_accounts().parted
"""Whether the accounts of an instance are here."""
NOW = datetime.now(UTC)
_CONF = Path("httpd", "debian", "conf-available", "mirrorsel.conf")


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that is done, and what a doctor says of it then."""

    harm: Harm
    code: str
    level: str
    words: str
    """What stands in one of the findings of that code."""
    remedy: str
    """What stands in its remedy."""


def troubles(found: Iterable[Finding]) -> list[Finding]:
    """Return what is not well, but for what tests cannot help."""
    known = usual()
    return [one for one in found if one.level != Level.OK and one.code not in known]


def usual() -> frozenset[str]:
    """Return the codes of what tests cannot help, wherever they run."""
    volatile = kind_of(Path(gettempdir())) in VOLATILE
    codes = {"parted": not PARTED, "volatile": volatile}
    return frozenset(code for code, found in codes.items() if found)


def settings(text: str) -> Harm:
    """Add to the settings."""

    def harm(well: Ready) -> None:
        well.config.write_text(f"{well.config.read_text()}{text}\n")

    return harm


def mode(name: str, bits: int) -> Harm:
    """Change the mode of a file of the instance."""
    return lambda well: (well.folder / name).chmod(bits)


def owner(name: str, part: str) -> Harm:
    """Give a file of the instance to an account."""
    return lambda well: give(well.folder / name, getattr(well.accounts, part))


def write(name: str, text: str) -> Harm:
    """Write a file of the instance."""

    def harm(well: Ready) -> None:
        (well.folder / name).write_text(text)

    return harm


def add(name: str, text: str) -> Harm:
    """Add to a file of httpd's configuration."""

    def harm(well: Ready) -> None:
        file = well.tree.root / name
        file.write_text(f"{file.read_text() if file.exists() else ''}\n{text}\n")

    return harm


def remove(name: str) -> Harm:
    """Remove something of the instance."""

    def harm(well: Ready) -> None:
        path = well.folder / name
        path.rmdir() if path.is_dir() else path.unlink()

    return harm


def disable(name: str) -> Harm:
    """Disable something of httpd's configuration."""
    return lambda well: (well.tree.root / name).unlink()


def see(**more: object) -> Harm:
    """Let the checker have seen something else."""
    return lambda well: well.see(**more)


def broken_list(well: Ready) -> None:
    """Let there be a last good list for one with an error."""
    well.state.last_good_list.write_text((well.folder / "mirrors.list").read_text())
    (well.folder / "mirrors.list").write_text("http de\n")


def future_list(well: Ready) -> None:
    """Let the list be of tomorrow."""
    tomorrow = NOW.timestamp() + 86400
    os.utime(well.folder / "mirrors.list", (tomorrow, tomorrow))


def lost_wsgi(well: Ready) -> None:
    """Let httpd load a mod_wsgi that is not there."""
    conf = well.folder / _CONF
    conf.write_text(conf.read_text().replace("/server/mod_wsgi", "/server/gone", 1))


def other_python(well: Ready) -> None:
    """Let httpd load a mod_wsgi that was built for a Python which is not here."""
    conf = well.folder / _CONF
    line = next(one for one in conf.read_text().splitlines() if "LoadModule" in one)
    module = Path(line.split('"')[1])
    content = module.read_bytes()
    if b"libpython3." not in content:
        pytest.skip("Python is part of this mod_wsgi")
    changed = well.base / "mod_wsgi.so"
    changed.write_bytes(content.replace(b"libpython3.", b"libpython9."))
    conf.write_text(conf.read_text().replace(str(module), str(changed)))


def unit(well: Ready) -> None:
    """Let systemd start a checker too."""
    wanted = well.units / "multi-user.target.wants"
    wanted.mkdir()
    file = well.units / CHECKER
    file.write_text((well.folder / "systemd" / CHECKER).read_text())
    (wanted / CHECKER).symlink_to(file)


def parameter(line: str) -> Harm:
    """Define something before the shipped configuration is included."""

    def harm(well: Ready) -> None:
        conf = well.folder / _CONF
        conf.write_text(conf.read_text().replace("\nInclude", f"\n{line}\nInclude"))

    return harm
