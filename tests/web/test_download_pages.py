"""Download pages: which file is whose page, and what may be read for it."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from mirrorsel.web.app import Wsgi
from tests.web.asking import FRENCH, NOBODY, Answer, ask
from tests.web.sites import SETTINGS, MakeSite

FRANCE = "https://fr.example/"
US = "https://us.example/apache/"


@pytest.fixture(name="root")
def fixture_root(tmp_path: Path) -> Path:
    """Return an empty document root."""
    root = tmp_path / "root"
    root.mkdir()
    return root


def visit(
    app: Wsgi,
    root: Path,
    url: str,
    *,
    method: str = "GET",
    more: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """Ask for a URL of a document root as httpd does after it found the script."""
    path, _, query = url.partition("?")
    script = path[: path.index(".cgi") + 4]
    environ = {
        "DOCUMENT_ROOT": str(root),
        "SCRIPT_FILENAME": f"{root}{script}",
        "SCRIPT_NAME": script,
        "PATH_INFO": path.removeprefix(script),
        "QUERY_STRING": query,
    }
    return ask(app, url, method=method, address=FRENCH, environ=environ | dict(more))


def write(root: Path, name: str, text: str | bytes = "[preferred]") -> Path:
    """Write a file of a document root."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def is_default(answer: Answer) -> bool:
    """Return whether the default page was shown."""
    return "Suggested for you" in answer.text


@pytest.mark.parametrize(
    ("page", "url"),
    [
        pytest.param("download.html", "/download.cgi", id="stem"),
        pytest.param("a/b/index.html", "/a/b/index.cgi", id="folder"),
        pytest.param("x.cgi.html", "/x.cgi.cgi", id="only the last suffix"),
        pytest.param("download-80.html", "/download-80.cgi", id="dash"),
        pytest.param("mirrors--xml.html", "/mirrors--xml.cgi", id="XML"),
        pytest.param("content/x.html", "/cgi-bin/x.cgi", id="the folder cgi-bin"),
    ],
)
def test_the_file_of_a_page(app: Wsgi, root: Path, page: str, url: str) -> None:
    """REQ-40, REQ-41: the same folder and stem; only the last .cgi is replaced."""
    write(root, page)
    script = url.removesuffix(".cgi") + ".cgi"
    environ = {"SCRIPT_FILENAME": f"{root}{script}", "SCRIPT_NAME": script}

    answer = visit(app, root, url, more={**environ, "PATH_INFO": ""})

    assert (200, FRANCE) == (answer.status, answer.text)


def test_no_script_need_exist(app: Wsgi, root: Path) -> None:
    """REQ-1, REQ-2: a wrapper beside the page is neither run nor shown."""
    write(root, "download.html")
    ran = root / "ran"
    write(root, "download.cgi", f"#!/bin/sh\ntouch {ran}\n").chmod(0o755)

    answer = visit(app, root, "/download.cgi")

    assert (FRANCE, False) == (answer.text, ran.exists())


@pytest.mark.parametrize(
    ("url", "endpoint", "rest"),
    [
        pytest.param("/a/x.cgi", "/a/x.cgi", "", id="page"),
        pytest.param("/a/x.cgi/b/c", "/a/x.cgi", "b/c", id="rest"),
        pytest.param("/a/x.cgi/", "/a/x.cgi", "", id="slash"),
        pytest.param("/a/x.cgi/y.cgi", "/a/x.cgi", "y.cgi", id="the first counts"),
        pytest.param("//a/x.cgi", "/a/x.cgi", "", id="slashes"),
    ],
)
def test_without_a_file_name_the_path_tells(
    app: Wsgi, root: Path, url: str, endpoint: str, rest: str
) -> None:
    """REQ-8, REQ-41, REQ-46: the endpoint is the first segment ending in .cgi."""
    write(root, "a/x.html", "[location] [path_info]")

    answer = ask(app, url, environ={"DOCUMENT_ROOT": str(root)})

    assert f"{endpoint} {rest}" == answer.text


def test_an_alias_is_a_document_root_too(app: Wsgi, root: Path, tmp_path: Path) -> None:
    """REQ-48: the folder that the configuration maps a URL to counts for it."""
    file = write(tmp_path, "other/x.html")
    more = {
        "CONTEXT_DOCUMENT_ROOT": str(file.parent),
        "SCRIPT_FILENAME": str(file.with_suffix(".cgi")),
    }

    assert visit(app, root, "/more/x.cgi", more=more).text == FRANCE


def test_a_file_elsewhere_is_no_page(app: Wsgi, root: Path, tmp_path: Path) -> None:
    """REQ-48: what httpd found outside of all document roots is not read."""
    file = write(tmp_path, "other/x.html").with_suffix(".cgi")

    assert is_default(visit(app, root, "/x.cgi", more={"SCRIPT_FILENAME": str(file)}))


