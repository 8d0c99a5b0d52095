"""Which mirror a person means."""

import click
import pytest

from mirrorsel.cli.named import find_mirror

URLS = (
    "https://ftp.example.org/apache/",
    "https://example.org/",
    "http://example.net:8080/apache/",
    "ftp://ftp.example.de/pub/",
    "http://ftp.example.de/pub/",
)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        pytest.param("https://ftp.example.org/apache/", URLS[0], id="URL"),
        pytest.param("https://example.org", URLS[1], id="no final slash"),
        pytest.param("example.org", URLS[1], id="host, though a part of another"),
        pytest.param("FTP.example.ORG", URLS[0], id="capitals"),
        pytest.param("example.net", URLS[2], id="host without its port"),
        pytest.param("example.net:8080", URLS[2], id="host with its port"),
        pytest.param("ftp://ftp", URLS[3], id="part"),
        pytest.param(" 8080 ", URLS[2], id="blanks"),
    ],
)
def test_found(written: str, url: str) -> None:
    """A whole URL goes before a host, and a host before a part."""
    assert url == find_mirror(written, [*URLS, *URLS])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("ftp.example.de", f"may be {URLS[3]}, {URLS[4]}: write", id="two"),
        pytest.param("ftp.exmple.org", f"Did you mean {URLS[0]}", id="misspelt"),
        pytest.param("elsewhere", "There is no mirror 'elsewhere'.", id="unknown"),
        pytest.param("", "There is no mirror ''.", id="nothing"),
    ],
)
def test_not_found(written: str, words: str) -> None:
    """Those that it may be are named."""
    with pytest.raises(click.UsageError) as caught:
        find_mirror(written, URLS)

    assert words in caught.value.message


def test_many() -> None:
    """Of many, a few are named."""
    many = [f"http://m{number:02}.example/" for number in range(30)]
    with pytest.raises(click.UsageError) as caught:
        find_mirror("example", many)

    assert caught.value.message.endswith(
        "http://m09.example/ and 20 more: write more of it."
    )
