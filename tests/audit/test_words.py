"""The arguments of a directive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.audit.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", (), id="nothing"),
        pytest.param("  a\t b ", ("a", "b"), id="blanks and tabs"),
        pytest.param('"a b" c', ("a b", "c"), id="double quotes"),
        pytest.param("'a b'", ("a b",), id="single quotes"),
        pytest.param(r'"a \"b\""', ('a "b"',), id="a protected quote"),
        pytest.param(r"\.cgi$", (r"\.cgi$",), id="a backslash that protects nothing"),
        pytest.param('"open', ("open",), id="a quote without its end"),
        pytest.param('""', ("",), id="an empty word"),
    ],
)
def test_arguments_are_split_as_httpd_splits_them(
    text: str, expected: tuple[str, ...]
) -> None:
    """Blanks part arguments, quotes hold them together, a backslash protects."""
    assert expected == words(text)


@given(st.lists(st.text()))
def test_quoted_words_come_back(expected: list[str]) -> None:
    """Whatever is quoted properly is read as it was."""
    quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in expected)

    assert tuple(expected) == words(" ".join(f'"{one}"' for one in quoted))