def test_an_index_may_be_mapped_to_its_page(app: Wsgi, root: Path) -> None:
    """REQ-49: httpd maps index.cgi to the file that exists."""
    file = write(root, "sub/index.html")

    answer = visit(app, root, "/sub/index.cgi", more={"SCRIPT_FILENAME": str(file)})

    assert answer.text == FRANCE


@pytest.mark.parametrize(
    ("setting", "expected"),
    [pytest.param("false", False, id="off"), pytest.param("true", True, id="on")],
)
def test_a_variable_may_name_the_file(
    make_site: MakeSite, root: Path, setting: str, expected: object
) -> None:
    """REQ-3: ASF_MIRROR_FILENAME counts only if a setting allows it."""
    site = make_site(f"{SETTINGS}\n[pages]\nasf_mirror_filename = {setting}\n")
    file = write(root, "named.html").with_suffix(".cgi")

    answer = visit(site, root, "/x.cgi", more={"ASF_MIRROR_FILENAME": str(file)})

    assert (answer.text == FRANCE) is expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param("x.html", "text/html", id="HTML"),
        pytest.param("x--xml.html", "text/xml", id="XML"),
        pytest.param("x-xml.html", "text/html", id="nearly XML"),
    ],
)
def test_the_type_has_no_charset(app: Wsgi, root: Path, name: str, kind: str) -> None:
    """REQ-43: text/xml or text/html, and never a character set."""
    write(root, name)

    answer = visit(app, root, f"/{name.replace('.html', '.cgi')}")

    assert kind == answer.headers["content-type"]


def test_bytes_are_unchanged(app: Wsgi, root: Path) -> None:
    """REQ-24, REQ-43, REQ-53, REQ-60: whatever stands outside directives stays."""
    text = bytes(range(256)).replace(b"[", b"") + b"\r\n \xff\xfe  \n"
    write(root, "x.html", text + b"[preferred]" + text)

    assert visit(app, root, "/x.cgi").body == text + FRANCE.encode() + text


def test_a_page_that_is_one_url(app: Wsgi, root: Path) -> None:
    """REQ-43, REQ-57: a page may be nothing but a URL; no slash comes or goes."""
    write(root, "single-mirror-url.html", "[preferred]/x [preferred]x")

    answer = visit(app, root, "/single-mirror-url.cgi")

    assert f"{FRANCE}/x {FRANCE}x" == answer.text


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("[preferred]", FRANCE, id="preferred"),
        pytest.param("[path_info]", "httpd/a&amp;b", id="path_info"),
        pytest.param("[location]", "/x.cgi", id="location"),
        pytest.param("[country]", "France", id="country"),
        pytest.param("[cca2]", "fr", id="cca2"),
        pytest.param("[project]", "httpd", id="project"),
        pytest.param("([lookup][filepath][debug][logo][link])", "()", id="empty ones"),
        pytest.param("[for http][http] [end]", f"{FRANCE} ", id="http"),
        pytest.param("[for ftp][ftp][end]", "", id="ftp"),
        pytest.param("[for backup][backup][end]", "https://backup.example/", id="b"),
        pytest.param("[https][sha512]", "[https][sha512]", id="unknown"),
    ],
)
def test_values(app: Wsgi, root: Path, template: str, expected: str) -> None:
    """REQ-51, REQ-52, REQ-54: the names that are set, escaped; others stay."""
    write(root, "x.html", template)

    assert expected == visit(app, root, "/x.cgi/httpd/a&b").text


def test_scripts(app: Wsgi, root: Path) -> None:
    """REQ-56: only known names are replaced in them."""
    script = "<script>a[i] = x[0]; push(['r']); b = [r]; c = '{}'</script>"
    write(root, "x.html", script.format("[preferred]"))

    assert visit(app, root, "/x.cgi").text == script.format(FRANCE)


def test_the_country_may_be_unknown(app: Wsgi, root: Path) -> None:
    """REQ-10, REQ-51: it is then backup, with the name Unknown."""
    write(root, "x.html", "[cca2] [country]")

    assert visit(app, root, "/x.cgi", more={"REMOTE_ADDR": NOBODY}).text == (
        "backup Unknown"
    )


