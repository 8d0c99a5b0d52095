"""Retired projects, and files that are not in the published tree."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mirrorsel.config import Settings
from mirrorsel.config.sections import AtticSettings
from mirrorsel.web.app import CLOSERS, Wsgi
from mirrorsel.web.folders import Folders
from tests.httpd.served import open_folder
from tests.web.asking import ask
from tests.web.sites import SETTINGS, MakeSite

CLOSER = CLOSERS[0]
_NOBODY = 65534


@pytest.fixture(scope="module", name="site")
def fixture_site(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Wsgi:
    """Return a site with a published tree and an attic."""
    folder = tmp_path_factory.mktemp("published")
    tree, attic = folder / "dist", folder / "attic"
    (tree / "httpd").mkdir(parents=True)
    (tree / "httpd" / "new.tgz").write_bytes(b"x")
    (folder / "secret").write_bytes(b"x")
    (tree / "away").symlink_to(folder / "secret")
    attic.mkdir()
    (attic / "harmony.html").write_bytes(b"x")
    return make_site(
        f'{SETTINGS}\n[tree]\nfolder = "{tree}"\n'
        f'[attic]\nfolder = "{attic}"\nprojects = ["jakarta"]\n'
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("httpd/new.tgz", True, id="file"),
        pytest.param("httpd/", True, id="folder"),
        pytest.param("", True, id="nothing"),
        pytest.param("httpd/old.tgz", False, id="missing"),
        pytest.param("away", False, id="a link out of it"),
        pytest.param("x" * 300, False, id="no name of a file"),
    ],
)
def test_in_dist(site: Wsgi, path: str, expected: object) -> None:
    """REQ-23: whether the target is in the tree, no link leading out of it."""
    assert ask(site, f"{CLOSER}?as_json=1&path={path}").json["in_dist"] is expected


def test_without_a_tree_all_is_published(app: Wsgi) -> None:
    """REQ-23: by default every target counts as published."""
    assert ask(app, f"{CLOSER}?as_json=1&path=a/b").json["in_dist"] is True


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda _: None, id="missing"),
        pytest.param(lambda path: path.touch(), id="a file"),
    ],
)
def test_a_tree_that_cannot_be_seen_takes_nothing_away(
    make_site: MakeSite, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    """Every file then counts as published."""
    make(tmp_path / "dist")
    site = make_site(f'{SETTINGS}\n[tree]\nfolder = "{tmp_path}/dist"\n')
    answer = ask(site, f"{CLOSER}?as_json=1&path=a/b").json

    assert answer["in_dist"] is True


def test_a_folder_is_told_when_it_goes_and_when_it_comes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """However often it is looked at, each is told once."""
    caplog.set_level(logging.INFO)
    attic = tmp_path / "attic"
    settings = Settings(folder=tmp_path, attic=AtticSettings(folder="attic"))
    folders = Folders()

    for _ in range(3):
        folders.look(settings)
    attic.mkdir()
    for _ in range(3):
        folders.look(settings)

    levels = [record.levelname for record in caplog.records]
    assert ["ERROR", "INFO"] == levels
    assert f"{attic}: the folder that `attic.folder` names" in caplog.messages[0]
    assert "No such file or directory" in caplog.messages[0]


def test_what_the_account_may_not_enter_is_a_fault() -> None:
    """A folder that can be seen but not entered hides what is in it."""
    with open_folder() as folder:
        (folder / "closed").mkdir(mode=0)
        asked = f"{folder}/closed"
        code = (
            "from pathlib import Path;"
            " from mirrorsel.web.published import fault_of, is_missing;"
            f" print(fault_of(Path('{asked}')), is_missing(Path('{asked}/x')))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code],
            user=_NOBODY if os.geteuid() == 0 else None,
            cwd="/",
            capture_output=True,
            text=True,
            check=True,
        )
        (folder / "closed").rmdir()

    assert "Permission denied False\n" == run.stdout


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("harmony/x", True, id="by its page"),
        pytest.param("jakarta", True, id="by the settings"),
        pytest.param("httpd/x", False, id="alive"),
        pytest.param("Harmony/x", False, id="no name of a project"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_in_attic(site: Wsgi, path: str, expected: object) -> None:
    """REQ-21: whether the first segment is a retired project."""
    assert ask(site, f"{CLOSER}?as_json=1&path={path}").json["in_attic"] is expected


@pytest.mark.parametrize("project", ["harmony", "jakarta"])
def test_retired_projects_are_in_the_attic(site: Wsgi, project: str) -> None:
    """REQ-21, REQ-90: the visitor is sent to the project's page there."""
    answer = ask(site, f"{CLOSER}/{project}/x.tgz")

    assert answer.status == 302
    assert answer.location == f"https://attic.apache.org/projects/{project}.html"


@pytest.mark.parametrize("aware", ["", "&archive_aware=1"])
def test_what_is_not_published_may_be_archived(site: Wsgi, aware: str) -> None:
    """REQ-22, REQ-90: the page points to the archive, whether asked to or not."""
    answer = ask(site, f"{CLOSER}?path=httpd/o%3Cl%22d.tgz{aware}")
    url = "https://archive.apache.org/dist/httpd/o%3Cl%22d.tgz"

    assert answer.status == 200
    assert f'<a rel="nofollow" href="{url}">{url}</a>' in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("action=download", 302, id="action"),
        pytest.param("as_json=1", 200, id="JSON"),
        pytest.param("preferred=true", 200, id="base"),
    ],
)
def test_parameters_come_before_the_attic(site: Wsgi, query: str, status: int) -> None:
    """REQ-17: nothing is looked up for a redirect, and programs are not sent away."""
    answer = ask(site, f"{CLOSER}/harmony/x?{query}")

    assert answer.status == status
    assert "attic.apache.org" not in answer.location


def test_what_is_missing_is_redirected_all_the_same(site: Wsgi) -> None:
    """HR-10, REQ-17: clients act on the mirror's own 404."""
    answer = ask(site, f"{CLOSER}?action=download&filename=httpd/old.tgz")

    assert answer.status == 302
    assert answer.location.endswith(".example/apache/httpd/old.tgz")


def test_a_mirror_without_a_stamp_is_fresh(make_site: MakeSite) -> None:
    """REQ-71: an address in the place of the stamp says nothing of its age."""
    site = make_site(
        listed="# date : Mon Nov 23 12:00:00 2026 [UTC]\n"
        "http fr https://old.example/ 1000000000\n"
        "http fr https://new.example/ admin@new.example\n",
        health=None,
    )

    answer = ask(site, f"{CLOSER}?as_json=1&cca2=fr")

    assert answer.json["http"] == ["https://new.example/"]
