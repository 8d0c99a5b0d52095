"""Download pages under a real httpd: who answers, and who may have what."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.httpd.served import Answer, Order, Serve, Served, open_folder
from tests.httpd.test_whole_system import private_memory

pytestmark = pytest.mark.httpd

BASE = "https://mirror.example.de/apache/"
SCRIPT = "#!/bin/sh\necho; echo executed\n"
HTACCESS = """\
Options +ExecCGI
SetHandler cgi-script
Redirect permanent /redirected.html /redirected.cgi
RedirectMatch permanent ^/(.*)/matched.html$ /$1/matched.cgi
"""

FILES = {
    ".htaccess": HTACCESS,
    "download.html": "page [preferred]x [location] [path_info]",
    "download.cgi": SCRIPT,
    "loud.CGI": SCRIPT,
    "mirrors--xml.html": '<?xml version="1.0"?><m>[preferred]</m>',
    "redirected.html": "redirected",
    "sub/matched.html": "matched",
    "index/.htaccess": "DirectoryIndex index.cgi\n",
    "index/index.html": "index [location]",
    "odd.cgi/secret.html": "secret",
    "100%25/x.html": "escaped",
    "secret.html": "secret",
    "located.html": "located",
    "found/index.html": "located",
    "found/.htaccess": "DirectoryIndex index.cgi\n",
    "private/report.html": "private",
    "locked/page.html": "locked [preferred]",
    "locked/index.html": "locked [location]",
    "locked/.htaccess": "DirectoryIndex index.cgi\n",
    "locked/secret.html": "secret",
    "named.html": "named",
    "cgi-bin/x.html": "here",
    "cgi-bin/.htaccess": "DirectoryIndex index.cgi\n",
    "content/moved.html": "moved",
    "content/secret.html": "secret",
    "content/closed/report.html": "secret",
    "cgi-bin/closed/x.txt": "text",
    "content/index.html": "secret",
    "deep/cgi-bin/cgi-bin/x.txt": "text",
    "deep/content/content/secret.html": "secret",
    "deep/content/content/moved.html": "secret",
    "plain.txt": "text",
}

ACCESS = """
<Directory "{root}">
    Require all granted
    <Files "secret.html">
        Require all denied
    </Files>
</Directory>
<Directory "{root}/private">
    Require all denied
</Directory>
<Location "/located.html">
    Require all denied
</Location>
<Location "/found/index.html">
    Require all denied
</Location>
<Location "/content/index.html">
    Require all denied
</Location>
<Directory "{root}/content/closed">
    Require all denied
</Directory>
<Files "named.html">
    AuthType Basic
    AuthName named
    AuthUserFile "{root}/users"
    Require valid-user
</Files>
<Directory "{root}/locked">
    AuthType Basic
    AuthName locked
    AuthUserFile "{root}/users"
    Require valid-user
</Directory>
RewriteEngine On
RewriteRule "^/shortcut/(.*)$" "/cgi-bin/$1.cgi"
Use MirrorselDocumentRoot "{root}"
"""
# The password is "x".
USERS = "user:{SHA}EfatjsUqKYSrqv18O1FlA3hcIHI=\n"
CREDENTIALS = {"Authorization": "Basic dXNlcjp4"}
MODULES = ("cgid", "authn_core", "auth_basic", "authn_file", "authz_user", "rewrite")


def vhost(name: str, root: Path, more: str = "") -> str:
    """Return a virtual host whose document root holds pages."""
    return (
        f'<VirtualHost *>\nServerName {name}\nDocumentRoot "{root}"\n'
        f"Use MirrorselVhost\n{more}\n</VirtualHost>\n"
    )


def publish(folder: Path, name: str, text: str) -> None:
    """Write a file that every account can read and, if it could, run."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)


@pytest.fixture(scope="module", name="root")
def fixture_root() -> Iterator[Path]:
    """Return a document root with pages, wrappers and places that are closed."""
    with open_folder() as folder:
        for name, text in (FILES | {"users": USERS}).items():
            publish(folder, name, text)
        yield folder


