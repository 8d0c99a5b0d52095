"""Tests for the directives of mirrorsel.pages, one table for each."""

import pytest

from mirrorsel.pages import Unknown, parse
from tests.pages.pagefiles import VALUES, complaints, rendered

NEAR = "https://near.example/"
ESCAPED = "&lt;&amp;&gt;&quot;&#39;=\\"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("<[preferred]>", f"<{NEAR}>", id="value"),
        pytest.param("[preferred]x", f"{NEAR}x", id="no-slash-added"),
        pytest.param("[preferred]/x", f"{NEAR}/x", id="no-slash-removed"),
        pytest.param("[number]", "0", id="number"),
        pytest.param("[nothing]", "", id="none"),
        pytest.param("[hostile]", ESCAPED, id="escaped"),
        pytest.param('<a title="[hostile]">', f'<a title="{ESCAPED}">', id="attribute"),
        pytest.param("[lookup]", '<a href="#">old</a>', id="markup"),
        pytest.param("[[preferred]]", f"[{NEAR}]", id="in-brackets"),
        pytest.param("[[][preferred]", f"[{NEAR}", id="bracket"),
        pytest.param("[[]preferred]", "[preferred]", id="bracket-hides"),
        pytest.param("a[# no [preferred]b]c", "ab]c", id="comment"),
        pytest.param("a[# 1\n2 ]b", "ab", id="comment-of-two-lines"),
        pytest.param("[# never closed", "[# never closed", id="open-comment"),
        pytest.param("[Preferred]", "[Preferred]", id="case-counts"),
        pytest.param("[http]", "[http]", id="list"),
        pytest.param("[things.size]", "[things.size]", id="attribute-of-list"),
        pytest.param("[preferred.x]", "[preferred.x]", id="attribute-of-string"),
    ],
)
def test_values(template: str, expected: str) -> None:
    """REQ-52: a value is printed, escaped once; what has none stays as it stands."""
    actual = rendered(template)

    assert expected == actual


