"""Tests for the files that pages include."""

import pytest

from mirrorsel.pages import Finding, parse, report
from tests.pages.pagefiles import VALUES, Folder, complaints, rendered

LIST = "`http` is a list and needs `[for http]` around it"
ARGUMENTS = '"arguments.html" x cca2 cca2'
STRAY = "no block is open that takes it"
FILES = {
    "mirror.html": b"<[preferred]>",
    "a]b.html": b"<[preferred]>",
    "sub/outer.html": b'[include "inner.html"]',
    "sub/inner.html": b"in sub",
    "inner.html": b"in the root",
    "arguments.html": b"[arg0]-[arg1]-[arg2]",
    "list.html": b"[for arg0][arg0]=[arg0.size][if-index arg0 last].[end][end]",
    "passes.html": b'[include "arguments.html" arg1 "x" arg0.size]',
    "attribute.html": b"[arg0.size]",
    "defines.html": b"[define V]v[end]",
    "item.html": b"<[http]>",
    "self.html": b'.[include "self.html"]',
    "broken.html": b"a\n[end]",
    ".htpasswd": b"secret",
    ".HTaccess": b"secret",
    ".htmlparts/x.html": b"secret",
    ".parts/x.html": b"part",
}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param('[include "mirror.html"]', "<https://near.example/>", id="parsed"),
        pytest.param('[insertfile "mirror.html"]', "<[preferred]>", id="as-it-is"),
        pytest.param(
            "[define f]mirror.html[end][include f][insertfile f]",
            "<https://near.example/><[preferred]>",
            id="named-by-a-value",
        ),
        pytest.param('[include "sub/outer.html"]', "in sub", id="relative-to-itself"),
        pytest.param('[include "sub/../inner.html"]', "", id="upwards"),
        pytest.param('[include "/inner.html"]', "", id="absolute"),
        pytest.param('[insertfile "/inner.html"]', "", id="insert-absolute"),
        pytest.param('[insertfile "../inner.html"]', "", id="insert-upwards"),
        pytest.param('[insertfile ".htpasswd"]', "", id="passwords"),
        pytest.param('[include "./.HTaccess"]', "", id="access-file"),
        pytest.param('[include ".htmlparts/x.html"]', "", id="folder-like-those"),
        pytest.param('[include ".parts/x.html"]', "part", id="other-hidden-folder"),
        pytest.param('[include "nope.html"][insertfile "nope"]', "", id="missing"),
        pytest.param("[include nope]", "[include nope]", id="unknown-name"),
        pytest.param("[insertfile http]", "[insertfile http]", id="list"),
        pytest.param(
            '[include "arguments.html" cca2 "<i>"]', "de-<i>-[arg2]", id="arguments"
        ),
        pytest.param(
            '[include "list.html" things]', "one=1two=.", id="list-as-argument"
        ),
        pytest.param('[include "list.html" "text"]', "", id="text-for-a-list"),
        pytest.param(
            '[for things][include "passes.html" things cca2];[end]',
            "de-x-1;de-x-;",
            id="arguments-passed-on",
        ),
        pytest.param(
            '[for things][include "attribute.html" things];[end]',
            "1;;",
            id="attribute-of-argument",
        ),
        pytest.param(
            '[include "attribute.html" "x"][arg0]', "x[arg0]", id="only-inside"
        ),
        pytest.param('[include "defines.html"][V]', "v", id="defines-stay"),
        pytest.param(
            '[for http][include "item.html"][end]',
            "<https://near.example/><https://far.example/>",
            id="loops-reach-in",
        ),
        pytest.param(
            '[format "url"][include "mirror.html"][end]',
            "<https%3A%2F%2Fnear.example%2F>",
            id="formats-reach-in",
        ),
        pytest.param('[include "self.html"]', "........", id="itself"),
        pytest.param('[include "broken.html"]', "a\n[end]", id="blocks-end-in-files"),
    ],
)
def test_includes(template: str, expected: str) -> None:
    """REQ-48, REQ-50: a file inside the root is put in; all else is empty."""
    actual = rendered(template, FILES)

    assert expected == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param(
            'a<!--#include virtual="mirror.html" -->b',
            "a<https://near.example/>b",
            id="double-quotes",
        ),
        pytest.param(
            "<!--#include virtual='inner.html'-->", "in the root", id="single"
        ),
        pytest.param(
            '<!--#include virtual="/sub/inner.html" -->', "in sub", id="leading-slash"
        ),
        pytest.param('<!--#include virtual="nope" -->.', ".", id="missing"),
        pytest.param('<!--#include virtual="../inner.html" -->.', ".", id="upwards"),
        pytest.param('<!--#include virtual="/.htpasswd" -->.', ".", id="passwords"),
        pytest.param(
            '<!--#include file="inner.html" -->',
            '<!--#include file="inner.html" -->',
            id="other-include",
        ),
        pytest.param(
            '<!--#exec cmd="id" -->', '<!--#exec cmd="id" -->', id="other-directive"
        ),
        pytest.param(
            '<!--#include virtual="again.html" -->',
            '<!--#include virtual="inner.html" -->',
            id="not-repeated",
        ),
        pytest.param(
            '[for http]<!--#include virtual="half.html" -->', "x.x.", id="block-across"
        ),
    ],
)
def test_server_side_includes(template: str, expected: str) -> None:
    """REQ-44: a server-side include is replaced before the template is read."""
    files = FILES | {
        "again.html": b'<!--#include virtual="inner.html" -->',
        "half.html": b"x.[end]",
    }

    actual = rendered(template, files)

    assert expected == actual


