"""Web pages in the place of files."""

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Limits, Span, begins_as_page, fetch
from mirrorsel.net.page import may_be_page
from tests.loopback import Loopback, answer, endless

_LIMITS = Limits(timeout=2, deadline=2, size=100, private_addresses=True)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param("text/html; charset=utf-8", b"1700000000 x\n", id="html-type"),
        pytest.param("Application/XHTML+XML", b"", id="xhtml-type"),
        pytest.param("text/plain", b"<!DOCTYPE html><title>x", id="doctype"),
        pytest.param("text/plain", b"\xef\xbb\xbf\r\n <HTML lang=de>", id="bom"),
        pytest.param("application/gzip", b"<html>" + b"x" * 200, id="large"),
        pytest.param("", b"<!doctype\nHTML PUBLIC", id="two-lines"),
    ],
)
def test_page_is_no_file(kind: str, body: bytes) -> None:
    """A page with status 200 is told from a file, by its type or its first bytes."""
    with (
        Loopback(answer(body, headers={"Content-Type": kind})) as server,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"{server.url}zzz/time.txt", _LIMITS)

    assert Outcome.SOFT_404 == caught.value.outcome


def test_type_of_a_page_is_enough() -> None:
    """A page is left at its headers, however long it is."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    with (
        Loopback(endless(head, b"x")) as server,
        pytest.raises(FetchError, match="soft_404: Content-Type: text/html"),
    ):
        fetch(f"{server.url}f", _LIMITS)


@pytest.mark.parametrize(
    "path",
    ["", "docs/", "index.html", "a.HTM", "b.xhtml", "index.html.en", "index.html?f"],
)
def test_page_that_was_asked_for(path: str) -> None:
    """Where a page or a folder was asked for, a page is the file."""
    page = answer(b"<html>", headers={"Content-Type": "text/html"})
    with Loopback(page) as server:
        assert fetch(f"{server.url}{path}", _LIMITS).body == b"<html>"


@pytest.mark.parametrize("path", ["f", "html", "a.html/f", "f?x=.html", "xhtml.txt"])
def test_names_of_files(path: str) -> None:
    """Only the name itself says that a page is meant."""
    assert not may_be_page(f"http://mirror.example/{path}")


@pytest.mark.parametrize(
    "body", [b"", b"html", b"<htmlx>", b"<!doctype xml", b"x<html>", b"<b><html>"]
)
def test_what_does_not_begin_as_a_page(body: bytes) -> None:
    """Other beginnings are those of files."""
    assert not begins_as_page(body)


def test_part_from_within_a_file() -> None:
    """What stands in the middle of a file makes no page of it."""
    head = {"Content-Range": "bytes 6-11/12"}
    with Loopback(answer(b"<html>", "206 Partial Content", head)) as server:
        found = fetch(f"{server.url}f", _LIMITS, span=Span(6, 6))

    assert (b"<html>", 6) == (found.body, found.start)