def test_unknown_names_may_be_left_out(make_site: MakeSite, root: Path) -> None:
    """REQ-54: by setting, but not those in comments (REQ-55)."""
    site = make_site(f"{SETTINGS}\n[pages]\nkeep_unknown = false\n")
    write(root, "x.html", "a[sha512]b<!--[if lt IE 9]><![endif]-->")

    answer = visit(site, root, "/x.cgi")

    assert answer.text == "ab<!--[if lt IE 9]><![endif]-->"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(f"?Preferred={US}", US, id="listed"),
        pytest.param("?Preferred=http%3A%2F%2Fgone.example%2F", FRANCE, id="gone"),
        pytest.param("?Preferred=ftp://ftp.example/apache/", "ftp", id="ftp"),
        pytest.param("?cca2=us", US, id="country"),
        pytest.param("?preferred=true", FRANCE, id="base"),
    ],
)
def test_parameters_work_on_pages(
    app: Wsgi, root: Path, query: str, expected: str
) -> None:
    """REQ-11, REQ-12, REQ-45, HR-8: what the form sends counts on the page."""
    write(root, "x.html")

    assert visit(app, root, f"/x.cgi{query}").text.startswith(expected)


def test_all_else_works_on_pages(app: Wsgi, root: Path) -> None:
    """REQ-16, REQ-20: a redirect and JSON may be had at any page's address."""
    write(root, "x.html")
    download = visit(app, root, "/x.cgi/a/b.tgz?action=download")
    programs = visit(app, root, "/x.cgi/a/b.tgz?as_json=1")

    assert f"{FRANCE}a/b.tgz" == download.location
    assert programs.json["path_info"] == "a/b.tgz"


def test_head(app: Wsgi, root: Path) -> None:
    """REQ-6: the same headers, and no body."""
    write(root, "x.html")
    get, head = (visit(app, root, "/x.cgi", method=one) for one in ("GET", "HEAD"))

    assert (get.status, get.headers, b"") == (head.status, head.headers, head.body)


def test_a_refused_target(app: Wsgi, root: Path) -> None:
    """REQ-14, REQ-47: 400 and text, on pages as anywhere."""
    write(root, "x.html")

    answer = visit(app, root, "/x.cgi?path=../x")

    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("setting", "expected"),
    [pytest.param("true", 200, id="page"), pytest.param("false", 404, id="404")],
)
def test_a_missing_page(
    make_site: MakeSite, root: Path, setting: str, expected: int
) -> None:
    """REQ-42, REQ-47: the default page, or 404 by a setting."""
    site = make_site(f"{SETTINGS}\n[pages]\nmissing = {setting}\n")

    answer = visit(site, root, "/none.cgi")

    assert (expected, expected == 200) == (answer.status, is_default(answer))


@pytest.mark.parametrize("url", ["/x.CGI", "/x.html", "/x.cgi.", "/x", "/"])
def test_other_addresses_are_no_pages(app: Wsgi, root: Path, url: str) -> None:
    """REQ-47: without a segment ending in .cgi there is nothing."""
    write(root, "x.html")

    assert ask(app, url, environ={"DOCUMENT_ROOT": str(root)}).status == 404


OUTSIDE = "secret of the machine"


@pytest.fixture(name="open_root")
def fixture_open_root(root: Path, tmp_path: Path) -> Path:
    """Return a document root with ways out of it, and things that are no files."""
    write(tmp_path, "secret.html", OUTSIDE)
    write(tmp_path, "root-2/secret.html", OUTSIDE)
    (root / "out.html").symlink_to(tmp_path / "secret.html")
    (root / "away").symlink_to(tmp_path)
    (root / "loop.html").symlink_to("loop.html")
    (root / "dangling.html").symlink_to("nothing")
    (root / "folder.html").mkdir()
    os.mkfifo(root / "pipe.html")
    with (root / "huge.html").open("wb") as file:
        file.truncate(4 * 2**20 + 1)
    return root


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("/out.cgi", id="link"),
        pytest.param("/away/secret.cgi", id="linked folder"),
        pytest.param("/../secret.cgi", id="parent"),
        pytest.param("/../root-2/secret.cgi", id="folder named alike"),
        pytest.param("/x/../../secret.cgi", id="parent within"),
        pytest.param("/%2e%2e/secret.cgi", id="encoded parent"),
        pytest.param("/..%2fsecret.cgi", id="encoded slash"),
        pytest.param("/%252e%252e/secret.cgi", id="encoded twice"),
        pytest.param("/secret%00.cgi", id="NUL"),
        pytest.param("/loop.cgi", id="loop"),
        pytest.param("/dangling.cgi", id="dangling link"),
        pytest.param("/folder.cgi", id="folder"),
        pytest.param("/pipe.cgi", id="pipe"),
        pytest.param("/huge.cgi", id="huge"),
        pytest.param(f"/{'x' * 4000}.cgi", id="too long"),
        pytest.param("/%FF.cgi", id="not UTF-8"),
        pytest.param("/.cgi", id="no name"),
    ],
)
@pytest.mark.parametrize("found", [True, False], ids=["by name", "by path"])
def test_nothing_outside_is_read(
    app: Wsgi, open_root: Path, url: str, *, found: bool
) -> None:
    """REQ-48: after all links are resolved, or the default page is shown."""
    environ = {"DOCUMENT_ROOT": str(open_root)}
    if found:
        environ["SCRIPT_FILENAME"] = f"{open_root}{url}"

    answer = ask(app, url, environ=environ)

    assert is_default(answer)
    assert OUTSIDE not in answer.text


