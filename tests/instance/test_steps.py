"""The commands that are left for an administrator."""

import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.instance.layout import Layout
from mirrorsel.instance.plan import Role
from mirrorsel.instance.steps import Situation, Step, links, steps
from tests.instance.plans import plan

PLAN = plan(Path("/etc/mirrorsel"))
DEBIAN = Situation(layout=Layout.DEBIAN, root=Path("/etc/apache2"))
REDHAT = Situation(layout=Layout.REDHAT, root=Path("/etc/httpd"))


def lines(situation: Situation, **more: object) -> list[str]:
    """Return the commands as they are printed."""
    found = steps(replace(PLAN, **more), situation)  # type: ignore[arg-type] # any field
    return [line for one in found for line in one.lines]


def link(situation: Situation, name: str) -> str:
    """Return the command that leads httpd to a piece."""
    pieces = f"/etc/mirrorsel/httpd/{situation.layout}"
    return f"ln --symbolic {pieces}/{name} {situation.root}/{name}"


def test_debian() -> None:
    """Pieces are linked and enabled, and httpd is restarted for its modules."""
    assert lines(DEBIAN)[:7] == [
        link(DEBIAN, "conf-available/mirrorsel.conf"),
        link(DEBIAN, "sites-available/one.example.org.conf"),
        "a2enmod headers macro remoteip",
        "a2enconf mirrorsel",
        "a2ensite one.example.org",
        "apachectl configtest",
        "systemctl restart apache2",
    ]


def test_red_hat() -> None:
    """Pieces are linked where httpd reads them in the right order."""
    assert lines(REDHAT)[:5] == [
        link(REDHAT, "conf.modules.d/10-mirrorsel.conf"),
        link(REDHAT, "conf.d/mirrorsel.conf"),
        link(REDHAT, "conf.d/vhost-one.example.org.conf"),
        "httpd -t",
        "systemctl restart httpd",
    ]


@pytest.mark.parametrize("name", ["a.example", "m.example", "z.example", "1.example"])
def test_red_hat_reads_macros_first(name: str) -> None:
    """Files are read in the order of their names, whatever a site's is."""
    (site,) = PLAN.sites
    made = replace(PLAN, sites=(replace(site, name=name),))
    places = [place for _, place in links(made, Layout.REDHAT, Path("/"))]
    macros, host = (one.name for one in places if one.parent.name == "conf.d")

    assert macros < host


def test_systemd_starts_what_it_is_asked_to() -> None:
    """The checker is started; the timer waits until there is something to update."""
    found = list(steps(PLAN, DEBIAN))
    enabling = [
        (step.optional, command[-1])
        for step in found
        for command in step.commands
        if "enable" in command
    ]

    assert enabling == [
        (False, "mirrorsel-checker.service"),
        (True, "mirrorsel-geoip-update.timer"),
    ]


def test_the_doctor_comes_last() -> None:
    """In the end it is seen whether all is well."""
    assert lines(DEBIAN)[-1] == (
        "/opt/mirrorsel/bin/mirrorsel doctor --config /etc/mirrorsel/mirrorsel.toml"
    )


@pytest.mark.parametrize(
    ("more", "by_systemd", "expected"),
    [
        pytest.param(
            {"accounts": (Role(user="mirrorsel", group="mirrorsel"),)},
            True,
            "useradd --system --user-group --no-create-home --home-dir /nonexistent"
            " --shell /usr/sbin/nologin mirrorsel",
            id="an account is missing",
        ),
        pytest.param(
            {"folders": ((Path("/x/state"), Role(user="a", group="b")),)},
            True,
            "install --directory --owner=a --group=b /x/state",
            id="a folder is ours",
        ),
        pytest.param(
            {"missing": (Path("/srv/my www"),)},
            True,
            "install --directory '/srv/my www'",
            id="a document root is missing",
        ),
        pytest.param(
            {"sample": True},
            True,
            "/opt/mirrorsel/bin/mirrorsel edit --config /etc/mirrorsel/mirrorsel.toml",
            id="a list of samples",
        ),
        pytest.param(
            {"other_wsgi": True}, True, "a2dismod wsgi", id="Debian's own mod_wsgi"
        ),
        pytest.param(
            {"systemd": False}, False, "apachectl restart", id="without systemd"
        ),
        pytest.param(
            {"root": Path("/etc/apache2-b")},
            True,
            "env APACHE_CONFDIR=/etc/apache2-b a2enconf mirrorsel",
            id="a second httpd",
        ),
        pytest.param(
            {"root": Path("/etc/apache2-b")},
            True,
            "/opt/mirrorsel/bin/mirrorsel doctor --config"
            " /etc/mirrorsel/mirrorsel.toml --httpd-config /etc/apache2-b",
            id="the doctor of a second httpd",
        ),
        pytest.param(
            {"selinux": True},
            True,
            "semanage fcontext --add --type httpd_sys_rw_content_t"
            " '/etc/mirrorsel/counters(/.*)?'",
            id="SELinux",
        ),
        pytest.param(
            {"selinux": True},
            False,
            "setsebool -P httpd_can_network_connect on",
            id="SELinux, and httpd starts the checker",
        ),
    ],
)
def test_what_this_machine_needs_besides(
    more: dict[str, object], expected: str, *, by_systemd: bool
) -> None:
    """It is there in that case, and in no other."""
    situation = replace(DEBIAN, **more)  # type: ignore[arg-type] # any field of it

    assert expected in lines(situation, by_systemd=by_systemd)
    assert expected not in lines(DEBIAN)


def test_links_that_are_there_are_not_made_again() -> None:
    """A second run is for what is missing."""
    there = frozenset(place for _, place in links(PLAN, Layout.DEBIAN, DEBIAN.root))
    found = lines(replace(DEBIAN, there=there))

    assert not [one for one in found if one.startswith("ln ")]


def test_commands_are_for_a_shell() -> None:
    """What is printed is what is meant."""
    step = Step(purpose="x", commands=(("a", "b c", "$d"),))

    assert [("a", "b c", "$d")] == [tuple(shlex.split(one)) for one in step.lines]
