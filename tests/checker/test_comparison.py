"""A mirror's file beside the published one."""

from dataclasses import replace

import pytest

from mirrorsel.model import Health, Kind, Mirror, Outcome
from mirrorsel.net import Fetched, Limits, Resolver, Span, Transport, resolve
from tests import loopback
from tests.loopback import Behaviour, Loopback, answer, stamped
from tests.mirror import at, file, stamp, tree
from tests.probing import STAMP, Fixed, attempts, prober, sample

CONTENT = bytes(range(256)) * 8
PATH = "dist/a b%#ü+c.tar.gz"
QUOTED = "dist/a%20b%25%23%C3%BC+c.tar.gz"


@pytest.mark.parametrize(
    ("found", "outcome", "detail"),
    [
        pytest.param(file(CONTENT), Outcome.OK, "", id="as-published"),
        pytest.param(answer(CONTENT), Outcome.OK, "", id="without-ranges"),
        pytest.param(
            file(CONTENT[:-1]),
            Outcome.BAD_SIZE,
            f"{PATH}: 2047 bytes, not 2048",
            id="short",
        ),
        pytest.param(
            file(CONTENT[:1000]),
            Outcome.BAD_SIZE,
            f"{PATH}: 1000 bytes, not 2048",
            id="ends-before-the-part",
        ),
        pytest.param(
            answer(CONTENT + b"x"),
            Outcome.BAD_SIZE,
            f"{PATH}: 2049 bytes, not 2048",
            id="long-without-ranges",
        ),
        pytest.param(
            file(CONTENT[:1100] + b"!" + CONTENT[1101:]),
            Outcome.BAD_HASH,
            f"{PATH}: differs from byte 1100 on",
            id="other-bytes",
        ),
        pytest.param(
            answer(bytes(len(CONTENT))),
            Outcome.BAD_HASH,
            f"{PATH}: differs from byte 1 on",
            id="other-bytes-without-ranges",
        ),
        pytest.param(
            loopback.sending(b"HTTP/1.0 200 OK\r\n\r\n" + bytes(500)),
            Outcome.BAD_HASH,
            f"{PATH}: differs from byte 1 on",
            id="other-bytes-without-ranges-or-length",
        ),
        pytest.param(
            answer(b"", "404 Not Found"),
            Outcome.MISSING,
            f"{PATH}: 404 Not Found",
            id="missing",
        ),
        pytest.param(
            answer(b"", "410 Gone"), Outcome.MISSING, f"{PATH}: 410 Gone", id="gone"
        ),
        pytest.param(
            answer(b"", "403 Forbidden"),
            Outcome.STATUS,
            f"{PATH}: 403 Forbidden",
            id="forbidden",
        ),
        pytest.param(
            file(CONTENT, {"Content-Encoding": "x-gzip"}),
            Outcome.ENCODED,
            f"{PATH}: Content-Encoding: x-gzip",
            id="encoded",
        ),
        pytest.param(
            loopback.hanging, Outcome.TIMEOUT, f"{PATH}: timed out", id="hanging"
        ),
    ],
)
def test_sample(found: Behaviour, outcome: Outcome, detail: str) -> None:
    """A file is compared by size and bytes, and the detail names it."""
    samples = Fixed(sample(PATH, CONTENT, Span(1024, 100)))
    with Loopback(tree({STAMP: stamp(), QUOTED: found})) as mirror:
        result = replace(prober(), samples=samples)(Mirror(url=mirror.url))

    assert (outcome, detail, PATH) == (result.outcome, result.detail, result.sample)
    assert [(4, Outcome.OK)] == attempts(result)
    assert result.stamp is not None


def test_start_of_a_file_without_ranges_or_length() -> None:
    """Without any size, the bytes decide."""
    head = b"HTTP/1.0 200 OK\r\n\r\n"
    ends = loopback.sending(head + CONTENT[:50])
    with Loopback(tree({STAMP: stamp(), "f": ends})) as mirror:
        samples = Fixed(sample("f", CONTENT, Span(0, 50)))
        good = replace(prober(), samples=samples)(Mirror(url=mirror.url))
        samples = Fixed(sample("f", CONTENT, Span(0, 51)))
        bad = replace(prober(), samples=samples)(Mirror(url=mirror.url))

    assert (Outcome.OK, "") == (good.outcome, good.detail)
    assert (Outcome.BAD_SIZE, "f: 50 bytes, not 2048") == (bad.outcome, bad.detail)


def test_sample_is_chosen_by_what_is_known() -> None:
    """The mirror, what was believed of it and its stamp say which file it must have."""
    samples = Fixed(None)
    with Loopback(stamped()) as server:
        mirror, health = Mirror(url=server.url), Health(streak=7)
        result = replace(prober(), samples=samples)(mirror, health)

        assert 1 == len(server.requests)
    assert (mirror, health, result.stamp) == samples.asked
    assert (Outcome.OK, "") == (result.outcome, result.sample)


def test_no_sample_without_a_stamp() -> None:
    """Of a mirror that fails no file is asked."""
    samples = Fixed(sample("f", CONTENT))
    with Loopback(answer(b"", "404 Not Found")) as server:
        result = replace(prober(), samples=samples)(Mirror(url=server.url))

        assert 1 == len(server.requests)
    assert (Outcome.STATUS, "") == (result.outcome, result.sample)


def test_published_page_under_another_name() -> None:
    """A file that is a page itself makes no mirror wrong that sends a page."""
    page = b"<html>a template"
    with Loopback(tree({STAMP: stamp(), "page.tpl": page})) as mirror:
        made = replace(prober(), samples=Fixed(sample("page.tpl", page)))
        result = made(Mirror(url=mirror.url))

    assert (Outcome.OK, "page.tpl") == (result.outcome, result.sample)


def by_rsync(size: int) -> Transport:
    """Return a transport that knows no part of a file, and tells its size."""

    def fetch(
        url: str,
        limits: Limits,
        *,
        span: Span | None = None,
        resolve: Resolver = resolve,
    ) -> Fetched:
        del limits, resolve
        body = stamp() if span is None else b""
        return Fetched(url=url, body=body, family=4, size=size)

    return fetch


@pytest.mark.parametrize(
    ("size", "outcome"),
    [
        pytest.param(len(CONTENT), Outcome.OK, id="same"),
        pytest.param(3, Outcome.BAD_SIZE, id="another"),
    ],
)
@pytest.mark.parametrize("start", [0, 1024], ids=["first-piece", "later-piece"])
def test_size_is_all_that_is_known(size: int, outcome: Outcome, start: int) -> None:
    """Where no part of a file is to be had, its size is compared."""
    made = replace(
        prober(resolve=at("127.0.0.1")),
        transports={Kind.RSYNC: by_rsync(size)},
        samples=Fixed(sample("f", CONTENT, Span(start, 10))),
    )
    result = made(Mirror(url="rsync://mirror.example/m/", kind=Kind.RSYNC))

    assert outcome is result.outcome