@pytest.mark.parametrize(
    "text",
    [
        "[0]",
        "[]",
        "[ ]",
        "[ preferred]",
        "[preferred ]",
        "[preferred,cca2]",
        "[preferred\tcca2]",
        "[preferred\ncca2]",
        "[$x]",
        "[x(1)]",
        "[https://x]",
        "[pr\u00e9f\u00e9r\u00e9]",
        '["alone"]',
        'a["b"]',
        '["',
        '["\\"] [',
        "[preferred",
        "preferred]",
        "100%0 %% %",
    ],
)
def test_text(text: str) -> None:
    """What is not written as a directive is text, whatever it resembles."""
    actual = rendered(text)

    assert text == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param('["%0 in %1" preferred country]', f"{NEAR} in Germany", id="two"),
        pytest.param('["%1%1%0" cca2 number]', "00de", id="any-order"),
        pytest.param('["50%%" cca2]', "50%", id="percent"),
        pytest.param('["%7 %12345" cca2]', "<undef> <undef>", id="too-high"),
        pytest.param('["<b>%0</b>" hostile]', f"<b>{ESCAPED}</b>", id="escaped"),
        pytest.param('["%0" "<i>"]', "<i>", id="string-argument"),
        pytest.param(r'["a\"[b]" cca2]', r"a\"[b]", id="backslash-stays"),
        pytest.param("[preferred path_info]", NEAR, id="first-value-alone"),
        pytest.param("[hostile cca2]", ESCAPED, id="value-as-pattern"),
        pytest.param("[preferred nope]", NEAR, id="unused-unknown"),
        pytest.param('["%0" nope]', '["%0" nope]', id="used-unknown"),
        pytest.param('["%0" http]', '["%0" http]', id="list"),
        pytest.param("[Apache Maven]", "[Apache Maven]", id="two-words"),
    ],
)
def test_substitution(template: str, expected: str) -> None:
    """REQ-50: arguments go into the first value, counted from 0."""
    actual = rendered(template)

    assert expected == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("[if-any preferred]y[else]n[end]", "y", id="string"),
        pytest.param("[if-any logo]y[else]n[end]", "n", id="empty-string"),
        pytest.param("[if-any http]y[else]n[end]", "y", id="list"),
        pytest.param("[if-any ftp]y[else]n[end]", "n", id="empty-list"),
        pytest.param("[if-any number]y[else]n[end]", "y", id="zero"),
        pytest.param("[if-any nothing]y[else]n[end]", "n", id="none"),
        pytest.param("[if-any lookup]y[else]n[end]", "y", id="markup"),
        pytest.param("[if-any nope]y[else]n[end]", "n", id="unknown"),
        pytest.param("[if-any nope ftp http]y[else]n[end]", "y", id="last-of-three"),
        pytest.param("[if-any]y[else]n[end]", "n", id="none-asked"),
        pytest.param('[if-any "" "x"]y[else]n[end]', "y", id="strings"),
        pytest.param("[if-any logo]y[end]z", "z", id="no-else"),
        pytest.param("[for things][if-any things]y[end][end]", "yy", id="item"),
        pytest.param(
            "[for http][if-any ftp]1[else][if-any logo]2[else]3[end][end][end]",
            "33",
            id="nested",
        ),
    ],
)
def test_if_any(template: str, expected: str) -> None:
    """REQ-50: the first section is for any value that is not empty, else the other."""
    actual = rendered(template)

    assert expected == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param('[is cca2 "DE"]y[else]n[end]', "y", id="ignoring-case"),
        pytest.param('[is "x" cca2]y[else]n[end]', "n", id="different"),
        pytest.param('[is number "0"]y[else]n[end]', "y", id="number"),
        pytest.param('[is nothing ""]y[else]n[end]', "y", id="none-is-empty"),
        pytest.param("[is nope nope]y[else]n[end]", "n", id="unknown"),
        pytest.param("[is http http]y[else]n[end]", "n", id="lists"),
        pytest.param(
            '[for things][is things "TWO"]y[else]n[end][end]', "ny", id="item"
        ),
    ],
)
def test_is(template: str, expected: str) -> None:
    """REQ-50: values are compared as strings, ignoring case."""
    actual = rendered(template)

    assert expected == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param(
            "[for http]<[http]>[end]", f"<{NEAR}><https://far.example/>", id="strings"
        ),
        pytest.param(
            "[for things][things]=[things.size];[end]", "one=1;two=;", id="items"
        ),
        pytest.param(
            "[for things][things.part];[end]", "p;[things.part];", id="attribute-absent"
        ),
        pytest.param("[for ftp]x[end]", "", id="empty"),
        pytest.param("[for nope]x[end]", "", id="unknown"),
        pytest.param("[for preferred]x[end]", "", id="string"),
        pytest.param("[for number]x[end]", "", id="number"),
        pytest.param("[for nothing]x[end]", "", id="none"),
        pytest.param("[for lookup]x[end]", "", id="markup"),
        pytest.param('[for "x"]x[end]', "", id="constant"),
        pytest.param("[for http][cca2][end]", "dede", id="outer-values"),
        pytest.param(
            "[for backup][for ftp]x[end][backup][end]",
            "https://origin.example/",
            id="nested",
        ),
        pytest.param(
            "[for things][for things]x[end][things][end]", "onetwo", id="same"
        ),
    ],
)
def test_for(template: str, expected: str) -> None:
    """REQ-50: a section is repeated for each item, and never for what is no list."""
    actual = rendered(template)

    assert expected == actual


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        pytest.param("first", "yn", id="first"),
        pytest.param("last", "ny", id="last"),
        pytest.param("even", "yn", id="even"),
        pytest.param("odd", "ny", id="odd"),
        pytest.param("0", "yn", id="number"),
        pytest.param("001", "ny", id="leading-zeros"),
        pytest.param("-1", "nn", id="negative"),
        pytest.param("9" * 5000, "nn", id="huge"),
    ],
)
def test_if_index(position: str, expected: str) -> None:
    """REQ-50: the position in the loop is counted from 0."""
    actual = rendered(f"[for http][if-index http {position}]y[else]n[end][end]")

    assert expected == actual


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("[define V]<b>[cca2]</b>[end][V]", "<b>de</b>", id="markup"),
        pytest.param("[define V][hostile][end][V]", ESCAPED, id="escaped-once"),
        pytest.param("[define preferred]x[end][preferred]", "x", id="before-data"),
        pytest.param(
            "[define http]x[end][for things][http][end][http]", "xxx", id="before-lists"
        ),
        pytest.param(
            "[define things]x[end][things][for things]y[end]",
            "x",
            id="no-list-any-more",
        ),
        pytest.param("[V][define V]x[end]", "[V]", id="not-before-it-stands"),
        pytest.param("[define V][end][if-any V]y[else]n[end]", "n", id="empty"),
        pytest.param(
            "[for http][define V][http][end][end][V]",
            "https://far.example/",
            id="last-one-stays",
        ),
        pytest.param("[define V]a[define W]b[end]c[end][V][W]", "acb", id="nested"),
    ],
)
def test_define(template: str, expected: str) -> None:
    """REQ-50: a section is kept under a name, which comes before the values."""
    actual = rendered(template)

    assert expected == actual


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        pytest.param("raw", ESCAPED, id="raw-still-escapes"),
        pytest.param("html", ESCAPED, id="html"),
        pytest.param("xml", ESCAPED, id="xml"),
        pytest.param("html,xml", ESCAPED, id="escaped-once"),
        pytest.param("js", r"\x3c\x26\x3e\x22\x27\x3d\\", id="js"),
        pytest.param("url", "%3C%26%3E%22%27%3D%5C", id="url"),
        pytest.param("js,url", "%5Cx3c%5Cx26%5Cx3e%5Cx22%5Cx27%5Cx3d%5C%5C", id="two"),
    ],
)
def test_format(formats: str, expected: str) -> None:
    """REQ-50, REQ-52: values are escaped for where they stand; text is not."""
    template = f'[hostile][format "{formats}"]<&[hostile]>[end][hostile]'

    actual = rendered(template)

    assert f"{ESCAPED}<&{expected}>{ESCAPED}" == actual


