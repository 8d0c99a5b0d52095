"""Tests for mirrorsel.listing.bucket: lists of objects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.listing import Entry, PageReader
from mirrorsel.listing.bucket import BucketPage, BucketReader
from tests.listing import forms
from tests.listing.strategies import names, sizes

_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<ListBucketResult><Name>&b;</Name></ListBucketResult>"
)


def read(body: bytes, prefix: str = "", piece: int = 65536) -> BucketPage | None:
    """Return what a page tells."""
    reader = BucketReader(prefix)
    for start in range(0, len(body), piece):
        reader.feed(body[start : start + piece])
    return reader.end()


# What XML can hold.
_xml_names = names.filter(lambda one: not set(one) & {"\ufffe", "\uffff"})


@given(
    given=st.lists(
        st.tuples(st.lists(_xml_names, min_size=1, max_size=4), sizes), max_size=5
    ),
    piece=st.integers(1, 300),
)
def test_what_a_bucket_lists_is_read(
    given: list[tuple[list[str], int]], piece: int
) -> None:
    """Keys become folders and names, with sizes to the byte."""
    keys = [
        ("dist/" + "/".join(path), forms.entry(path[-1], size)) for path, size in given
    ]
    page = read(forms.bucket(keys), "dist/", piece)

    assert page is not None
    assert not page.more
    assert [("/".join(path[:-1]), path[-1], size) for path, size in given] == [
        (folder, one.name, forms.size_of(one)) for folder, one in page.objects
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("v2", ("t&t", "")), ("v1", ("", "t&t")), ("bare", ("", "z"))],
)
def test_where_the_rest_is(form: str, expected: tuple[str, str]) -> None:
    """The next page is asked for by a token, a marker, or the last key."""
    page = read(forms.bucket([("z", forms.entry("z", 1))], more="t&t", form=form))

    assert page is not None
    assert expected == (page.token, page.marker)


@pytest.mark.parametrize(
    "key", ["a//b", "a/../b", "/b", "dist", "", "a/", "a/b\n", "a/" + "x" * 300]
)
def test_what_names_no_file_is_dropped(key: str) -> None:
    """A bucket takes any text for a key, and a tree has only files in folders."""
    keys = [(key, forms.entry("x", 1)), ("dist/k", forms.entry("k", 1))]
    page = read(forms.bucket(keys), "dist/")

    assert page is not None
    assert ["k"] == [one.name for _, one in page.objects]


def test_encoded_keys_are_decoded() -> None:
    """Some servers encode keys by themselves."""
    body = forms.bucket([("a+b%2Bc/d%C3%A9", forms.entry("x", 1))]).replace(
        b"<Contents>", b"<EncodingType>url</EncodingType><Contents>"
    )
    page = read(body)

    assert page is not None
    assert [("a b+c", "dé")] == [(folder, one.name) for folder, one in page.objects]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<Error><Code>NoSuchKey</Code></Error>", id="error"),
        pytest.param(b"<html><body>no</body></html>", id="page"),
        pytest.param(_BOMB, id="entities"),
        pytest.param(b"<ListBucketResult>" * 100, id="deep"),
        pytest.param(
            b"<ListBucketResult><Name>" + b"x" * 10000 + b"</Name></ListBucketResult>",
            id="long",
        ),
        pytest.param(forms.bucket([("k", forms.entry("k", 1))])[:-20], id="broken-off"),
        pytest.param(forms.bucket([], more="x", form="bare"), id="no-way-on"),
        pytest.param(b'<?xml version="1.0" encoding="x"?><a/>', id="encoding"),
    ],
)
def test_all_else_is_no_list(body: bytes) -> None:
    """What is cut, hostile or something else is no list."""
    assert read(body) is None


@pytest.mark.parametrize(
    "body",
    [
        forms.bucket([]),
        b'<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code></Error>',
        b"<Error><Code>NoSuchKey</Code></Error>",
    ],
)
def test_a_bucket_is_known_by_its_first_bytes(body: bytes) -> None:
    """A page of a folder is not expected there."""
    reader = PageReader("https://mirror.example/a/")
    reader.feed(body)

    assert reader.end().bucket


def test_an_object_may_lack_its_size() -> None:
    """What makes no sense is not told."""
    body = forms.bucket([("k", forms.entry("k", 77))]).replace(b">77<", b">-1<")
    page = read(body)

    assert page is not None
    assert [Entry(name="k", modified=page.objects[0][1].modified)] == [
        one for _, one in page.objects
    ]
