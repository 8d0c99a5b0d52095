"""The patterns of sections, and examples that match them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.audit.expression import compiled
from mirrorsel.audit.pattern import (
    Pattern,
    matches_file,
    matches_folder,
    matches_path,
    matches_url,
)
from mirrorsel.audit.sample import samples


def shell(text: str) -> Pattern:
    """Return a plain pattern."""
    return Pattern(text=text, regex=False)


def perl(text: str) -> Pattern:
    """Return an expression."""
    return Pattern(text=text, regex=True)


@pytest.mark.parametrize(
    ("pattern", "folder", "expected"),
    [
        pytest.param("/a/b/", "/a/b", True, id="a final slash"),
        pytest.param("/a", "/a/b", False, id="not what is below"),
        pytest.param("/", "/", True, id="the root"),
        pytest.param("/*/b", "/a/b", True, id="a star"),
        pytest.param("/a*", "/a/b", False, id="a star is no slash"),
        pytest.param("/[!a]", "/b", True, id="any but"),
        pytest.param("/a?c", "/abc", True, id="one letter"),
        pytest.param(r"/a\*", "/a*", True, id="a protected star"),
    ],
)
def test_folders(pattern: str, folder: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """A plain section is for the folder of that name, with shell wildcards."""
    assert expected == matches_folder(shell(pattern), folder)


@pytest.mark.parametrize(
    ("pattern", "url", "expected"),
    [
        pytest.param(shell("/a"), "/a/b", True, id="below"),
        pytest.param(shell("/a"), "/ab", False, id="another name"),
        pytest.param(shell("/a/"), "/a", False, id="a final slash counts"),
        pytest.param(shell("/a/*"), "/a/b", True, id="a star"),
        pytest.param(perl("b$"), "/a/b", True, id="an expression"),
        pytest.param(perl("(?<x>b)[[:digit:]]"), "/b1", True, id="a named group"),
        pytest.param(perl("(unclosed"), "/a", True, id="unreadable counts as met"),
    ],
)
def test_urls(pattern: Pattern, url: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """A section is for a URL and what is below, or for what an expression finds."""
    assert expected == matches_url(pattern, url)


def test_files_and_paths() -> None:
    """Files are known by name, expressions of folders see the whole path."""
    assert matches_file(shell("*.cgi"), "x.cgi")
    assert matches_file(shell("x"), "x")
    assert matches_file(perl(r"\.cgi$"), "x.cgi")
    assert matches_path(perl("/b/x"), "/a/b/x.cgi")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(r"\.(cgi|pl)$", {".cgi", ".pl"}, id="alternatives"),
        pytest.param(r"^a+b?$", {"ab", "a"}, id="counts"),
        pytest.param(r"^[0-9]{3}x.$", {"000xx"}, id="a set, three times"),
        pytest.param(r"^(?:a|b)[^a]\d\w$", {"ax0x", "bx0x"}, id="classes"),
        pytest.param(r"^(?!x)a(?=b)b\z", {"ab"}, id="looking around"),
        pytest.param(r"(?i)\.CGI$", {".CGI"}, id="a flag"),
        pytest.param(r"[[:alpha:]]\s", {"x "}, id="a named set"),
        pytest.param(r"(a)\1", set(), id="too clever"),
        pytest.param(r"(unclosed", set(), id="unreadable"),
        pytest.param(r"[]]", {"]"}, id="a bracket in a set"),
        pytest.param("x)y", set(), id="a bracket too many"),
    ],
)
def test_samples_of_expressions(text: str, expected: set[str]) -> None:
    """An example is given for every branch of an expression."""
    assert expected == set(samples(perl(text)))


def test_samples_of_shell_patterns() -> None:
    """Wildcards stand for one letter in an example."""
    assert samples(shell("/a?/[!bc]/*")) == ("/ax/b/x",)


@given(st.text("ab.*+?|()[]^$\\/{}1-", max_size=12))
def test_every_sample_matches_its_expression(text: str) -> None:
    """Whatever the expression, an example is really one."""
    expression = compiled(text)

    assert all(expression and expression.search(one) for one in samples(perl(text)))


def test_one_letter_of_an_expression_is_one_letter() -> None:
    """A dot, and a letter protected by a backslash, stand for one letter."""
    assert {"x", "."} == {*samples(perl("^.$")), *samples(perl(r"^\.$"))}
