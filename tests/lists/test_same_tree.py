"""Tests for mirrorsel.lists.same_tree."""

import pytest

from mirrorsel.lists.same_tree import same_tree, tree_of, usual_url
from mirrorsel.model import Mirror

URL = "https://mirror.example/apache/"


@pytest.mark.parametrize(
    "written",
    [
        "https://mirror.example/apache/",
        "https://mirror.example/apache",
        "https://MIRROR.Example/apache/",
        "https://mirror.example:443/apache/",
        "http://mirror.example:80/apache/",
        "http://mirror.example/Apache/",
        "http://mirror.example./%61pache//",
    ],
)
def test_same(written: str) -> None:
    """Case, the usual port, slashes and https make no other tree."""
    assert same_tree(written, [Mirror(url=URL)]) == Mirror(url=URL)


@pytest.mark.parametrize(
    "written",
    [
        "https://mirror.example/",
        "https://mirror.example:8443/apache/",
        "https://other.example/apache/",
        "ftp://mirror.example/apache/",
    ],
)
def test_another(written: str) -> None:
    """Another host, port, path or protocol does."""
    assert same_tree(written, [Mirror(url=URL)]) is None


def test_address() -> None:
    """IPv6 addresses have colons of their own."""
    assert tree_of("http://[2001:DB8::1]:80/") == tree_of("https://[2001:db8::1]/")


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (" Mirror.Example/Apache", "http://mirror.example/Apache/"),
        ("HTTPS://Mirror.Example:443", "https://mirror.example/"),
        ("https://mirror.example:80/", "https://mirror.example:80/"),
        ("FTP://mirror.example:21/x", "ftp://mirror.example/x/"),
        ("rsync://[2001:DB8::1]:874/x", "rsync://[2001:db8::1]:874/x/"),
    ],
)
def test_usual_form(written: str, url: str) -> None:
    """A URL is written as it usually is."""
    assert url == usual_url(written)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "no host"),
        ("gopher://x/", "must start with https"),
        ("https://me@mirror.example/", "user name"),
        ("https://mirror.example/a b/", "percent-encoded"),
        ("https://mirror.example/?x", "no query"),
        ("https://mirror.example/\nhttp", "must start with"),
        ("https://a_b..example/", "is no host"),
    ],
)
def test_no_base(written: str, reason: str) -> None:
    """What cannot be a base URL is refused with the reason."""
    with pytest.raises(ValueError, match=reason):
        usual_url(written)
