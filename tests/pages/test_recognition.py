"""Tests for mirrorsel.pages.recognition."""

import pytest

from mirrorsel.pages import is_download_page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b'<a href="[preferred]x">', True, id="mirror"),
        pytest.param(b"[preferred path_info]", True, id="mirror-with-arguments"),
        pytest.param(b"[for  backup]", True, id="list"),
        pytest.param(b"[if-any http ftp]", True, id="test"),
        pytest.param(b"[if-any logo]", True, id="logo"),
        pytest.param(b"see [link], [location], [http]", False, id="prose"),
        pytest.param(b"the preferred mirror", False, id="no-brackets"),
        pytest.param(b"[preferred" * 50_000, False, id="never-closed"),
    ],
)
def test_recognition(text: bytes, expected: object) -> None:
    """A page is known by what no other file has."""
    actual = is_download_page(text)

    assert expected == actual
