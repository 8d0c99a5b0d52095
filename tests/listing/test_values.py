"""Tests for sizes, dates and names as listings have them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.listing import Entry, ListedFile, Size
from mirrorsel.listing.moment import (
    DATE,
    of_match,
    read_date,
    read_date_of_list,
    read_stamp,
)
from mirrorsel.listing.name import may_be_hidden
from mirrorsel.listing.size import read_size
from tests.listing import forms

_NOW = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


def seconds(*fields: int) -> int:
    """Return a time as seconds."""
    year, month, day, hour, minute, second = (*fields, 0, 0, 0)[:6]
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())


@given(size=st.integers(0, 2**60 - 1))
@pytest.mark.parametrize(
    "rounds", [forms.apache_size, forms.nginx_size, forms.lighttpd_size]
)
def test_no_server_rounds_out_of_bounds(
    rounds: Callable[[int], str], size: int
) -> None:
    """What a server writes never says that the file surely has another size."""
    found = read_size(rounds(size))

    assert found is not None
    assert abs(found.about - size) <= found.error


@pytest.mark.parametrize(
    ("text", "size", "may", "may_not"),
    [
        ("1.2M", None, 1234567, 1024 * 1024),
        ("12K", None, 12345, 20000),
        ("1.2MB", None, 1200000, 1000000),
        ("1.2 MiB", None, 1258291, 1500000),
        ("4.7G", None, 5046586573, 4500000000),
        ("972", 972, 972, 973),
        ("5 B", 5, 5, 6),
        ("5 bytes", 5, 5, 6),
        ("1,234,567", 1234567, 1234567, 1234568),
    ],
)
def test_sizes(text: str, size: int | None, may: int, may_not: int) -> None:
    """Exact sizes are exact, rounded ones leave room for what may be rounded so."""
    found = read_size(text)
    assert found is not None
    listed = ListedFile.of("a", Entry(name="f", size=found))

    assert (size is not None) == listed.exact
    assert (True, False) == (listed.may_have(may), listed.may_have(may_not))


@pytest.mark.parametrize("text", ["", "-", "1.5", "M", "1.2.3M", "12X", "9" * 30])
def test_what_is_no_size(text: str) -> None:
    """Other texts tell no size."""
    assert read_size(text) is None


def test_an_unknown_size_is_no_other_size() -> None:
    """Only what is known can differ."""
    listed = ListedFile(path="f", size=5)

    assert listed.may_have(None)
    assert ListedFile(path="f").may_have(5)
    assert not listed.may_have(6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-04 05:06", seconds(2025, 3, 4, 5, 6)),
        ("04-Mar-2025 05:06", seconds(2025, 3, 4, 5, 6)),
        ("2025-Mar-04 05:06:07", seconds(2025, 3, 4, 5, 6, 7)),
        ("2025-03-04T05:06:07Z", seconds(2025, 3, 4, 5, 6, 7)),
        ("2025-02-31 05:06", None),
        ("2025-13-01 05:06", None),
        ("2025-03-04 25:06", None),
    ],
)
def test_dates_of_pages(text: str, expected: int | None) -> None:
    """The dates of all servers are read."""
    found = DATE.search(f"  {text}  12K")
    assert found is not None

    assert expected == of_match(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mar  4  2025", seconds(2025, 3, 4)),
        ("Mar 04  2025", seconds(2025, 3, 4)),
        ("Dec 31 18:33", seconds(2025, 12, 31, 18, 33)),
        ("Jan  1 12:00", seconds(2026, 1, 1, 12)),
        ("Jan  3 12:00", seconds(2025, 1, 3, 12)),
        ("Feb 29 12:00", None),
        ("Feb 31  2025", None),
        ("2025", None),
    ],
)
def test_dates_of_ls(text: str, expected: int | None) -> None:
    """The year that is left out is that of the last such day."""
    assert expected == read_date_of_list(text, _NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 04 Mar 2025 05:06:07 GMT", seconds(2025, 3, 4, 5, 6, 7)),
        ("2025-03-04T05:06:07.600786194Z", seconds(2025, 3, 4, 5, 6, 7)),
        ("2025-03-04T07:06:07+02:00", seconds(2025, 3, 4, 5, 6, 7)),
        ("2025-03-04T05:06:07", seconds(2025, 3, 4, 5, 6, 7)),
        ("", None),
        ("yesterday", None),
        ("Tue, 99 Mar 2025 05:06:07 GMT", None),
    ],
)
def test_dates_of_http(text: str, expected: int | None) -> None:
    """Dates that make no sense are none."""
    assert expected == read_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20250304050607", seconds(2025, 3, 4, 5, 6, 7)),
        ("20250304050607.123", seconds(2025, 3, 4, 5, 6, 7)),
        ("20250231000000", None),
        ("2025", None),
    ],
)
def test_stamps_of_ftp(text: str, expected: int | None) -> None:
    """FTP's own stamps are UTC."""
    assert expected == read_stamp(text)


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        (".htaccess", True),
        ("README.html", True),
        ("HEADER.html", True),
        ("readme", True),
        ("KEYS~", True),
        ("RCS", True),
        ("x,v", True),
        ("KEYS", False),
        ("a.README", False),
        ("httpd-2.4.tar.gz", False),
    ],
)
def test_names_that_servers_leave_out(name: str, hidden: bool) -> None:  # noqa: FBT001 - a row of the table
    """A list may lack such a name though the file is there."""
    assert hidden == may_be_hidden(name)


def test_bounds_hold_both_ends() -> None:
    """A size between two numbers may be either."""
    found = Size.between(10, 21)

    assert found.about - found.error <= 10
    assert found.about + found.error >= 21
