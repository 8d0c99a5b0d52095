"""Parts of files, as HTTP asks for them and tells of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Fetched, Limits, Span, fetch
from mirrorsel.net.ranges import (
    ContentRange,
    answers,
    range_of,
    read_content_range,
    read_length,
)
from tests import loopback
from tests.loopback import Behaviour, Loopback, answer, endless, redirecting, sending
from tests.mirror import file, tree

_LIMITS = Limits(timeout=0.5, deadline=5, size=10, private_addresses=True)
_CONTENT = bytes(range(256)) * 40
_PART = Span(1000, 50)
_BYTES = _CONTENT[1000:1050]
_PARTLY = "206 Partial Content"


def fetched(behaviour: Behaviour, span: Span = _PART) -> Fetched:
    """Return what is fetched of a part."""
    with Loopback(behaviour) as server:
        return fetch(f"{server.url}f", _LIMITS, span=span)


def failure(behaviour: Behaviour, span: Span = _PART) -> FetchError:
    """Return how the fetch of a part fails."""
    with pytest.raises(FetchError) as caught:
        fetched(behaviour, span)
    return caught.value


def ranged(field: str, body: bytes = _BYTES) -> Behaviour:
    """Return the behaviour of a server that answers with that Content-Range."""
    return answer(body, _PARTLY, {"Content-Range": field})


def test_part_is_asked_for() -> None:
    """The request names the first and the last byte (RFC 9110, section 14.1.2)."""
    with Loopback(file(_CONTENT)) as server:
        found = fetch(f"{server.url}f", _LIMITS, span=_PART)

        assert b"\r\nRange: bytes=1000-1049\r\n" in server.requests[0]
    assert (_BYTES, 1000, len(_CONTENT)) == (found.body, found.start, found.size)


def test_part_is_asked_for_after_a_redirect() -> None:
    """A redirect does not make a part the whole file."""
    files = {"f": redirecting("/there/f"), "there/f": file(_CONTENT)}

    assert fetched(tree(files)).body == _BYTES


def test_part_at_the_end_of_a_file() -> None:
    """A part is shorter where the file ends."""
    found = fetched(file(_CONTENT[:1010]))

    assert (_CONTENT[1000:1010], 1010) == (found.body, found.size)


@pytest.mark.parametrize("start", [0, 1000])
def test_server_that_knows_no_parts(start: int) -> None:
    """Of a whole file only the first bytes are read, so many as were wanted."""
    found = fetched(answer(_CONTENT), Span(start, 50))

    assert (_CONTENT[:50], 0, len(_CONTENT)) == (found.body, found.start, found.size)


def test_file_without_end() -> None:
    """Reading stops at the end of the part, whatever more comes."""
    found = fetched(endless(b"HTTP/1.1 200 OK\r\n\r\n", b"1"), Span(0, 5000))

    assert (b"1" * 5000, None) == (found.body, found.size)


def test_size_of_a_whole_file() -> None:
    """Without a part the size is told too, where the server tells it."""
    with Loopback(answer(b"12345")) as server:
        found = fetch(f"{server.url}f", _LIMITS)

    assert (b"12345", 0, 5) == (found.body, found.start, found.size)


def test_length_beside_chunks_counts_for_nothing() -> None:
    """Chunks decide where a body ends (RFC 9112, section 6.3)."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
    found = fetched(sending(head + b"5\r\n12345\r\n0\r\n\r\n"))

    assert (b"12345", None) == (found.body, found.size)


@pytest.mark.parametrize(
    "behaviour",
    [
        pytest.param(answer(_BYTES, _PARTLY), id="no-range"),
        pytest.param(ranged("bytes 0-49/10240"), id="another-part"),
        pytest.param(ranged("bytes 1000-1051/10240"), id="more-than-asked"),
        pytest.param(ranged("bytes 1000-1010/10240"), id="less-than-asked"),
        pytest.param(ranged("bytes 1000-1049/1049"), id="beyond-the-end"),
        pytest.param(ranged("bytes 1049-1000/10240"), id="backwards"),
        pytest.param(ranged("bytes */10240"), id="unsatisfied"),
        pytest.param(ranged("lines 1000-1049/10240"), id="other-unit"),
        pytest.param(ranged("bytes 1000-1049/" + "9" * 5000), id="huge-number"),
        pytest.param(ranged("bytes 1000-1049/10240", _BYTES[1:]), id="too-few-bytes"),
        pytest.param(ranged("bytes 1000-1049/10240", b"x" * 51), id="too-many-bytes"),
        pytest.param(
            answer(
                _BYTES, _PARTLY, {"Content-Type": "multipart/byteranges; boundary=x"}
            ),
            id="several-parts",
        ),
    ],
)
def test_another_part_than_asked_for(behaviour: Behaviour) -> None:
    """An answer that is not that part is a broken one (RFC 9110, section 15.3.7)."""
    assert failure(behaviour).outcome == Outcome.PROTOCOL


