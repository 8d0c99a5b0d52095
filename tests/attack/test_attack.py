"""The intrusion at apache.org of August 2009, replayed with a real httpd and rsync."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.audit import command as audit
from tests.attack.forms import NEGOTIATED, Form, forms
from tests.attack.hosts import LEFT_OVER, under_ours, under_the_old
from tests.attack.planted import (
    BESIDE,
    HTACCESS,
    PROOF,
    Site,
    make_site,
    plant,
    publish,
)
from tests.httpd.served import Answer, Served, open_folder, serving

pytestmark = pytest.mark.httpd

PAGE = '<a href="https://mirror.example.de/apache/x">x</a>\n'


@pytest.fixture(scope="module")
def attacked() -> Iterator[Site]:
    """Make a site into which rsync has carried the intruders' files."""
    with open_folder() as folder:
        site = make_site(folder)
        plant(site)
        publish(site)
        yield site


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("", id="as shipped"),
        pytest.param(LEFT_OVER, id="with what is left over of the old"),
    ],
)
def served(attacked: Site, request: pytest.FixtureRequest) -> Iterator[Served]:
    """Serve it under the shipped configuration."""
    with serving(under_ours(attacked, request.param)) as running:
        yield running


@pytest.fixture(scope="module")
def old(attacked: Site) -> Iterator[Served]:
    """Serve it under CGI."""
    with serving(under_the_old(attacked)) as running:
        yield running


def ask(served: Served, host: str, form: Form) -> Answer:
    """Send a request to a virtual host, with a form as a browser would post it."""
    headers = {"Host": f"{host}.example", "Content-Length": "0", **NEGOTIATED}
    return served.ask(form.path, form.method, headers=headers)


def test_nothing_planted_is_executed(served: Served, attacked: Site) -> None:
    """No URL form by any method runs a planted file, or reads beside the root."""
    before = listing(attacked)
    harmed = [
        (form, why)
        for host in ("one", "two")
        for form in forms()
        if (why := harm(attacked, ask(served, host, form)))
    ]

    assert harmed == []
    assert before == listing(attacked)


def harm(site: Site, answer: Answer) -> str | None:
    """Return what an answer betrays of harm that was done."""
    if site.ran():
        return "it ran"
    if PROOF in answer.text:
        return "its output was sent"
    # A script's own text may be sent, and so may the name of the file.
    if BESIDE in answer.text:
        return "what lies beside was sent"
    return "an internal error" if answer.status == 500 else None


def listing(site: Site) -> list[Path]:
    """Return all files of the document roots."""
    return sorted(
        path for name in site.names for path in site.documents(name).rglob("*")
    )


@pytest.mark.parametrize("host", ["one", "two", "three"])
def test_download_pages_go_on(served: Served, host: str) -> None:
    """Every virtual host shows its page, with a mirror."""
    answer = ask(served, host, Form("GET", "/download.cgi"))

    assert (answer.status, answer.text) == (200, PAGE)


def test_a_post_is_told_what_is_allowed(served: Served) -> None:
    """The way in of 2009 is closed at every page (RFC 9110, section 15.5.6)."""
    answer = ask(served, "one", Form("POST", "/download.cgi"))

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_audit_names_what_was_planted(served: Served, attacked: Site) -> None:
    """It tells the scripts and the .htaccess files of every virtual host."""
    config = str(served.httpd.layout.configuration)
    result = CliRunner().invoke(audit, ["--config", config, "--json"])
    found = {
        (one["code"], one["file"])
        for server in json.loads(result.stdout)["servers"]
        for one in server["findings"]
    }
    planted = {
        (code, str(attacked.documents(host) / "dropped" / name))
        for host in attacked.names
        for code, name in (
            ("script", "shell.cgi"),
            ("script", "shell.sh"),
            ("script", "extensionless"),
            *(("htaccess-ignored", f"{folder}/.htaccess") for folder in _ASKING),
        )
    }

    assert planted <= found
    assert {code for code, _ in found} & {"runs", "handler", "exec-cgi"} == set()


_ASKING = sorted(set(HTACCESS) - {"index", "errors", "php", "dav"})
"""The folders whose .htaccess asks for what could execute, with modules that exist."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/dropped/shell.cgi", id="plainly"),
        pytest.param("/dropped/shell.cgi/more", id="path info"),
        pytest.param("/dropped/shell%2ecgi", id="encoded dot"),
        pytest.param("/dropped/shell.cgi.html", id="double extension"),
        pytest.param("//dropped//shell.cgi", id="double slashes"),
        pytest.param("/dropped/handler/shell.txt", id="SetHandler"),
        pytest.param("/dropped/rewrite/extensionless", id="RewriteRule"),
        pytest.param("/dropped/index/", id="DirectoryIndex"),
        pytest.param("/dropped/errors/nothing", id="ErrorDocument"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_under_the_old_configuration_it_ran(
    old: Served, attacked: Site, method: str, path: str
) -> None:
    """The same files and requests do harm under CGI: these tests can fail."""
    answer = ask(old, "one", Form(method, path))

    assert attacked.ran()
    assert PROOF in answer.text
    assert BESIDE in answer.text


@pytest.mark.parametrize("name", ["secret.html", "outside/secret.txt"])
def test_under_the_old_configuration_links_led_out(old: Served, name: str) -> None:
    """The planted links are followed where anybody's are, if rsync carried them."""
    answer = ask(old, "one", Form("GET", f"/dropped/{name}"))
    carried = os.geteuid() == 0

    assert carried is (answer.text == BESIDE)