@pytest.fixture(scope="module", name="site")
def fixture_site(serve: Serve, root: Path) -> Served:
    """Return an httpd with several virtual hosts on the same document root."""
    access = ACCESS.format(root=root)
    hosts = [vhost(f"v{number}.example", root, access) for number in range(3)]
    return serve(Order(modules=MODULES, extra="".join(hosts)))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("/download.cgi", f"page {BASE}x /download.cgi ", id="page"),
        pytest.param(
            "/download.cgi/a/b", f"page {BASE}x /download.cgi a/b", id="path info"
        ),
        pytest.param("/download.cgi/", f"page {BASE}x /download.cgi ", id="slash"),
        pytest.param("//download.cgi", f"page {BASE}x /download.cgi ", id="slashes"),
        pytest.param("/x/../download.cgi", f"page {BASE}x /download.cgi ", id="parent"),
        pytest.param(
            "/download%2ecgi", f"page {BASE}x /download.cgi ", id="encoded dot"
        ),
        pytest.param("/download.cgi?preferred=true", BASE, id="parameter"),
        pytest.param("/index/", "index /index/index.cgi", id="folder"),
        pytest.param("/index/index.cgi", "index /index/index.cgi", id="index"),
        pytest.param("/100%2525/x.cgi", "escaped", id="percent"),
        pytest.param("/redirected.cgi", "redirected", id="no loop"),
        pytest.param("/sub/matched.cgi", "matched", id="no loop either"),
        pytest.param("/cgi-bin/x.cgi", "here", id="cgi-bin"),
        pytest.param("/cgi-bin/moved.cgi", "moved", id="content"),
        pytest.param("/cgi-bin/moved.cgi/a/b", "moved", id="content with path info"),
    ],
)
def test_pages(site: Served, url: str, expected: str) -> None:
    """REQ-8, REQ-40, REQ-46, REQ-49: a page answers, whether a .cgi exists or not."""
    answer = site.ask(url)

    assert (200, expected) == (answer.status, answer.text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("/download.cgi", "text/html", id="HTML"),
        pytest.param("/mirrors--xml.cgi", "text/xml", id="XML"),
    ],
)
def test_types(site: Served, url: str, expected: str) -> None:
    """REQ-43: httpd adds no character set either."""
    assert expected == site.ask(url).headers["content-type"]


@pytest.mark.parametrize(
    "url",
    [
        "/secret.cgi",
        "/secret.cgi/x",
        "/secret.cgi/",
        "//secret.cgi",
        "/x/../secret.cgi",
        "/secret%2ecgi",
        "/secret.cgi/x.cgi",
        "/secret.cgi/x.cgi%23",
        "/secret.cgi%3f/download.cgi/../../secret.cgi",
        "/secret.cgi?x=/download.cgi",
        "/odd.cgi/secret.cgi",
        "/private/report.cgi",
        "/private/none.cgi",
        "/private/index.cgi",
        "/located.cgi",
        "/located.cgi/x",
        "/found/index.cgi",
        "/found/index.cgi/x",
        "/found/%69ndex.cgi",
        "/found/",
        "/named.cgi",
        "/cgi-bin/secret.cgi",
        "/cgi-bin/secret.cgi/cgi-bin/x.cgi",
        "/cgi-bin/closed/report.cgi",
        "/cgi-bin/closed/report.cgi/x",
        "/cgi-bin/index.cgi",
        "/cgi-bin/",
        "/shortcut/secret",
        "/shortcut/closed/report",
    ],
)
def test_what_is_refused_as_html_is_refused(site: Served, url: str) -> None:
    """REQ-48: by rules of folders, files and URLs, however the URL is written."""
    assert site.ask(url).status == 403


@pytest.mark.parametrize(
    "url",
    [
        "/secret.html.cgi",
        "/located.html.cgi",
        "/named.html.cgi",
        "/found/index.html.cgi",
        "/deep/cgi-bin/cgi-bin/moved.cgi",
        "/shortcut/named.html",
    ],
)
def test_only_what_httpd_was_asked_for_is_read(site: Served, url: str) -> None:
    """REQ-48: a second ending, or another folder, leads to no other file."""
    assert "Suggested for you" in site.ask(url).text


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("/locked/page.html", "locked [preferred]", id="file"),
        pytest.param("/locked/page.cgi", f"locked {BASE}", id="page"),
        pytest.param("/locked/page.cgi/x", f"locked {BASE}", id="path info"),
        pytest.param("/locked/", "locked /locked/index.cgi", id="folder"),
        pytest.param("/locked/index.cgi", "locked /locked/index.cgi", id="index"),
    ],
)
def test_passwords_are_asked_for(site: Served, url: str, expected: str) -> None:
    """REQ-48: a page behind a password can be had, by those alone who know it."""
    strangers = [
        site.ask(url),
        site.ask(url, headers={"Authorization": "Basic dXNlcjp5"}),
    ]
    answer = site.ask(url, headers=CREDENTIALS)

    assert (200, expected) == (answer.status, answer.text)
    for stranger in strangers:
        assert stranger.status == 401
        assert stranger.headers["www-authenticate"] == 'Basic realm="locked"'


