"""Tests for mirrorsel.listing.html: pages of folders, kind and hostile."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.listing import Entry, Page, PageReader
from mirrorsel.listing.html import HtmlReader
from tests.listing import forms
from tests.listing.strategies import entries

URL = "https://mirror.example/a/"
KEYS = forms.entry("KEYS", 100)


def read(body: bytes, url: str = URL, piece: int = 0) -> Page:
    """Return what a page tells."""
    reader = PageReader(url)
    for start in range(0, len(body), piece or len(body) or 1):
        reader.feed(body[start : start + (piece or len(body))])
    return reader.end()


def names(body: bytes) -> list[str]:
    """Return the names that a page tells, those of folders with a slash."""
    return [one.name + "/" * one.folder for one in read(body).entries]


def listing(*links: str) -> bytes:
    """Return a page of nginx with these links."""
    rows = "".join(f'<a href="{one}">x</a>  04-Mar-2025 05:06  7\n' for one in links)
    return f"<title>Index of /a/</title><pre>{rows}</pre>".encode()


def told(entry: Entry) -> tuple[str, bool]:
    """Return what every page tells."""
    return entry.name, entry.folder


@pytest.mark.parametrize("form", forms.HTML)
@given(given=entries, piece=st.integers(1, 400))
def test_what_a_server_writes_is_read(
    form: str, given: Sequence[Entry], piece: int
) -> None:
    """Names, folders, sizes and dates come back as far as the form has them."""
    page = read(forms.HTML[form](given), piece=piece)

    assert page.ended
    assert page.whole
    assert sorted(map(told, given)) == sorted(map(told, page.entries))
    known = {one.name: one for one in given}
    for one in page.entries:
        there = known[one.name]
        if one.size:
            assert abs(one.size.about - forms.size_of(there)) <= one.size.error
        if one.modified is not None:
            assert there.modified == one.modified


@pytest.mark.parametrize(
    ("form", "size", "exact"),
    [
        ("apache_plain", 5, None),
        ("apache_pre", 5, True),
        ("apache_pre", 1234567, False),
        ("apache_icons", 5, True),
        ("apache_table", 5, True),
        ("apache_table", 1234567, False),
        ("nginx", 1234567, True),
        ("nginx_rounded", 1234567, False),
        ("lighttpd", 5, False),
        ("caddy", 1234567, True),
        ("python", 5, None),
    ],
)
def test_a_size_is_as_exact_as_it_is_told(
    form: str,
    size: int,
    exact: bool | None,  # noqa: FBT001 - a row of the table
) -> None:
    """Rounded sizes are known to be so, and some forms tell none."""
    (found,) = read(forms.HTML[form]([forms.entry("f", size)])).entries

    assert exact == (None if found.size is None else not found.size.error)


@pytest.mark.parametrize(
    "href",
    [
        pytest.param("?C=N;O=D", id="order"),
        pytest.param("KEYS?raw=1", id="query"),
        pytest.param("#top", id="fragment"),
        pytest.param("../", id="above"),
        pytest.param("..", id="above-bare"),
        pytest.param("%2e%2e/", id="above-encoded"),
        pytest.param("./", id="itself"),
        pytest.param("/", id="root"),
        pytest.param("/b/f", id="another-folder"),
        pytest.param("b/f", id="deeper"),
        pytest.param("b%2Ff", id="encoded-slash"),
        pytest.param("f%00.gz", id="encoded-nul"),
        pytest.param("f%0d%0aDELE%20x", id="encoded-line"),
        pytest.param("%ff%fe", id="no-utf-8"),
        pytest.param("//other.example/a/f", id="another-host"),
        pytest.param("https://other.example/a/f", id="another-host-in-full"),
        pytest.param("https://mirror.example.evil/a/f", id="longer-host"),
        pytest.param("http://mirror.example/a/f", id="another-scheme"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("http://[x/", id="no-url"),
        pytest.param("", id="empty"),
        pytest.param("//", id="slashes"),
        pytest.param("f//", id="two-slashes"),
        pytest.param("x" * 256, id="longer-than-names-are"),
        pytest.param("x" * 10**6, id="a-megabyte"),
    ],
)
def test_what_lies_elsewhere_is_dropped(href: str) -> None:
    """Only what lies directly in the folder counts."""
    assert ["KEYS", "b/"] == names(listing("KEYS", href, "b/"))


@pytest.mark.parametrize(
    "href",
    ["f%2B", "./f+", "/a/f+", "/%61/f+", "//mirror.example/a/f+", f"{URL}f+", " f+ "],
)
def test_a_link_is_read_in_all_its_forms(href: str) -> None:
    """A name is one, relative or not, encoded or not."""
    assert ["f+"] == names(listing(href))


def test_bytes_that_are_no_utf_8_are_no_name() -> None:
    """A page in another encoding loses such names, and no others."""
    body = b'<title>Index of /a/</title><a href="caf\xe9">x</a><br><a href="KEYS">k</a>'

    assert ["KEYS"] == names(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<title>Our project</title><a href='KEYS'>k</a>", id="page"),
        pytest.param(
            b"<title>Index of classes</title><a href='KEYS'>k</a>", id="another-index"
        ),
        pytest.param(
            b"<title>Index of /a/</title><base href='/b/'><a href='KEYS'>k</a>",
            id="base",
        ),
        pytest.param(b"\xff\xfe\x00", id="bytes"),
        pytest.param(b"[1, 2]", id="other-json"),
        pytest.param(b"[" * 100000, id="deep-json"),
    ],
)
def test_what_somebody_wrote_is_no_list(body: bytes) -> None:
    """Of a page that is no server's own list nobody knows what it leaves out."""
    assert not read(body).whole


