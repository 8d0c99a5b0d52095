"""Tests that docs/installing.md shows what the program prints and writes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.cli.doctor_shown import HEADINGS
from mirrorsel.cli.init_shown import lines_of_steps
from mirrorsel.doctor.finding import Group, Level
from mirrorsel.instance.httpd_files import httpd_files
from mirrorsel.instance.layout import Layout
from mirrorsel.instance.plan import Site
from mirrorsel.instance.steps import Situation, steps
from tests.docs.reference import ROOT
from tests.instance.plans import plan

GUIDE = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
NAME = "downloads.example.org"
PLAN = replace(
    plan(Path("/etc/mirrorsel")),
    sites=(Site(name=NAME, root=Path("/srv/www", NAME)),),
)


def printed(layout: str) -> str:
    """Return the commands that are left on a new machine."""
    system = Layout(layout)
    situation = Situation(
        layout=system,
        root=system.root,
        accounts=(PLAN.web, PLAN.checker),
        folders=PLAN.owned,
        missing=tuple(one.root for one in PLAN.sites),
        sample=True,
        selinux=system is Layout.REDHAT,
    )
    lines = lines_of_steps(tuple(steps(PLAN, situation)))
    return "\n".join(one.strip() for one in lines).strip()


def site() -> str:
    """Return the virtual host that is written."""
    pieces = dict(httpd_files(PLAN, Layout.DEBIAN))
    text = pieces[Path("sites-available", f"{NAME}.conf")]
    return text.partition("\n")[2].strip()


@pytest.mark.parametrize("layout", list(Layout))
def test_the_commands_are_those_that_are_printed(layout: Layout) -> None:
    """Whoever reads them there finds them on the machine."""
    assert f"```sh\n{printed(layout)}\n```" in GUIDE


@pytest.mark.parametrize("text", [GUIDE, README], ids=["guide", "README"])
def test_the_virtual_host_is_the_one_that_is_written(text: str) -> None:
    """It is shown whole."""
    assert f"```apache\n{site()}\n```" in text


def test_each_group_of_the_doctor_is_described() -> None:
    """The table has one row for each."""
    table = GUIDE.partition("| group |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([a-zA-Z, ]+) \|", table, re.MULTILINE)

    assert [HEADINGS[one].lower() for one in Group] == [one.lower() for one in rows]


@pytest.mark.parametrize("level", list(Level))
def test_each_level_of_the_doctor_is_described(level: Level) -> None:
    """It is said what each means."""
    assert f"`{level}`" in GUIDE