def test_format_of_markup() -> None:
    """Markup is changed for scripts, but never escaped for HTML."""
    actual = rendered('[format "html"][lookup][end][format "js"][lookup][end]')

    assert r'<a href="#">old</a>\x3ca href\x3d\x22#\x22\x3eold\x3c/a\x3e' == actual


def test_inner_format_replaces_the_outer() -> None:
    """Formats inside one another do not add up."""
    actual = rendered('[format "js"][format "url"][hostile][end]-[hostile][end]')

    assert r"%3C%26%3E%22%27%3D%5C-\x3c\x26\x3e\x22\x27\x3d\\" == actual


@pytest.mark.parametrize(
    ("template", "expected", "complaint"),
    [
        pytest.param(
            "a[end]b",
            "a[end]b",
            "1:2: `[end]`: no block is open that takes it",
            id="end",
        ),
        pytest.param(
            "[else]",
            "[else]",
            "1:1: `[else]`: no block is open that takes it",
            id="else",
        ),
        pytest.param(
            "[for http]x[else]y[end]",
            "x[else]yx[else]y",
            "1:12: `[else]`: no block is open that takes it",
            id="else-in-for",
        ),
        pytest.param(
            "[if-any logo]a[else]b[else]c[end]",
            "b[else]c",
            "1:22: `[else]`: no block is open that takes it",
            id="second-else",
        ),
        pytest.param(
            "[if-any http]a\n[cca2]",
            "a\nde",
            "1:1: `[if-any http]`: never closed, so that the file ends it",
            id="unclosed",
        ),
        pytest.param(
            "[for http ftp]a[end]b",
            "[for http ftp]a[end]b",
            "1:1: `[for http ftp]`: must be written [for LIST]",
            id="too-many-words",
        ),
        pytest.param(
            "[if-any cca2][is cca2]a[else]b[end][else]c[end]",
            "[is cca2]a[else]b[end]",
            "1:14: `[is cca2]`: must be written [is VALUE VALUE]",
            id="too-few-words",
        ),
        pytest.param(
            "[if-any cca2]what is [is][end]?",
            "what is [is]?",
            "1:22: `[is]`: must be written [is VALUE VALUE]",
            id="a-mere-word",
        ),
        pytest.param(
            "[is cca2]a",
            "[is cca2]a",
            "1:1: `[is cca2]`: must be written [is VALUE VALUE]",
            id="faulty-at-the-end",
        ),
        pytest.param(
            "[end of file]",
            "[end of file]",
            "1:1: `[end of file]`: must be written [end]",
            id="words-behind-end",
        ),
        pytest.param(
            "[for http][if-index http second]a[end][end]",
            "[if-index http second]a[end][if-index http second]a[end]",
            "1:11: `[if-index http second]`: must be written"
            " [if-index LIST odd|even|first|last|NUMBER]",
            id="no-such-position",
        ),
        pytest.param(
            "[if-index http first]a[else]b[end]c",
            "[if-index http first]a[else]b[end]c",
            "1:1: `[if-index http first]`: stands outside `[for http]`",
            id="outside-its-loop",
        ),
        pytest.param(
            '[format "pdf"][cca2][end]',
            '[format "pdf"]de[end]',
            '1:1: `[format "pdf"]`: must be written [format "html|xml|js|url|raw"]',
            id="no-such-format",
        ),
        pytest.param(
            "[define a.b]x[end]",
            "[define a.b]x[end]",
            "1:1: `[define a.b]`: must be written [define NAME]",
            id="dotted-define",
        ),
        pytest.param(
            "[include]",
            "[include]",
            '1:1: `[include]`: must be written [include "FILE" ARGUMENT...]'
            " or [include NAME]",
            id="include-nothing",
        ),
        pytest.param(
            "[http]",
            "[http]",
            "1:1: `[http]`: `http` is a list and needs `[for http]` around it",
            id="list-as-value",
        ),
        pytest.param(
            "[for cca2]x[end]",
            "",
            "1:1: `[for cca2]`: `cca2` is no list, so that this block is never shown",
            id="for-over-a-string",
        ),
        pytest.param(
            "[if-any]x[end]",
            "",
            "1:1: `[if-any]`: tests nothing and is never shown",
            id="if-any-of-nothing",
        ),
    ],
)
def test_faults(template: str, expected: str, complaint: str) -> None:
    """REQ-58: a faulty directive stays as it is, costs nothing else, and is named."""
    actual = rendered(template), complaints(template)

    assert (expected, [complaint]) == actual


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        pytest.param(
            "\n é[sha512]", "2:3: `[sha512]`: unknown name `sha512`", id="word"
        ),
        pytest.param(
            "[Preferred]",
            "1:1: `[Preferred]`: unknown name `Preferred`; did you mean `preferred`?",
            id="slip",
        ),
        pytest.param(
            "[if-any https]x[end]",
            "1:1: `[if-any https]`: unknown name `https`; did you mean `http`?",
            id="test",
        ),
        pytest.param(
            "[insertfile nope]",
            "1:1: `[insertfile nope]`: unknown name `nope`",
            id="file",
        ),
        pytest.param("[http.x]", "1:1: `[http.x]`: unknown name `http.x`", id="dots"),
        pytest.param(
            "[for http][http.x][end]",
            "1:11: `[http.x]`: unknown name `http.x`",
            id="attribute",
        ),
        pytest.param(
            "[for https][https][end]",
            "1:1: `[for https]`: unknown name `https`; did you mean `http`?",
            id="once-for-its-block",
        ),
        pytest.param(
            f"[{'x' * 90}]",
            f"1:1: `[{'x' * 59}…`: unknown name `{'x' * 60}…`",
            id="cut",
        ),
        pytest.param(
            '["%0" "\x1b\n" no]',
            '1:1: `["%0" "? " no]`: unknown name `no`',
            id="control",
        ),
        pytest.param(
            "issue [#123]",
            "1:7: `[#123]`: a comment, which no client gets",
            id="hash",
        ),
    ],
)
def test_warnings(template: str, complaint: str) -> None:
    """What may well be meant as it stands is a warning, with its place."""
    page = parse(template.encode())

    assert [(complaint, True)] == [
        (one.at("").removeprefix(":"), one.warning) for one in page.problems
    ]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("a[nope]b", "ab", id="value"),
        pytest.param('a["%0" nope]b', "ab", id="argument"),
        pytest.param("a[include nope][insertfile nope]b", "ab", id="file"),
        pytest.param("<!--[nope]-->", "<!--[nope]-->", id="in-a-comment"),
        pytest.param("[http]", "[http]", id="list"),
        pytest.param("[0] [end]", "[0] [end]", id="no-names"),
    ],
)
def test_unknown_left_out(template: str, expected: str) -> None:
    """REQ-54, REQ-55: by setting, unknown names are left out, not in HTML comments."""
    page = parse(template.encode(), unknown=Unknown.EMPTY)

    actual = page.render(VALUES).decode()

    assert expected == actual