def test_a_password_does_not_open_what_is_closed(site: Served) -> None:
    """REQ-48: who may enter the folder still cannot have a file that nobody may."""
    urls = ("/locked/secret.html", "/locked/secret.cgi")
    asked = [site.ask(url, headers=CREDENTIALS) for url in urls]

    assert [403, 403] == [one.status for one in asked]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("/redirected.html", "/redirected.cgi", id="Redirect"),
        pytest.param("/sub/matched.html", "/sub/matched.cgi", id="RedirectMatch"),
    ],
)
def test_redirects_to_pages(site: Served, url: str, expected: str) -> None:
    """REQ-49: what .htaccess files say of pages goes on."""
    answer = site.ask(url)

    assert answer.status == 301
    assert answer.headers["location"].endswith(expected)


@pytest.mark.parametrize(
    ("url", "status"),
    [
        pytest.param("/download.cgi", 200, id="wrapper"),
        pytest.param("/loud.CGI", 404, id="capital letters"),
        pytest.param("/download.cgi.", 404, id="trailing dot"),
        pytest.param("/plain.txt", 200, id="text"),
    ],
)
def test_nothing_runs_and_no_wrapper_is_shown(
    site: Served, url: str, status: int
) -> None:
    """REQ-1, REQ-2, REQ-49: whatever a .htaccess asks for."""
    answer = site.ask(url)

    assert status == answer.status
    assert "executed" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods(site: Served, method: str) -> None:
    """REQ-6: 405, so that nothing can be sent to a page."""
    assert site.ask("/download.cgi", method).status == 405


def test_a_missing_page_is_the_default_one(site: Served) -> None:
    """REQ-42: with status 200, and the policy that the page needs."""
    answer = site.ask("/none.cgi")

    assert (200, True) == (answer.status, "<h1>Download mirrors</h1>" in answer.text)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_page_whose_link_leads_out(site: Served, root: Path) -> None:
    """REQ-48: the same as if there were no page."""
    (root / "out.html").symlink_to("/etc/hostname")

    answer = site.ask("/out.cgi")

    assert "Download mirrors" in answer.text or answer.status == 403
    assert Path("/etc/hostname").read_text() not in answer.text


def test_changes_show(site: Served, root: Path) -> None:
    """REQ-61: without a restart, at the next request."""
    publish(root, "changing.html", "old")
    before = site.ask("/changing.cgi").text
    publish(root, "changing.html", "changed")

    assert ("old", "changed") == (before, site.ask("/changing.cgi").text)


def test_made_up_pages_take_no_memory(site: Served) -> None:
    """A thousand made-up pages of several hosts leave the processes as they were."""
    _make_up(site, "warm", 200)
    before = private_memory(site)
    _make_up(site, "made-up", 1000)

    assert before > 10 * 2**20
    assert private_memory(site) - before < 3 * 2**20


def _make_up(site: Served, name: str, count: int) -> None:
    for number in range(count):
        host = {"Host": f"v{number % 3}.example"}
        site.ask(f"/{name}-{number}.cgi", headers=host)


REWRITING = """\
RewriteEngine On
RewriteRule ^download_x(\\.html)?$ /download.cgi [R]
RewriteRule ^download-sources.html$ download.cgi [L]
"""


@pytest.mark.parametrize(
    ("macro", "url", "expected"),
    [
        pytest.param("", "/download_x", (404, ""), id="redirect, not allowed"),
        pytest.param("", "/download-sources.html", (404, ""), id="not allowed"),
        pytest.param("Use MirrorselRewriting", "/download_x", (302, ""), id="redirect"),
        pytest.param(
            "Use MirrorselRewriting", "/download-sources.html", (200, BASE), id="inner"
        ),
    ],
)
def test_rewriting(
    serve: Serve, macro: str, url: str, expected: tuple[int, str]
) -> None:
    """REQ-49: rules of .htaccess files count with the second macro only."""
    with open_folder() as root:
        publish(root, ".htaccess", REWRITING)
        publish(root, "download.html", "[preferred]")
        granted = f'<Directory "{root}">\nRequire all granted\n</Directory>\n'
        more = f'{granted}Use MirrorselDocumentRoot "{root}"\n'
        if macro:
            more += f'{macro} "{root}"\n'
        served = serve(Order(modules=MODULES, extra=vhost("v.example", root, more)))
        answer: Answer = served.ask(url)

    assert expected[0] == answer.status
    assert answer.text == expected[1] or answer.status != 200


