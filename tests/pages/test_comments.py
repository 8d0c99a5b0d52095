"""Tests for directives in HTML comments."""

import pytest

from tests.pages.pagefiles import complaints, rendered


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("<!-- [cca2] -->", "<!-- de -->", id="known-name"),
        pytest.param(
            "<!--[if lt IE 9]>x<![endif]-->",
            "<!--[if lt IE 9]>x<![endif]-->",
            id="conditional-comment",
        ),
        pytest.param(
            "<!--[if-any logo]-->x<!--[end]-->y", "<!---->y", id="block-across-comments"
        ),
        pytest.param(
            "<!-- [if-any logo] -->[cca2]",
            "<!-- [if-any logo] -->de",
            id="half-a-block",
        ),
        pytest.param(
            "[for http]<!-- [end] -->x[end]",
            "<!-- [end] -->x<!-- [end] -->x",
            id="stray-end",
        ),
        pytest.param(
            "<!-- [cca2] [if-any logo] --><!-- [[] [# x] --> [cca2]",
            "<!-- [cca2] [if-any logo] --><!-- [[] [# x] --> de",
            id="all-comments-are-text-then",
        ),
        pytest.param(
            "<!-- [cca2] --> [end] [cca2]",
            "<!-- [cca2] --> [end] de",
            id="even-if-that-does-not-help",
        ),
        pytest.param("<!-- [cca2]", "<!-- de", id="open-comment"),
        pytest.param(
            "<!-- [# --> [cca2][end]<!-- ] -->",
            "<!-- [# --> de[end]<!-- ] -->",
            id="comment-of-the-template-across",
        ),
    ],
)
def test_comments(template: str, expected: str) -> None:
    """REQ-55: comments are like any text, unless the page's blocks do not nest then."""
    actual = rendered(template)

    assert expected == actual


def test_problems_once_comments_are_text() -> None:
    """Nothing in them is reported, but what they would have broken."""
    actual = complaints("<!-- [if-any nope] -->\n[nope]")

    becomes = "unless HTML comments are text, as they are now"
    expected = [
        f"1:6: `[if-any nope]`: never closed, so that the file ends it, {becomes}",
        "2:1: `[nope]`: unknown name `nope`",
    ]

    assert expected == actual


def test_names_in_comments() -> None:
    """Words in brackets in a comment are nobody's mistake; tests of names are."""
    actual = complaints("<!--[if lt IE 9]><![endif] [if-any nope] [end]-->")

    assert ["1:28: `[if-any nope]`: unknown name `nope`"] == actual