@pytest.mark.parametrize(
    "directive",
    [
        pytest.param('[include "{}"]', id="include"),
        pytest.param('[insertfile "{}"]', id="insertfile"),
        pytest.param('<!--#include virtual="{}" -->', id="server-side include"),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "out.html",
        "away/secret.html",
        "../secret.html",
        "/../secret.html",
        "/etc/hostname",
        "pipe.html",
        "nothing",
    ],
)
def test_includes_stay_inside(
    app: Wsgi, open_root: Path, directive: str, name: str
) -> None:
    """REQ-44, REQ-48, REQ-50, REQ-58: a file that may not be read is empty."""
    write(open_root, "x.html", f"a{directive.format(name)}b")

    assert visit(app, open_root, "/x.cgi").text == "ab"


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        pytest.param('[include "f.inc"]', f"sub {FRANCE}", id="include"),
        pytest.param('[insertfile "f.inc"]', "sub [preferred]", id="insertfile"),
        pytest.param('<!--#include virtual="f.inc" -->', f"sub {FRANCE}", id="beside"),
        pytest.param(
            '<!--#include virtual="/f.inc" -->', f"sub {FRANCE}", id="slash, beside"
        ),
        pytest.param('<!--#include virtual="/r.inc" -->', "root", id="slash, root"),
        pytest.param('<!--#echo var="X" -->', '<!--#echo var="X" -->', id="other"),
    ],
)
def test_includes(app: Wsgi, root: Path, directive: str, expected: str) -> None:
    """REQ-44, REQ-50: files are found beside the page, then at the root."""
    write(root, "sub/x.html", directive)
    write(root, "sub/f.inc", "sub [preferred]")
    write(root, "f.inc", "not this one")
    write(root, "r.inc", "root")

    assert expected == visit(app, root, "/sub/x.cgi").text


@pytest.mark.parametrize(
    "name", ["x.html", "f.inc", "included.inc", "later.inc"], ids=lambda name: name
)
def test_changes_show_at_once(app: Wsgi, root: Path, name: str) -> None:
    """REQ-61: a page is as its files are, those that it includes too."""
    ssi = '<!--#include virtual="f.inc" --><!--#include virtual="later.inc" -->'
    write(root, "x.html", f'old {ssi}[include "included.inc"]')
    write(root, "f.inc", "old")
    write(root, "included.inc", "old")
    before = visit(app, root, "/x.cgi").text
    write(root, name, f"changed {ssi}" if name == "x.html" else "changed")

    after = visit(app, root, "/x.cgi").text

    assert ("changed" in before, "changed" in after) == (False, True)


def test_renderings_are_told_apart(app: Wsgi, root: Path) -> None:
    """REQ-9, REQ-61: country, mirror and target of one visitor are not another's."""
    write(root, "x.html", "[cca2] [preferred][if-any path_info] [path_info][end]")
    visits = ["/x.cgi", f"/x.cgi?Preferred={US}", "/x.cgi/a", "/x.cgi?cca2=us"]
    expected = [f"fr {FRANCE}", f"fr {US}", f"fr {FRANCE} a", f"us {US}"]

    for _ in range(2):
        assert expected == [visit(app, root, url).text for url in visits]


def test_a_page_of_the_settings(
    make_site: MakeSite, root: Path, tmp_path: Path
) -> None:
    """REQ-42: the default page may be a template of the operator's own."""
    page = write(tmp_path, "own.ezt", '[preferred] [include "f"]')
    write(tmp_path, "f", "included")
    site = make_site(f'{SETTINGS}\n[pages]\ndefault = "{page}"\n')

    answer = visit(site, root, "/none.cgi")

    assert f"{FRANCE} included" == answer.text
    assert "content-security-policy" not in answer.headers


def test_a_page_of_the_settings_that_is_missing(
    make_site: MakeSite, root: Path
) -> None:
    """REQ-42: the built-in page then stands in for it."""
    site = make_site(f'{SETTINGS}\n[pages]\ndefault = "/nowhere/x.ezt"\n')

    assert is_default(visit(site, root, "/none.cgi"))