def test_file_that_ends_before() -> None:
    """A file without that part is too small, and its size is told."""
    error = failure(file(b"12345"))

    assert (Outcome.BAD_SIZE, "5 bytes", 416) == (
        error.outcome,
        error.detail,
        error.status,
    )


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        pytest.param(
            answer(b"", "416 Range Not Satisfiable"), Outcome.STATUS, id="no-size"
        ),
        pytest.param(answer(b"", "404 Not Found"), Outcome.STATUS, id="missing"),
        pytest.param(
            file(_CONTENT, {"Content-Encoding": "gzip"}), Outcome.ENCODED, id="encoded"
        ),
        pytest.param(
            file(_CONTENT, {"Content-Type": "text/html"}), Outcome.SOFT_404, id="page"
        ),
        pytest.param(loopback.trickling_body, Outcome.DEADLINE, id="trickling"),
    ],
)
def test_part_that_fails(behaviour: Behaviour, outcome: Outcome) -> None:
    """What is wrong with an answer is wrong with that of a part."""
    limits = Limits(timeout=0.5, deadline=0.5, private_addresses=True)
    with Loopback(behaviour) as server, pytest.raises(FetchError) as caught:
        fetch(f"{server.url}f", limits, span=_PART)

    assert outcome == caught.value.outcome


def test_part_without_being_asked() -> None:
    """A part that nobody asked for is no answer."""
    with (
        Loopback(ranged("bytes 0-1/2", b"12")) as server,
        pytest.raises(FetchError, match=r"^status: 206"),
    ):
        fetch(f"{server.url}f", _LIMITS)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param(
            "bytes 0-0/1", ContentRange(part=Span(0, 1), size=1), id="one-byte"
        ),
        pytest.param(
            "BYTES 5-9/*", ContentRange(part=Span(5, 5), size=None), id="unknown-size"
        ),
        pytest.param(
            " bytes 5-9/10 ", ContentRange(part=Span(5, 5), size=10), id="blanks"
        ),
        pytest.param("bytes */10", ContentRange(part=None, size=10), id="no-part"),
        pytest.param("bytes 5-9", None, id="half"),
        pytest.param("bytes 5-9/9", None, id="beyond-the-end"),
        pytest.param("bytes -5/10", None, id="no-first"),
        pytest.param("bytes \u0665-\u0669/10", None, id="other-digits"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_content_range(field: str, expected: ContentRange | None) -> None:
    """The field is read as RFC 9110, section 14.4 has it, or not at all."""
    assert expected == read_content_range(field)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("12", 12, id="number"),
        pytest.param(" 7 ", 7, id="blanks"),
        pytest.param(None, None, id="none"),
        pytest.param("-1", None, id="negative"),
        pytest.param("1, 1", None, id="twice"),
        pytest.param("\u0663", None, id="other-digit"),
    ],
)
def test_length(field: str | None, expected: int | None) -> None:
    """A length is a plain number of bytes."""
    assert expected == read_length(field)


@given(
    start=st.integers(0, 10**12),
    length=st.integers(1, 10**6),
    size=st.integers(1, 10**12),
)
def test_a_range_is_its_own_answer(start: int, length: int, size: int) -> None:
    """What a server says of a part that it has cut as asked is understood."""
    asked = Span(start, length)
    first, last = map(int, range_of(asked).removeprefix("bytes=").split("-"))
    last = min(last, size - 1)
    held = read_content_range(f"bytes {first}-{last}/{size}")

    assert (held is not None and answers(held, asked)) == (start < size)
