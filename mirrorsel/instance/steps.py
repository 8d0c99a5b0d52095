"""What is left to do for a new instance, as commands for an administrator."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mirrorsel.instance.contents import snippets
from mirrorsel.instance.httpd_files import httpd_files
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.owned import giving
from mirrorsel.instance.people import making
from mirrorsel.instance.plan import COUNTERS, STATE, Plan, Role
from mirrorsel.instance.units import CHECKER, GEOIP_TIMER, GEOIP_UPDATE

Command = tuple[str, ...]

_UNITS = "/etc/systemd/system/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Some commands with what they are for."""

    purpose: str
    commands: tuple[Command, ...]
    optional: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The commands as a shell reads them."""
        return tuple(map(shlex.join, self.commands))


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What of this machine decides about the steps."""

    layout: Layout
    root: Path
    """The folder of httpd's configuration."""
    accounts: tuple[Role, ...] = ()
    """Those that must be made."""
    folders: tuple[tuple[Path, Role], ...] = ()
    """Those that must be given to their account."""
    missing: tuple[Path, ...] = ()
    """The document roots that must be made."""
    there: frozenset[Path] = frozenset()
    """What is in the folder of httpd's configuration already, of `links`."""
    sample: bool = False
    """Whether its list is the sample."""
    other_wsgi: bool = False
    """Whether Debian's own mod_wsgi is enabled."""
    systemd: bool = True
    """Whether it runs here."""
    selinux: bool = False
    """Whether it is in force."""


def links(plan: Plan, layout: Layout, root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each piece of httpd's configuration, and where a link to it belongs."""
    for path, _ in httpd_files(plan, layout):
        yield snippets(plan, layout) / path, root / path


def steps(plan: Plan, situation: Situation) -> Iterator[Step]:
    """Yield what is to be done, in this order."""
    return (one for one in _all(plan, situation) if one.commands)


def _all(plan: Plan, situation: Situation) -> Iterator[Step]:
    yield from _preparing(situation)
    yield _linking(plan, situation)
    if situation.layout is Layout.DEBIAN:
        yield _enabling(plan, situation)
    if situation.selinux:
        yield _labelling(plan)
    yield _restarting(situation)
    if situation.systemd:
        yield from _services(plan)
    yield _examining(plan, situation)
    if situation.sample:
        # The last one: an editor would take what is pasted behind it.
        purpose = "Put your mirrors in the place of the samples"
        yield Step(purpose=purpose, commands=(_verb(plan, "edit"),))


def _examining(plan: Plan, situation: Situation) -> Step:
    doctor = _verb(plan, "doctor")
    if situation.root != situation.layout.root:
        doctor += ("--httpd-config", str(situation.root))
    return Step(purpose="See whether all is well", commands=(doctor,))


def _verb(plan: Plan, name: str) -> Command:
    return str(plan.program), name, "--config", str(plan.settings_file)


def _preparing(situation: Situation) -> Iterator[Step]:
    if situation.accounts:
        commands = tuple(making(one) for one in situation.accounts)
        yield Step(purpose="Make the accounts", commands=commands)
    if situation.folders:
        commands = tuple(giving(*one) for one in situation.folders)
        purpose = "Give the folders that are written to who writes them"
        yield Step(purpose=purpose, commands=commands)
    if situation.missing:
        folders = tuple(map(str, situation.missing))
        command = ("install", "--directory", *folders)
        yield Step(purpose="Make what is published", commands=(command,))


def _linking(plan: Plan, situation: Situation) -> Step:
    commands = tuple(
        ("ln", "--symbolic", str(piece), str(place))
        for piece, place in links(plan, situation.layout, situation.root)
        if place not in situation.there
    )
    return Step(purpose="Lead httpd to its pieces", commands=commands)


def _enabling(plan: Plan, situation: Situation) -> Step:
    where = _debian(situation)
    commands: list[Command] = []
    if situation.other_wsgi:
        # An httpd has one mod_wsgi, and that one is loaded before ours.
        commands.append((*where, "a2dismod", "wsgi"))
    commands += [
        (*where, "a2enmod", "headers", "macro", "remoteip"),
        (*where, "a2enconf", "mirrorsel"),
        (*where, "a2ensite", *(site.name for site in plan.sites)),
    ]
    return Step(purpose="Enable them", commands=tuple(commands))


def _labelling(plan: Plan) -> Step:
    """Return what SELinux must know; later rules go before earlier ones."""
    written = COUNTERS if plan.by_systemd else f"({COUNTERS}|{STATE})"
    rule = ("semanage", "fcontext", "--add", "--type")
    commands: list[Command] = [
        (*rule, "httpd_sys_content_t", f"{plan.folder}(/.*)?"),
        (*rule, "httpd_sys_rw_content_t", f"{plan.folder}/{written}(/.*)?"),
        ("restorecon", "-R", str(plan.folder), str(plan.python)),
    ]
    if not plan.by_systemd:
        # The checker is then a process of httpd.
        commands.append(("setsebool", "-P", "httpd_can_network_connect", "on"))
    return Step(purpose="Tell SELinux who may do what", commands=tuple(commands))


def _restarting(situation: Situation) -> Step:
    if situation.layout is Layout.DEBIAN:
        control = (*_debian(situation), "apachectl")
        test, restart, service = "configtest", ["restart"], "apache2"
    else:
        usual = situation.root == Layout.REDHAT.root
        control = ("httpd", *(() if usual else ("-d", str(situation.root))))
        test, restart, service = "-t", ["-k", "restart"], "httpd"
    again = (*control, *restart)
    if situation.systemd:
        again = ("systemctl", "restart", service)
    commands = ((*control, test), again)
    return Step(
        purpose="Restart httpd, which then loads new modules", commands=commands
    )


def _debian(situation: Situation) -> Command:
    """Return what stands before Debian's commands, for a further httpd of its own."""
    usual = situation.root == Layout.DEBIAN.root
    return () if usual else ("env", f"APACHE_CONFDIR={situation.root}")


def _services(plan: Plan) -> Iterator[Step]:
    if plan.by_systemd:
        yield _service("Start the checker", plan, CHECKER)
    yield _service(
        "Keep GeoIP databases up to date, once section [geoip] names their source",
        plan,
        GEOIP_TIMER,
        GEOIP_UPDATE,
        optional=True,
    )


def _service(
    purpose: str, plan: Plan, unit: str, *more: str, optional: bool = False
) -> Step:
    files = (str(plan.folder / "systemd" / one) for one in (unit, *more))
    commands = (
        ("install", "--mode=644", *files, _UNITS),
        ("systemctl", "daemon-reload"),
        ("systemctl", "enable", "--now", unit),
    )
    return Step(purpose=purpose, commands=commands, optional=optional)
