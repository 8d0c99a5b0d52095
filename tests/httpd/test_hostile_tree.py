"""A tree with names that somebody chose to do harm, through a real httpd."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from tests.httpd.served import Answer, Order, Served, open_folder, serving
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

_NAMES = (
    *("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "a]]>b&amp;"),
    *("[end][include x]", "%0d%0aSet-Cookie: a=b", "%2e%2e%2fetc", "$(id)`id`;id"),
    *("javascript:alert(1)", "//evil.example", "a?b#c", "http:evil", "\\..\\x", "*"),
    *("x, <https://evil.example>; rel=duplicate", "index.html", "index.json.x"),
    *("käse \u00e9", "文件", "-rf", "~", "a;b", "a b", "n" * 255, "\U0001f600"),
    *("x.meta4", "x.sha256", "x.torrent", "d1:ae", "{}", "null"),
)
_HIDDEN = ("line\nend", "carriage\rreturn", "escape\x1b[31m", ".hidden", "a\u202eb")
_FORMS = ("", "?mirrorlist", "?json", "?mirrorlist&json")
_WORDS = (".meta4", ".metalink", ".sha256", ".sha512", ".torrent", ".magnet")
_FORBIDDEN = ("set-cookie", "content-disposition", "x-evil")
_ORIGIN = "https://origin.example/"
_MIRROR = "https://mirror.example.de/apache/"
_SETTINGS = """
[checker]
period = "1h"
[list]
origin = "{origin}"
[tree]
folder = "{tree}"
index = "folder"
torrent_from = "1MiB"
"""


def _lay(tree: Path) -> None:
    """Make the tree, and what lies beside it."""
    (tree.parent / "secret").write_bytes(b"secret")
    for folder in ("", "sub"):
        (tree / folder).mkdir(exist_ok=True)
        for one in (*_NAMES, *_HIDDEN):
            if "/" not in one:
                (tree / folder / one).write_bytes(one.encode())
    for one in (*_NAMES, *_HIDDEN):
        if "/" not in one and len(one) < 200:
            (tree / f"d{one}").mkdir()
            (tree / f"d{one}/f").write_bytes(b"f")
    (tree / "out").symlink_to("../secret")
    (tree / "abs").symlink_to(tree.parent / "secret")
    (tree / "up").symlink_to("..")
    os.mkfifo(tree / "pipe")
    os.mkfifo(tree / "pipe.sha512")
    (tree / "SHA512SUMS").symlink_to("/dev/zero")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Run an httpd whose own checker has indexed the tree."""
    with open_folder() as folder:
        tree = folder / "tree"
        _lay(tree)
        settings = _SETTINGS.format(origin=_ORIGIN, tree=tree)
        with serving(Order(settings=settings, checker=True)) as httpd:
            assert eventually(lambda: "digest" in _get(httpd, "a b").headers, 60)
            yield httpd


def _get(served: Served, path: str, form: str = "", **headers: str) -> Answer:
    return served.ask(f"/get/{quote(path)}{form}", headers=headers)


def _links(page: str) -> list[str]:
    return [str(one) for one in html.fromstring(page.encode()).xpath("//a/@href")]


def _is_reachable(path: str) -> bool:
    """Return whether a URL below ``/get/`` may name a file so."""
    return "\\" not in path and "//" not in path and ":" not in path.partition("/")[0]


@pytest.mark.parametrize("folder", ["", "sub/"])
def test_pages_of_folders(served: Served, folder: str) -> None:
    """Names stand in them as text, and each leads to what it names alone."""
    page = _get(served, folder)
    tree = html.fromstring(page.text.encode())
    shown = {one.text_content() for one in tree.xpath("//th/a")}

    assert {one for one in _NAMES if "/" not in one} <= shown
    assert not {one for one in shown if not one.isprintable() or one[0] == "."}
    assert not tree.xpath("//script | //img | //*[@onerror]")
    for href in _links(page.text):
        led = urlsplit(urljoin("http://here.example/get/x/", href))
        assert ("here.example", True) == (led.netloc, led.path.startswith("/get/"))


@pytest.mark.parametrize("folder", ["", "sub/"])
def test_all_that_is_said_of_files(served: Served, folder: str) -> None:
    """Each address gives an answer that is what it says it is, with fit headers."""
    for name in _NAMES:
        path = f"{folder}{name}"
        if not _is_reachable(path):
            continue
        for form in (*_FORMS, *_WORDS):
            answer = served.ask(f"/get/{quote(path)}{form}")
            assert answer.status in {200, 302, 404}, (path, form)
            assert not set(_FORBIDDEN) & set(answer.headers)
            assert "evil.example" not in urlsplit(answer.headers.get("location", ""))[1]
            if answer.status == 302:
                led = unquote(answer.headers["location"])
                assert led.startswith((_ORIGIN, _MIRROR)), led
            if answer.status == 200 and form in {".meta4", ".metalink"}:
                document = etree.fromstring(answer.text.encode())
                assert [name] == document.xpath("//*[local-name()='file']/@name")
            if answer.status == 200 and form == "?mirrorlist":
                page = html.fromstring(answer.text.encode())
                assert not page.xpath("//script | //img | //*[@onerror]")
                if any(one in name for one in "$`;'\"<>|&"):
                    assert not page.xpath("//pre[contains(., 'sha512sum')]")


@pytest.mark.parametrize(
    "path",
    [
        *(f"/get/{one}" for one in ("out", "abs", "up/", "up/secret", "pipe")),
        *(f"/get/{one}{word}" for one in ("out", "abs", "pipe") for word in _WORDS),
        *("/get/../secret", "/get/%2e%2e/secret", "/get/sub/..%2f..%2fsecret"),
        *("/get/..%5csecret.meta4", "/get/.hidden.sha256", "/get/up/secret.sha256"),
        *("/get//etc/passwd.meta4", "/get/%00.sha256", "/get/a%0d%0ab.sha256"),
        "/get/line%0aend",
    ],
)
def test_what_is_not_published(served: Served, path: str) -> None:
    """Nothing is told of it, by whatever name."""
    answer = served.ask(path)

    assert "secret" not in answer.headers.get("location", "")
    assert answer.status in {302, 404} if path.endswith("pipe") else {404, 400}
    assert "digest" not in answer.headers


def test_the_log_has_no_defect(served: Served) -> None:
    """After all that was asked, no request has met one."""
    for path in ("", "sub/", "index.json", "index.json?after=%ff"):
        served.ask(f"/get/{path}")

    assert "Traceback" not in served.log
    assert "\x1b" not in served.log