REWRITTEN = {
    "page.html": "page [preferred] [location]",
    "secret.html": "secret",
    "located.html": "located",
    "sub/index.html": "index [preferred]",
}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("/page.html", (200, f"page {BASE} /page.html"), id="rewritten"),
        pytest.param("/page.cgi", (200, f"page {BASE} /page.cgi"), id="as such"),
        pytest.param("/sub/index.html", (200, f"index {BASE}"), id="an index page"),
        pytest.param("/short", (200, f"page {BASE} /short"), id="a short name"),
        pytest.param("/secret.html", (403, ""), id="a closed file"),
        pytest.param("/secret.cgi", (403, ""), id="the page of a closed file"),
        pytest.param("/hidden", (403, ""), id="a closed file by another name"),
        pytest.param("/located.html", (403, ""), id="a closed URL"),
        pytest.param("/located.cgi", (403, ""), id="the page of a closed URL"),
    ],
)
def test_rewriting_to_pages(serve: Serve, url: str, expected: tuple[int, str]) -> None:
    """REQ-48, REQ-49: a virtual host may go on rewriting, and what is closed stays."""
    with open_folder() as root:
        for name, text in REWRITTEN.items():
            publish(root, name, text)
        more = (
            f'<Directory "{root}">\nRequire all granted\n</Directory>\n'
            f'Use MirrorselDocumentRoot "{root}"\n'
            '<Files "secret.html">\nRequire all denied\n</Files>\n'
            '<Location "/located.html">\nRequire all denied\n</Location>\n'
            "RewriteEngine On\nRewriteRule ^/short$ /page.cgi\n"
            "RewriteRule ^/hidden$ /secret.cgi\nRewriteRule ^/(.*)\\.html$ /$1.cgi\n"
        )
        served = serve(Order(modules=MODULES, extra=vhost("v.example", root, more)))
        answer = served.ask(url)

    assert expected[0] == answer.status
    assert answer.text == expected[1] or answer.status != 200


def test_names_are_those_that_httpd_has_checked(serve: Serve) -> None:
    """A name beyond ASCII is read as httpd reads it, and no other file for it."""
    with open_folder() as root:
        (root / "é.html").write_text("secret")
        more = (
            f'<Directory "{root}">\nRequire all granted\n</Directory>\n'
            f'Use MirrorselDocumentRoot "{root}"\n'
            '<Files "é.html">\nRequire all denied\n</Files>'
        )
        served = serve(Order(modules=MODULES, extra=vhost("v.example", root, more)))
        asked = [
            served.ask(path)
            for path in (
                "/%C3%A9.cgi",
                "/%C3%83%C2%A9.cgi",
                "/%E6%97%A5.cgi",
                "/%ff.cgi",
            )
        ]

    assert asked[0].status == 403
    assert not any("secret" in one.text for one in asked)
    assert not any(one.status == 500 for one in asked)


def test_pages_that_ask_too_much(site: Served, root: Path) -> None:
    """Such a page is bounded, and the log says once where; other pages go on."""
    itself = '<!--#include virtual="itself.html" -->\n' * 1500
    publish(root, "itself.html", itself)
    publish(root, "marks.html", "\n" + "[preferred]" * 300_000)
    publish(root, "formats.html", f'[format "{",".join(["js"] * 99)}"]"[end]')
    publish(root, "loops.html", "\n\n[for http]" + "x" * 2**21 + "[end]" + "x" * 99)
    urls = [f"/{name}.cgi" for name in ("itself", "marks", "formats", "loops")]
    answers = [site.ask(url) for url in urls * 2]

    assert {200} == {one.status for one in answers}
    assert all(len(one.text) < 17 * 2**20 for one in answers)
    assert 1 == site.log.count(f"{root}/itself.html:101:1: more than 100 files")
    assert 1 == site.log.count(f"{root}/marks.html:2:")
    assert "the page ends here: it has more than 20000 directives" in site.log
    assert "page" == site.ask("/download.cgi").text.partition(" ")[0]
