"""docs/migrating-from-cgi.md, tried step by step on a site under the old scheme."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.cli.audit import command as audit
from tests.httpd.served import Answer, Order, Served, open_folder, serving
from tests.migration.oldsite import GUIDE, LIST, MIRROR, OTHER, block, make_old_site

pytestmark = pytest.mark.httpd

CGI = "ScriptSock cgid.sock\n"
PAGE = f'<a href="{MIRROR}x.tgz">x</a>\n'
STEPS = ("before", "rewriting moved", "a line in each", "CGI gone", "wrappers gone")


def configuration(step: str, folder: Path) -> Order:
    """Return the site as the guide has it after a step."""
    at = STEPS.index(step)
    hosts = block("4.", folder) if at > 1 else block("What there is", folder, nth=1)
    if at == 1:
        line = block("3.", folder)
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


def test_rewriting_is_the_same_after_each_step(site: tuple[Served, Path]) -> None:
    """It is moved before the step after which rules in .htaccess do not count."""
    answers = [ask(site[0], "two", f"/download_x{end}") for end in (".html", "")]
    targets = {
        one.headers.get("location", "").partition("/download")[2] for one in answers
    }

    assert [302, 302] == [one.status for one in answers]
    assert targets == {"_x.cgi"}
    assert ask(site[0], "two", "/download_x.cgi").text == PAGE


@pytest.mark.parametrize(
    ("step", "word"),
    [
        pytest.param("before", "will be ignored", id="foretold"),
        pytest.param("a line in each", "the line is ignored", id="ignored"),
    ],
    indirect=["step"],
)
def test_the_audit_names_the_lines_that_must_move(
    site: tuple[Served, Path], word: str
) -> None:
    """What is lost with the switch is told before it, and after it."""
    config = str(site[0].httpd.layout.configuration)
    result = CliRunner().invoke(audit, ["--config", config])
    file = site[1] / "www" / "two" / ".htaccess"
    told = [line for line in result.output.splitlines() if str(file) in line]

    assert [
        f"{file}:{number}: note htaccess-dropped" in told[at] and word in told[at]
        for at, number in enumerate((2, 3))
    ] == [True, True]
    assert f"{file}:1:" not in result.output


def test_the_guide_names_commands_that_exist() -> None:
    """Each is one of the program where the README installs it."""
    text = GUIDE.read_text(encoding="utf-8")
    named = re.findall(r"(\S*)mirrorsel ([a-z]+(?:-[a-z]+)*)(?= [-/])", text)

    assert {"audit", "lint-pages"} == {verb for _, verb in named}
    assert {"/opt/mirrorsel/bin/"} == {path.strip("`") for path, _ in named}


def test_scripts_run_only_before(site: tuple[Served, Path], step: str) -> None:
    """From the line in each virtual host on the old script is never started again."""
    answer = ask(site[0], "one", "/download.cgi", "POST")
    marks = list((site[1] / "marks").iterdir())

    old = step in {"before", "rewriting moved"}

    assert bool(marks) is old
    assert answer.status == (200 if old else 405)


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