def test_server_side_include_tries_the_page_first() -> None:
    """A leading slash means the page's folder, and only then the root."""
    files = {"sub/foot.html": b"sub", "foot.html": b"root", "head.html": b"root"}
    text = b'<!--#include virtual="/foot.html" --><!--#include virtual="/head.html" -->'

    page = parse(text, name="sub/page.html", includer=Folder(files))

    assert b"subroot" == page.render(VALUES)


def test_without_files() -> None:
    """Where there are no files, includes are empty."""
    page = parse(
        b'a[include "x"][insertfile "x"]<!--#include virtual="x" -->b', name="page"
    )

    assert b"ab" == page.render(VALUES)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param(
            'ab\n<!--#include virtual="nope" -->[cca2]',
            ["2:1: the file `nope` cannot be read"],
            id="missing",
        ),
        pytest.param(
            '\n <!--#include virtual="broken.html" -->\n[else]',
            [
                f"2:2: in `broken.html`, line 2: `[end]`: {STRAY}",
                f"3:1: `[else]`: {STRAY}",
            ],
            id="inside-and-behind",
        ),
        pytest.param(
            '<!--#include virtual="\x1b[2J" -->',
            ["1:1: the file `?[2J` cannot be read"],
            id="nothing-for-a-terminal",
        ),
    ],
)
def test_places_with_server_side_includes(template: str, expected: list[str]) -> None:
    """A problem has its place in the page, whatever is included before it."""
    actual = complaints(template, FILES)

    assert expected == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param('[include "mirror.html"]', [], id="good"),
        pytest.param('[insertfile "mirror.html"]', [], id="good-insert"),
        pytest.param(
            '\n[include "nope"]',
            ['page.html:2:1: `[include "nope"]`: the file cannot be read'],
            id="missing",
        ),
        pytest.param(
            '[insertfile "/x"]',
            ['page.html:1:1: `[insertfile "/x"]`: the file cannot be read'],
            id="outside",
        ),
        pytest.param(
            '[end][include "broken.html"][include "broken.html"]',
            [
                f"page.html:1:1: `[end]`: {STRAY}",
                f"broken.html:2:1: `[end]`: {STRAY}",
            ],
            id="each-file-once",
        ),
        pytest.param(
            '[include "self.html"]',
            ["self.html:1:2: `self.html` includes itself"],
            id="itself",
        ),
        pytest.param('[include "defines.html"][V]', [], id="defined-elsewhere"),
        pytest.param(
            '[for http][include "item.html"][end][http]',
            [
                f"page.html:1:37: `[http]`: {LIST}",
            ],
            id="list-inside-a-loop",
        ),
        pytest.param('[include "arguments.html" cca2 http cca2]', [], id="arguments"),
        pytest.param(
            '[include "arguments.html" x cca2 cca2]',
            [f"page.html:1:1: `[include {ARGUMENTS}]`: unknown name `x`"],
            id="unknown-argument",
        ),
    ],
)
def test_report(template: str, expected: list[str]) -> None:
    """A page is reported together with all that it includes."""
    folder = Folder(FILES)
    page = parse(template.encode(), name="page.html", includer=folder)

    actual = [one.problem.at(one.name) for one in report(page, folder)]

    assert expected == actual


def test_report_of_a_deep_chain() -> None:
    """The file that is not reached any more is named where it is included."""
    files = {f"{n}": f'{n}[include "{n + 1}"]'.encode() for n in range(20)}
    folder = Folder(files)
    page = parse(files["0"], name="0", includer=folder)

    found = report(page, folder)

    assert [("8", "`9` is included too deeply")] == [
        (one.name, one.problem.message) for one in found
    ]
    assert b"012345678" == page.render(VALUES, folder)


def test_finding_is_a_value() -> None:
    """Two findings of the same problem in the same file are equal."""
    one, other = (report(parse(b"[end]", name="x"), Folder({})) for _ in range(2))

    assert one == other
    assert isinstance(one[0], Finding)
