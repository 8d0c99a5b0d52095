"""What counts as a freshness stamp."""

from datetime import UTC, datetime

import pytest

from mirrorsel.checker.stamp import read_stamp

MOMENT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(b"1700000000 word\n", MOMENT, id="ordinary"),
        pytest.param(b"1700000000 word", MOMENT, id="without-line-end"),
        pytest.param(b"1700000000 word\r\n", MOMENT, id="other-line-end"),
        pytest.param(b"", None, id="empty"),
        pytest.param(b"1700000000\n", None, id="no-word"),
        pytest.param(b"1700000000  word\n", None, id="two-blanks"),
        pytest.param(b"1700000000 two words\n", None, id="two-words"),
        pytest.param(b"1700000000 word\nmore\n", None, id="two-lines"),
        pytest.param(b" 1700000000 word\n", None, id="leading-blank"),
        pytest.param(b"-1700000000 word\n", None, id="negative"),
        pytest.param(b"<html>1700000000 x", None, id="page"),
        pytest.param("\u0661\u0667\u0660 x\n".encode(), None, id="other-digits"),
        pytest.param(b"999999999999 word\n", None, id="beyond-the-calendar"),
        pytest.param(b"1" * 4000 + b" word\n", None, id="endless"),
    ],
)
def test_read_stamp(body: bytes, expected: datetime | None) -> None:
    """REQ-80: a stamp is one line of seconds since 1970, a blank and a word."""
    assert expected == read_stamp(body)
