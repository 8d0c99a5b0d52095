"""The units by which systemd runs what belongs to an instance."""

from collections.abc import Iterator
from pathlib import Path

from mirrorsel.instance.plan import GEOIP, STATE, Plan
from mirrorsel.instance.template import fill

CHECKER = "mirrorsel-checker.service"
GEOIP_UPDATE = "mirrorsel-geoip-update.service"
GEOIP_TIMER = "mirrorsel-geoip-update.timer"

_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))


def units(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each unit."""
    hardening = fill("hardening.conf", protect_home=_protect_home(plan)).rstrip("\n")
    for name in (CHECKER, GEOIP_UPDATE, GEOIP_TIMER):
        text = fill(
            name,
            folder=plan.folder,
            program=plan.program,
            state=plan.folder / STATE,
            geoip=plan.folder / GEOIP,
            checker_user=plan.checker.user,
            checker_group=plan.checker.group,
            hardening=hardening,
        )
        yield name, text


def _protect_home(plan: Plan) -> str:
    """Return how homes are closed: what is read from one must be seen."""
    read = (plan.folder, plan.python, plan.python.resolve())
    in_home = any(one.is_relative_to(home) for one in read for home in _HOMES)
    return "read-only" if in_home else "yes"
