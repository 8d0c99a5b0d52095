"""Tests for mirrorsel.listing.json: lists of folders in JSON."""

from collections.abc import Sequence

import pytest
from hypothesis import given

from mirrorsel.listing import Entry
from mirrorsel.listing.json import read_json
from tests.listing import forms
from tests.listing.strategies import entries


@pytest.mark.parametrize("form", forms.JSON)
@given(given=entries)
def test_what_a_server_writes_is_read(form: str, given: Sequence[Entry]) -> None:
    """Names, folders, sizes and dates come back to the byte and the second."""
    found = read_json(forms.JSON[form](given), 100)

    assert found is not None
    assert [
        (one.name, one.folder, one.size, one.modified)
        for one in given
        if "\ufffd" not in one.name
    ] == [(one.name, one.folder, one.size, one.modified) for one in found]


@pytest.mark.parametrize(
    "name", ["..", ".", "", "a/b", "\\u0000", "\\n", "x" * 300, "\ufffd"]
)
def test_what_is_no_name_is_dropped(name: str) -> None:
    """Only what lies directly in the folder counts."""
    body = f'[{{"name": "{name}", "type": "file"}}, {{"name": "k", "type": "file"}}]'

    assert ["k"] == [one.name for one in read_json(body.encode(), 9) or ()]


def test_bytes_that_are_no_utf_8_cost_one_name() -> None:
    """Nginx writes names as they stand on its disk."""
    body = b'[{"name":"a\xff","type":"file"},{"name":"b","type":"file","size":-1}]'
    (found,) = read_json(body, 9) or ()

    assert ("b", None) == (found.name, found.size)


@pytest.mark.parametrize(
    "body",
    [
        b'[{"name": "k"}]',
        b'[{"name": "k", "type": "file"}',
        b'{"name": "k", "type": "file"}',
        b'[{"name": 1, "type": "file"}]',
        b'[{"name":"a","type":"file"},{"name":"b","type":"file"}]',
        b'[{"name": "\\ud800", "type": "file"}]',
        b"[" * 10**6,
        b"",
    ],
)
def test_other_json_is_no_list(body: bytes) -> None:
    """A list that is cut, of something else or too long is none."""
    assert read_json(body, 1) is None
