"""Which redirects are followed."""

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.net.redirect import follow, other_host


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param("/y/f", "https://a.example/y/f", id="path"),
        pytest.param("//b.example/f", "https://b.example/f", id="host"),
        pytest.param("https://b.example/z/f", "https://b.example/z/f", id="whole"),
        pytest.param("f?x=1", "https://a.example/x/f?x=1", id="query"),
    ],
)
def test_same_name_is_followed(location: str, expected: str) -> None:
    """A redirect to the same file name is followed, on any host."""
    assert expected == follow("https://a.example/x/f", location)


def test_same_name_may_be_encoded_in_another_way() -> None:
    """A name is the same however its characters are encoded."""
    there = "https://b.example/c%2B%2b-1.0~rc.tgz"

    assert there == follow("https://a.example/x/c++-1.0%7Erc.tgz", there)


@pytest.mark.parametrize(
    "location",
    [
        pytest.param("/x/login", id="other-name"),
        pytest.param("/x/f/", id="a-folder"),
        pytest.param("http://a.example/x/f", id="to-http"),
        pytest.param("ftp://a.example/x/f", id="ftp"),
        pytest.param("file:///x/f", id="file"),
        pytest.param("https://:80/x/f", id="no-host"),
        pytest.param("https://me@b.example/x/f", id="user"),
        pytest.param("https://b.example:99999/x/f", id="bad-port"),
        pytest.param("https://[b.example/x/f", id="bad-host"),
    ],
)
def test_others_are_refused(location: str) -> None:
    """A redirect to another thing, to less safety or to nonsense is refused."""
    with pytest.raises(FetchError, match="redirected"):
        follow("https://a.example/x/f", location)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("http://m.example/there/f", "", id="itself"),
        pytest.param("https://M.example:443/f", "", id="by-https"),
        pytest.param("http://m.example:80/f", "", id="default-port"),
        pytest.param("http://m.example:8080/f", "m.example:8080", id="other-port"),
        pytest.param("http://m.example:443/f", "m.example:443", id="wrong-default"),
        pytest.param("http://CDN.example/f", "cdn.example", id="other-host"),
        pytest.param("http://[::1]:81/f", "[::1]:81", id="address"),
    ],
)
def test_other_host(url: str, host: str) -> None:
    """A host is another one by its name or port, however they are written."""
    assert host == other_host(url, "http://m.example/f")
