"""docs/migrating-from-cgi.md, tried step by step on a site under the old scheme."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.audit import command as audit
from tests.httpd.served import Answer, Order, Served, open_folder, serving
from tests.migration.oldsite import LIST, MIRROR, OTHER, block, make_old_site

pytestmark = pytest.mark.httpd

CGI = "ScriptSock cgid.sock\n"
PAGE = f'<a href="{MIRROR}x.tgz">x</a>\n'
STEPS = ("before", "a line in each", "rewriting moved", "CGI gone", "wrappers gone")


def configuration(step: str, folder: Path) -> Order:
    """Return the site as the guide has it after a step."""
    at = STEPS.index(step)
    hosts = block("3.", folder) if at else block("What there is", folder, nth=1)
    if at > 1:
        line = block("4.", folder)
        mark = f'DocumentRoot "{folder}/www/two"\n'
        hosts = hosts.replace(mark, mark + line, 1)
    server = block("5." if at > 2 else "What there is", folder)
    modules = ("mime", "rewrite", *(() if at > 2 else ("cgid",)))
    extra = "TypesConfig /dev/null\n" + ("" if at > 2 else CGI) + server + hosts
    return Order(mirrors=LIST, modules=modules, extra=extra)


def publish(served: Served) -> None:
    """Leave a list there as the checker does, under its account."""
    file = served.home.state / "published" / "mirrors.list"
    checker = served.httpd.options.accounts.checker
    for path in (file.parent, file):
        if path is file:
            path.write_text(LIST)
        else:
            path.mkdir()
        os.chown(path, checker.uid, checker.gid)


@pytest.fixture(scope="module", params=STEPS)
def step(request: pytest.FixtureRequest) -> str:
    """Take every step, and what was before, by itself."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(step: str) -> Iterator[tuple[Served, Path]]:
    """Serve a site after a step."""
    with ExitStack() as stack:
        made = stack.enter_context(open_folder())
        make_old_site(made)
        if step == STEPS[-1]:
            remove = block("6.", made, language="sh")
            subprocess.run(["sh", "-euc", remove], check=True)
        served = stack.enter_context(serving(configuration(step, made)))
        publish(served)
        yield served, made


def ask(served: Served, host: str, path: str, method: str = "GET") -> Answer:
    """Send a request to a virtual host."""
    return served.ask(path, method, headers={"Host": f"{host}.example.org"})


@pytest.mark.parametrize(
    ("host", "path", "kind", "text"),
    [
        pytest.param("one", "/download.cgi", "text/html", PAGE, id="a page"),
        pytest.param("two", "/", "text/html", PAGE, id="DirectoryIndex index.cgi"),
        pytest.param("two", "/index.cgi", "text/html", PAGE, id="an index page"),
        pytest.param("three", "/sub/download.cgi", "text/html", PAGE, id="below"),
        pytest.param(
            "three",
            "/update--xml.cgi",
            "text/xml",
            f"<mirror url='{MIRROR}update/'/>\n",
            id="a page in XML",
        ),
        pytest.param(
            "three",
            "/update--xml.html",
            "text/xml",
            f"<mirror url='{MIRROR}update/'/>\n",
            id="rewritten by the virtual host",
        ),
        pytest.param(
            "one",
            f"/download.cgi?Preferred={OTHER}",
            "text/html",
            PAGE.replace(MIRROR, OTHER),
            id="an old link",
        ),
    ],
)
def test_pages_are_the_same_after_each_step(
    site: tuple[Served, Path], host: str, path: str, kind: str, text: str
) -> None:
    """The old script made them before, mirrorsel makes them after."""
    answer = ask(site[0], host, path)

    assert (200, kind, text) == (
        answer.status,
        answer.headers["content-type"],
        answer.text,
    )


@pytest.mark.parametrize(
    ("host", "path", "status", "target"),
    [
        pytest.param("one", "/download.html", 301, "/download.cgi", id="Redirect"),
        pytest.param(
            "three",
            "/sub/download.html",
            301,
            "/sub/download.cgi",
            id="RedirectMatch",
        ),
    ],
)
def test_redirects_are_the_same_after_each_step(
    site: tuple[Served, Path], host: str, path: str, status: int, target: str
) -> None:
    """Those of .htaccess go on working."""
    answer = ask(site[0], host, path)

    assert answer.status == status
    assert answer.headers["location"].endswith(f".example.org{target}")


def test_rewriting_works_again_once_it_is_moved(
    site: tuple[Served, Path], step: str
) -> None:
    """Between the two steps the address is a plain file."""
    answers = [ask(site[0], "two", f"/download_x{end}") for end in (".html", "")]
    expected = [200, 404] if step == "a line in each" else [302, 302]

    assert expected == [one.status for one in answers]
    assert ask(site[0], "two", "/download_x.cgi").text == PAGE


def test_scripts_run_only_before(site: tuple[Served, Path], step: str) -> None:
    """From the first step on the old script is never started again."""
    answer = ask(site[0], "one", "/download.cgi", "POST")
    marks = list((site[1] / "marks").iterdir())

    assert bool(marks) is (step == "before")
    assert answer.status == (200 if step == "before" else 405)


@pytest.mark.parametrize(
    ("step", "code"),
    [pytest.param("before", 1, id="before"), pytest.param("CGI gone", 0, id="after")],
    indirect=["step"],
)
def test_the_audit_is_content_when_cgi_is_gone(
    site: tuple[Served, Path], code: int
) -> None:
    """There are findings before the first step, and none when CGI is gone."""
    config = str(site[0].httpd.layout.configuration)
    result = CliRunner().invoke(audit, ["--config", config])

    assert code == result.exit_code, result.output


@pytest.mark.parametrize("step", ["CGI gone"], indirect=True)
def test_the_audit_has_nothing_against_what_is_shipped(
    site: tuple[Served, Path],
) -> None:
    """What is told at the end is about the site's own files and directives."""
    config = str(site[0].httpd.layout.configuration)
    result = CliRunner().invoke(audit, ["--config", config])

    assert "mirrorsel.conf" not in result.output
