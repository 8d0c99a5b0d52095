"""Tests for mirrorsel.requirements.page: what the page of a folder shows."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.requirements import read_page
from mirrorsel.requirements.page import Page
from tests.requirements.trees import NAMES, index

URL = "https://mirror.example/apache/"
_NGINX = b"""<html><head><title>Index of /apache/</title></head><body>
<h1>Index of /apache/</h1><hr><pre><a href="../">../</a>
<a href="httpd/">httpd/</a>  23-Nov-2026 09:05  -
<a href="KEYS">KEYS</a>      23-Nov-2026 09:05  100
</pre><hr></body></html>"""
_TABLE = b"""<table><tr><th><img src="/icons/blank.gif" alt="[ICO]"></th></tr>
<tr><td><img src="/icons/folder.gif" alt="[DIR]"></td>
<td><a href="/apache/httpd/">httpd/</a></td></tr></table><p>Below</p>"""


def test_page_of_httpd() -> None:
    """The names come in their order, with what stands around them."""
    page = read_page(URL, index())

    assert (NAMES, "The tree Please read.", "Verify what you download.") == (
        page.entries,
        page.header,
        page.footer,
    )
    assert (page.icons, page.frames) == (True, False)


def test_page_of_another_server() -> None:
    """A heading of the server's own is no text above the names."""
    page = read_page(URL, _NGINX)

    assert (page.entries, page.header, page.footer, page.icons) == (
        ("httpd/", "KEYS"),
        "",
        "",
        False,
    )


def test_page_with_a_table() -> None:
    """Tables are read too, with links from the root."""
    page = read_page(URL, _TABLE)

    assert (("httpd/",), "", "Below", True) == (
        page.entries,
        page.header,
        page.footer,
        page.icons,
    )


@pytest.mark.parametrize(
    "href",
    [
        pytest.param("?C=N;O=D", id="order"),
        pytest.param("#top", id="fragment"),
        pytest.param("../", id="parent"),
        pytest.param("/", id="root"),
        pytest.param("a/b", id="deeper"),
        pytest.param("a%2Fb", id="encoded slash"),
        pytest.param("https://other.example/x", id="another host"),
        pytest.param("javascript:alert(1)", id="script"),
        pytest.param("http://[x/", id="no URL"),
        pytest.param("%1b[2J", id="escape sequence"),
        pytest.param("", id="empty"),
        pytest.param("x" * 300, id="too long"),
    ],
)
def test_what_is_no_entry(href: str) -> None:
    """Only what lies directly in the folder counts, if it can be shown."""
    body = f'<pre><a href="KEYS">k</a><a href="{href}">x</a></pre>'.encode()

    assert read_page(URL, body).entries == ("KEYS",)


@pytest.mark.parametrize(
    "tag", [pytest.param(one, id=one) for one in ("frameset", "frame", "iframe")]
)
def test_frames(tag: str) -> None:
    """Frames are seen, in whatever case they are written."""
    assert read_page(URL, f"<{tag.upper()} src='x'>".encode()).frames


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(b"<pre>", id="folders in folders"),
        pytest.param(b"<!--", id="comments without end"),
        pytest.param(b"<!", id="declarations without end"),
        pytest.param(b"<a ", id="tags without end"),
        pytest.param(b"<a href=x", id="tags in tags"),
        pytest.param(b"</", id="end tags without end"),
        pytest.param(b"<?", id="instructions without end"),
        pytest.param(b"<![CDATA[", id="sections without end"),
        pytest.param(b"<pre><a href=x></table>", id="what is not closed"),
        pytest.param(b"&#", id="references"),
        pytest.param(b"<script>", id="scripts"),
        pytest.param(b'<a b="', id="quotes"),
    ],
)
def test_hostile_page_costs_little(piece: bytes) -> None:
    """The largest page that is taken is read in seconds, whatever is in it."""
    start = time.process_time()
    read_page(URL, piece * (256 * 1024 // len(piece)))

    assert time.process_time() - start < 10


def test_malformed_markup_ends_the_page() -> None:
    """What stood before what no parser knows counts."""
    body = b'<pre><a href="KEYS">KEYS</a></pre><![nonsense[<a href="more">'

    assert read_page(URL, body).entries == ("KEYS",)


@given(body=st.binary(max_size=300) | st.text("<>/aprebc='\" ![-").map(str.encode))
def test_any_bytes_are_a_page(body: bytes) -> None:
    """Nothing that a server sends is too odd to be read."""
    assert isinstance(read_page(URL, body), Page)
