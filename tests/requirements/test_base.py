"""Tests for mirrorsel.requirements.base: what a person gives as a URL."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.requirements import read_base


@pytest.mark.parametrize(
    ("written", "base"),
    [
        pytest.param("https://a.example/x/", "https://a.example/x/", id="as it is"),
        pytest.param("https://a.example/x", "https://a.example/x/", id="no slash"),
        pytest.param("https://a.example", "https://a.example/", id="host only"),
        pytest.param("a.example/x", "http://a.example/x/", id="no scheme"),
        pytest.param("a.example:8080", "http://a.example:8080/", id="port"),
        pytest.param("HTTPS://a.example/", "https://a.example/", id="upper case"),
        pytest.param(" a.example ", "http://a.example/", id="blanks around"),
        pytest.param("http://[::1]/", "http://[::1]/", id="IPv6"),
    ],
)
def test_what_is_a_base(written: str, base: str) -> None:
    """A scheme and a final slash are added where they are missing (REQ-82)."""
    assert base == read_base(written)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("", id="nothing"),
        pytest.param("ftp://a.example/", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("http:///x/", id="no host"),
        pytest.param("https://u:p@a.example/", id="user name"),
        pytest.param("https://a.example:0/", id="port 0"),
        pytest.param("https://a.example/?x=/", id="query"),
        pytest.param("https://a.example/#x", id="fragment"),
        pytest.param("https://a.example/a b/", id="blank"),
        pytest.param("https://a.example/\x1b[2J/", id="escape sequence"),
        pytest.param("https://a.example//", id="two slashes at the end"),
        pytest.param("https://a_b..example/", id="no name"),
    ],
)
def test_what_is_no_base(written: str) -> None:
    """What no list could hold is refused."""
    assert read_base(written) is None


@given(written=st.text(max_size=40) | st.from_regex(r"https?://[a-z./?#@:%\[\]]{0,30}"))
def test_a_base_stays_what_it_is(written: str) -> None:
    """A base that was read is read again as the same."""
    base = read_base(written)

    assert base is None or base == read_base(base)
