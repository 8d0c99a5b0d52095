"""Tests for mirrorsel.lists.forms.mirmon: the files of another monitor."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.lists.forms.mirmon import Style, Watched, read_list, read_state
from mirrorsel.model import Kind, Mirror

NOW = 1795424707
URL = "https://mirror.example.de/apache/"


def at(seconds: int) -> datetime:
    """Return a time."""
    return datetime.fromtimestamp(seconds, UTC)


def watched(line: str) -> Watched:
    """Return the one mirror of a line in which nothing is wrong."""
    lines = read_state(line.encode())
    (one,) = lines.good
    assert lines.problems == ()
    return one


def test_state_of_a_good_mirror() -> None:
    """A line of seven fields gives the stamp and the last probe (REQ-81)."""
    line = f"{URL} {NOW - 7200} ok {NOW} ssssfssssssss {NOW - 86400}-sssb {NOW}\n"

    assert watched(line) == Watched(
        url=URL,
        kind=Kind.HTTP,
        stamp=at(NOW - 7200),
        probed=at(NOW),
        down=False,
        line=1,
    )


@pytest.mark.parametrize(
    ("fields", "stamp", "probed", "down"),
    [
        pytest.param(f"undef undef undef {NOW}-z undef", None, None, False, id="new"),
        pytest.param(
            f"undef undef undef  {NOW}-z undef", None, None, False, id="empty field"
        ),
        pytest.param(
            f"undef site_not_found undef ff {NOW}-zz {NOW}",
            None,
            at(NOW),
            True,
            id="never there",
        ),
        pytest.param(
            f"{NOW} hangs {NOW} sf {NOW}-sz {NOW}", at(NOW), at(NOW), True, id="gone"
        ),
        pytest.param(
            f"{NOW} '<html>.. {NOW} sf undef-f {NOW}\r",
            at(NOW),
            at(NOW),
            False,
            id="an offending word",
        ),
        pytest.param("0 ok 0 s 0-s 0", None, None, False, id="zeroes"),
    ],
)
def test_state_of_other_mirrors(
    fields: str, stamp: datetime | None, probed: datetime | None, *, down: bool
) -> None:
    """Six fields are a new mirror, and any time may be `undef` (REQ-81)."""
    one = watched(f"{URL} {fields}\n")

    assert (stamp, probed, down) == (one.stamp, one.probed, one.down)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b"x", "6 or 7 fields, not 1", id="one field"),
        pytest.param(b"a b c d e f g h", "6 or 7 fields, not 8", id="eight"),
        pytest.param(b"https://x/ 1 ok 1 s 1 1", "`1` is no history", id="states"),
        pytest.param(b"https://x/ 1 ok 1 abc 1-s 1", "`abc` is no hist", id="probes"),
        pytest.param(b"https://x/ -1 ok 1 s 1-s 1", "`-1` is no time", id="negative"),
        pytest.param(b"https://x/ 1 ok x s 1-s 1", "`x` is no time", id="a word"),
        pytest.param(
            b"https://x/ 999999999999 ok 1 s 1-s 1", "is no time in sec", id="too late"
        ),
        pytest.param(b"gopher://x/ 1 ok 1 s 1-s 1", "must start with", id="scheme"),
        pytest.param(b"https://x/? 1 ok 1 s 1-s 1", "no query", id="query"),
        pytest.param(b"https://\xff/ 1 ok 1 s 1-s 1", "is not UTF-8", id="not UTF-8"),
        pytest.param(b"https://x/ 1 \x1b[m 1 s 1-s 1", "be printed", id="escape"),
        pytest.param(b"x" * 9000, "at most 8192 bytes", id="long"),
    ],
)
def test_bad_lines_are_skipped(line: bytes, message: str) -> None:
    """A bad line costs no other one, and is named with its number (REQ-81)."""
    good = f"{URL} {NOW} ok {NOW} s {NOW}-s {NOW}\n".encode()
    lines = read_state(good + line + b"\n" + good.replace(b".de", b".fr"))
    (problem,) = lines.problems

    assert [one.line for one in lines.good] == [1, 3]
    assert (problem.line, problem.warning) == (2, False)
    assert message in problem.message


def test_url_that_comes_again_in_the_state() -> None:
    """A mirror has one line."""
    line = f"{URL} {NOW} ok {NOW} s {NOW}-s {NOW}\n".encode()
    lines = read_state(line + line)

    assert ([one.line for one in lines.good], [one.line for one in lines.problems]) == (
        [1],
        [2],
    )


@pytest.mark.parametrize(
    ("line", "mirror"),
    [
        pytest.param(
            "http de https://a.de/x/ a@a.de",
            Mirror(url="https://a.de/x/", country="de", contact="a@a.de", line=1),
            id="ordinary",
        ),
        pytest.param(
            "ftp\tGB\tftp://a.uk/",
            Mirror(url="ftp://a.uk/", kind=Kind.FTP, country="uk", line=1),
            id="ftp, without an address",
        ),
        pytest.param(
            "http Backup https://a.org/ a@a.org (A B)",
            Mirror(url="https://a.org/", backup=True, contact="a@a.org (A B)", line=1),
            id="backup as a region",
        ),
        pytest.param(
            "backup us rsync://a.org/m/",
            Mirror(url="rsync://a.org/m/", kind=Kind.RSYNC, backup=True, line=1),
            id="backup as a type",
        ),
    ],
)
def test_list_in_the_style_apache(line: str, mirror: Mirror) -> None:
    """A line is a type, a region, a URL and an address (REQ-81)."""
    lines = read_list(f"{line}\n".encode(), Style.APACHE)

    assert ((mirror,), ()) == (lines.good, lines.problems)


def test_list_is_mended_as_mirmon_does() -> None:
    """A slash is added, and of two lines with one URL the later counts (REQ-81)."""
    text = b"# mirrors\n\nhttp de https://a.de/ one\nhttp fr https://a.de two\n"
    lines = read_list(text, Style.APACHE)

    assert [(one.country, one.contact, one.line) for one in lines.good] == [
        ("fr", "two", 4)
    ]
    assert [(one.line, one.warning) for one in lines.problems] == [(4, True)] * 2


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("http de", id="too short"),
        pytest.param("gopher de https://a.de/ x", id="type"),
        pytest.param("http europe https://a.de/ x", id="region"),
        pytest.param("ftp de https://a.de/ x", id="another type's URL"),
        pytest.param("http de nonsense x", id="no URL"),
    ],
)
def test_bad_lines_of_the_list_are_skipped(line: str) -> None:
    """They are named, and the others count (REQ-81)."""
    lines = read_list(f"{line}\nhttp de https://a.de/ x\n".encode(), Style.APACHE)

    assert [one.line for one in lines.good] == [2]
    assert [(one.line, one.warning) for one in lines.problems] == [(1, False)]


@given(content=st.binary(max_size=200) | st.text("hdeu: /.-stpz019\n").map(str.encode))
def test_any_bytes_are_read(content: bytes) -> None:
    """No file makes the readers fail."""
    state, listed = read_state(content), read_list(content, Style.APACHE)

    assert len(state.good) + len(listed.good) <= 2 * (content.count(b"\n") + 1)
