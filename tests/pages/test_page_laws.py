"""Laws of mirrorsel.pages that hold for every text."""

import html
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mirrorsel.pages import Item, Unknown, Values, parse
from tests.pages.pagefiles import VALUES, Folder

WORDS = (
    *("if-any", "is", "for", "if-index", "define", "format", "include"),
    *("insertfile", "else", "end", "preferred", "http", "ftp", "things", "hostile"),
    *("nope", "arg0", "things.size", "first", "0", "html", '"%0"', '"js"', '"a.html"'),
)
PIECES = (
    *("[", "]", "[[]", "[#", '"', "\\", " ", "\n", "<!--", "-->", "<", "é", "%0"),
    *("[end]", "[else]", "[if-any http]", "[for http]", "[for things]", "[http]"),
    *("[define V]", "[V]", '<!--#include virtual="a.html" -->', '[include "a.html"]'),
)
DIRECTIVES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(
    lambda words: f"[{' '.join(words)}]"
)
TEMPLATES = st.lists(
    st.one_of(st.sampled_from(PIECES), DIRECTIVES, st.text(max_size=3)), max_size=30
).map(lambda pieces: "".join(pieces).encode("utf-8", "replace"))
PLAIN = st.lists(
    st.one_of(st.sampled_from((b"[", b"]", b"x", b"[x]", b"[0]", b" ")), st.binary())
).map(b"".join)


@settings(deadline=None)
@given(template=TEMPLATES, included=TEMPLATES, unknown=st.sampled_from(Unknown))
def test_never_raises(template: bytes, included: bytes, unknown: Unknown) -> None:
    """REQ-58, REQ-60: any text is a template, and renders the same each time."""
    folder = Folder({"a.html": included})

    page = parse(template, includer=folder, unknown=unknown)

    assert page.render(VALUES, folder) == page.render(VALUES, folder)


@settings(deadline=None)
@given(text=st.binary())
def test_any_bytes_are_a_template(text: bytes) -> None:
    """Bytes of no encoding at all do no harm."""
    page = parse(text)

    assert isinstance(page.render(VALUES), bytes)


@settings(deadline=None)
@given(text=PLAIN)
def test_text_is_unchanged(text: bytes) -> None:
    """REQ-53, REQ-60: without known directives a page comes out byte for byte."""
    assume(b"[[]" not in text)
    assume(b"[#" not in text)
    assume(b'"' not in text)

    actual = parse(text).render({})

    assert text == actual


@settings(deadline=None)
@given(template=TEMPLATES)
def test_problems_lie_inside(template: bytes) -> None:
    """REQ-59: each problem has a line and a column that the text has."""
    folder = Folder({"a.html": b"\n\n\n[end]"})
    lines = template.decode("utf-8", "surrogateescape").split("\n")

    places = [
        (one.line, one.column) for one in parse(template, includer=folder).problems
    ]

    assert sorted(places) == places
    assert all(1 <= line <= len(lines) for line, _ in places)
    assert all(1 <= column <= len(lines[line - 1]) + 1 for line, column in places)


@settings(deadline=None)
@given(value=st.text())
def test_values_are_escaped(value: str) -> None:
    """REQ-52: a value reads as it is, and holds nothing that is markup."""
    assume(not any("\ud800" <= one <= "\udfff" for one in value))

    page = parse(b"[preferred][for http][http][http.at][end]")
    values: Values = {
        "preferred": value,
        "http": (Item(text="", attributes={"at": value}),),
    }
    actual = page.render(values).decode()

    assert not set("<>\"'") & set(actual)
    assert value * 2 == _unescaped(actual)


@settings(deadline=None)
@given(
    value=st.text(st.characters(categories=["Cs", "Lu"])),
    kind=st.sampled_from(["js", "url"]),
)
def test_values_that_are_no_text(value: str, kind: str) -> None:
    """Surrogates in a value, as of a path that is not UTF-8, do no harm."""
    page = parse(f'[preferred][format "{kind}"][preferred][end]'.encode())

    assert isinstance(page.render({"preferred": value}), bytes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"[#" * 200_000, id="comments"),
        pytest.param(b"<!--" * 100_000, id="html-comments"),
        pytest.param(b"<!--[" * 100_000 + b"-->[end]", id="one-html-comment"),
        pytest.param(b'["' * 200_000, id="strings"),
        pytest.param(b'["\\"' * 100_000, id="escaped-quotes"),
        pytest.param(b'[a "[a "' * 50_000, id="arguments"),
        pytest.param(b"[a" + b" a" * 200_000, id="one-long-directive"),
        pytest.param(b"[" * 400_000, id="brackets"),
        pytest.param(b"[if-any http]" * 30_000, id="blocks"),
        pytest.param(b"[if-any a b]" * 30_000 + b"[end]" * 30_000, id="blocks-closed"),
        pytest.param(b"[for http x]" * 30_000, id="faults"),
        pytest.param(b'<!--#include virtual="' * 20_000, id="includes"),
        pytest.param(b"<!--#include virtual=" + b" " * 400_000, id="blanks"),
        pytest.param(b"[%s]" % (b"a" * 400_000), id="long-name"),
        pytest.param(b"[%s]" % (b"a." * 200_000), id="dotted-name"),
    ],
)
def test_time_grows_with_the_text_only(text: bytes) -> None:
    """No text takes the square of its length, which would be minutes here."""
    started = time.monotonic()

    parse(text).render(VALUES)

    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "template",
    [
        pytest.param(
            "[define V]xxxxxxxxxx[end]" + "[define V][V][V][end]" * 60 + "[V]",
            id="doubling",
        ),
        pytest.param(
            "[define V]x[end]" + "[define V][V][V][end]" * 20 + "[V]" * 5000,
            id="printing-again",
        ),
        pytest.param("[for a][for b][for c]x[end][end][end]", id="loops"),
        pytest.param('[include "self.html"]', id="includes"),
        pytest.param('[for a][insertfile "self.html"][end]', id="files"),
        pytest.param(
            "[define V][for a][for b]xx[end][end][end][V]", id="inside-define"
        ),
    ],
)
def test_a_page_has_an_end(template: str) -> None:
    """A page that would yield without end stops, with what it has so far."""
    folder = Folder({"self.html": b'[include "self.html"]' * 200})
    values = dict.fromkeys("abc", ("",) * 10_000)

    actual = parse(f"start {template}".encode()).render(values, folder)

    assert actual.startswith(b"start ")
    assert len(actual) < 20 * 2**20


def test_blocks_nest_only_so_deep() -> None:
    """Deeper blocks stay as they stand, so that no page exhausts the stack."""
    template = "[if-any http]" * 100 + "x" + "[end]" * 100
    chain = {"a": (template.replace("x", '[include "a"]') * 2).encode()}

    page = parse(template.encode())

    literal = "[if-any http]" * 80 + "x" + "[end]" * 80
    assert literal.encode() == page.render(VALUES)
    assert 80 == len(page.problems)
    assert parse(b'[for http][include "a"][end]').render(VALUES, Folder(chain))


def _unescaped(text: str) -> str:
    for one in ("&lt;", "&gt;", "&quot;", "&#39;", "&amp;"):
        text = text.replace(one, html.unescape(one))
    return text