def test_links_of_the_text_around_a_list_do_not_count() -> None:
    """What a header links is no entry, where entries have columns."""
    header = b'<a href="KEYS">the keys</a> and <a href="gone.zip">what was</a><p>'
    page = read(header + forms.apache_pre([KEYS]) + header)

    assert [("KEYS", 100)] == [(one.name, forms.size_of(one)) for one in page.entries]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2025-03-04 05:06", None),
        ("2025-03-04 05:06  12 files", None),
        ("2025-03-04 05:06  -", None),
        ("2025-03-04 05:06  12", 12),
        ("2025-03-04 05:06  1,234,567", 1234567),
        ("12  2025-03-04 05:06", 12),
        ("1.5", None),
        ("12 B", 12),
        ("99-Foo-2025 05:06", None),
    ],
)
def test_a_description_is_no_size(text: str, size: int | None) -> None:
    """Without a column of sizes, only a size that stands alone is one."""
    body = f'<title>Index of /a/</title><pre><a href="KEYS">K</a>  {text}\n</pre>'
    (found,) = read(body.encode()).entries

    assert size == (found.size.about if found.size else None)


def test_an_attribute_that_contradicts_the_text_is_not_believed() -> None:
    """The exact size is taken from beside the text only where both agree."""
    body = forms.caddy([forms.entry("f", 5000)]).replace(b'"5000"', b'"1741064767"')
    (found,) = read(body).entries

    assert found.size is not None
    assert found.size.error > 0


def test_a_page_keeps_no_more_than_so_many_entries() -> None:
    """A page of too many links is read to the end, and is no whole list."""
    reader = HtmlReader(URL, 10)
    reader.read(listing(*(f"f{one}" for one in range(1000))).decode())

    assert 10 == len(reader.entries())
    assert not reader.whole


@pytest.mark.parametrize(
    "unit",
    ["<", "<!--", "<a ", "<a href='", "&", "</", "<![", "<?", "<a =", '<a "', "<pre>"],
)
def test_hostile_pages_cost_little(unit: str) -> None:
    """No page costs more than in proportion to its length."""
    body = (unit * (2**20 // len(unit))).encode()
    started = time.process_time()
    read(body, piece=65536)

    assert time.process_time() - started < 8
