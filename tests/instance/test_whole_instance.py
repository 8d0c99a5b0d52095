"""An instance from nothing to its first answer, as an administrator makes it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.audit import command as audit
from mirrorsel.cli.doctor import command as doctor
from mirrorsel.cli.init import command as init
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.instance.layout import Layout
from mirrorsel.state import StateFolder, read_snapshot
from tests.httpd.served import open_folder
from tests.instance.harms import usual
from tests.instance.trees import Tree, make_tree, running
from tests.loopback import Loopback, stamped
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

HOST = "downloads.example.org"
MORE = """
[health]
rise = 1
[checker]
period = "1s"
private_addresses = true
samples = []
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An instance that answers."""

    tree: Tree
    folder: Path
    mirror: Loopback


@pytest.fixture(scope="module", params=list(Layout))
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """Make an instance in each layout, run the commands that are printed, and start."""
    with (
        open_folder() as base,
        Loopback(stamped(), host="127.0.0.1") as origin,
        Loopback(stamped(), host="127.0.0.2") as mirror,
    ):
        tree = make_tree(request.param, base / "etc")
        listed = base / "given.list"
        listed.write_text(f"http de {mirror.url}\n")
        documents = base / "my documents"
        folder = base / "mirrorsel"
        arguments = [
            *(str(folder), "--yes", "--json", "--checker", "httpd"),
            *("--layout", tree.layout.value, "--server-root", str(tree.root)),
            *("--origin", origin.url, "--list", str(listed)),
            *("--server-name", HOST, "--document-root", str(documents)),
            *accounts(),
        ]
        result = CliRunner().invoke(init, arguments)
        assert result.exit_code == 0, result.output
        tree.run(linking(result.stdout))
        publish(documents)
        prepare(tree, folder)
        with running(tree):
            yield Site(tree=tree, folder=folder, mirror=mirror)


def accounts() -> tuple[str, ...]:
    """Return the options that name accounts of this machine."""
    chosen = choose_accounts()
    return "--user", chosen.web.user, "--checker-user", chosen.checker.user


def linking(document: str) -> list[list[str]]:
    """Return the commands that are for files, and not for a running system."""
    steps = json.loads(document)["steps"]
    commands = [one for step in steps for one in step["commands"]]
    others = {"apachectl", "httpd", "systemctl"}
    return [
        one
        for one in commands
        if not others & set(one)
        and "doctor" not in one
        and "/etc/systemd/system/" not in one
    ]


def publish(documents: Path) -> None:
    """Put a page there."""
    (documents / "download.html").write_text("from [preferred]\n")
    (documents / "run.cgi").write_text("#!/bin/sh\n")


def prepare(tree: Tree, folder: Path) -> None:
    """Change what an administrator of such a small network would change."""
    settings = folder / "mirrorsel.toml"
    settings.write_text(settings.read_text() + MORE)
    for piece in (folder / "httpd" / tree.layout).rglob(f"*{HOST}*"):
        piece.write_text(piece.read_text().replace("*:80", f"*:{tree.port}"))


def test_it_redirects(site: Site) -> None:
    """A file comes from the mirror of the list that was taken over."""
    status, location, _ = site.tree.get("/get/x.tar.gz", HOST)

    assert (status, location) == (302, f"{site.mirror.url}x.tar.gz")


def test_it_shows_pages(site: Site) -> None:
    """A page of the document root is made from the .html beside it."""
    assert site.tree.get("/download.cgi", HOST) == (
        200,
        "",
        f"from {site.mirror.url}\n",
    )


def test_its_checker_runs(site: Site) -> None:
    """The mirror is probed, and what was seen is written by its account."""
    state = StateFolder(site.folder / "state")

    assert eventually(state.snapshot.exists)
    assert set(read_snapshot(state.snapshot).health) <= {site.mirror.url}
    assert state.snapshot.stat().st_uid == choose_accounts().checker.uid


@pytest.mark.skipif(os.geteuid() != 0, reason="else httpd may write what is ours")
def test_the_audit_is_content(site: Site) -> None:
    """Nothing in the document root can run."""
    where = site.tree.root if site.tree.layout is Layout.DEBIAN else site.tree.file
    result = CliRunner().invoke(audit, ["--config", str(where)])

    assert result.exit_code == 0, result.output


def test_the_doctor_finds_nothing(site: Site) -> None:
    """Once a cycle was done, all is well."""
    published = StateFolder(site.folder / "state").published_list

    assert eventually(published.exists)

    config = ("--config", str(site.folder / "mirrorsel.toml"))
    where = site.tree.root if site.tree.layout is Layout.DEBIAN else site.tree.file
    result = CliRunner().invoke(
        doctor, [*config, "--httpd-config", str(where), "--json"]
    )
    found = json.loads(result.stdout)["findings"]

    assert result.exit_code == 0
    assert {"ok"} == {one["level"] for one in found if one["code"] not in usual()}
