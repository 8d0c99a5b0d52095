"""A whole tree by HTTP, from mirrors that behave and mirrors that do not."""

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.listing import Coverage
from mirrorsel.model import Outcome
from mirrorsel.net import Address, Lister, Reach
from tests import loopback
from tests.listed import LIMITS, REACH, Listed
from tests.loopback import Behaviour, Loopback, answer, redirecting
from tests.net.folder_mirror import FOLDERS, PATHS, Answer, FolderMirror, page, small
from tests.waiting import wait_for

Pages = Mapping[str, Answer | list[Answer]]


def with_page(path: str, *answers: Answer) -> dict[str, Answer | list[Answer]]:
    """Return the small tree with other answers for one folder."""
    return {**small(), path: list(answers)}


def listed(pages: Pages, reach: Reach = REACH) -> Listed:
    """List a mirror with these pages."""
    found = Listed(Lister(limits=LIMITS, reach=reach))
    with Loopback(FolderMirror(pages)) as server:
        return found.go(server.url)


def failed(pages: Pages, reach: Reach = REACH) -> tuple[FetchError, Listed]:
    """List a mirror with these pages, which cannot go on."""
    found = Listed(Lister(limits=LIMITS, reach=reach))
    with Loopback(FolderMirror(pages)) as server:
        return found.fails(server.url), found


def cut(body: bytes) -> Behaviour:
    """Return the behaviour of a page that ends before its length."""
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return loopback.sending(head + body[:-20])


def cut_chunks(body: bytes) -> Behaviour:
    """Return the behaviour of a page whose last chunk does not come."""
    size = f"{len(body):x}\r\n".encode()
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return loopback.sending(head + size + body + b"\r\n")


def unframed(body: bytes) -> Behaviour:
    """Return the behaviour of a page that ends with the connection."""
    return loopback.sending(
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    )


def test_a_tree_is_listed_over_one_connection() -> None:
    """Each folder is asked for once, and the connection is kept."""
    mirror = FolderMirror(small())
    with Loopback(mirror) as server:
        found = Listed().go(server.url)
        connections = server.connections

    assert (PATHS, FOLDERS) == (found.paths, found.folders)
    assert ["/", "/a/", "/a/c/", "/b/"] == sorted(mirror.asked)
    assert 1 == connections
    assert all(b"User-Agent: mirrorsel/" in one for one in mirror.requests)


def test_only_wanted_folders_are_asked_for() -> None:
    """Nobody looks into a folder that is of no interest."""
    mirror = FolderMirror(small())
    with Loopback(mirror) as server:
        found = Listed().go(server.url, ["a"], lambda folder: folder != "a/c")

    assert ["/a/"] == mirror.asked
    assert ["a/f"] == found.paths
    assert {"a": ()} == found.coverage.folders


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(answer(b"", "403 Forbidden"), id="403"),
        pytest.param(answer(b"", "404 Not Found"), id="404"),
        pytest.param(answer(b"", "500 Oops"), id="500"),
        pytest.param(answer(b"<title>Hello</title><a href='f'>f</a>"), id="page"),
        pytest.param(answer(b"", headers={"Content-Encoding": "gzip"}), id="encoded"),
        pytest.param(cut(page("/a/", "f", "c/")), id="cut"),
        pytest.param(cut_chunks(page("/a/", "f", "c/")), id="cut-in-chunks"),
        pytest.param(unframed(page("/a/", "f", "c/")[:-30]), id="cut-unseen"),
        pytest.param(loopback.silent, id="closed"),
        pytest.param(loopback.not_http, id="another-protocol"),
        pytest.param(loopback.trickling_headers, id="trickling-headers"),
        pytest.param(loopback.trickling_body, id="trickling-body"),
        pytest.param(loopback.hanging, id="hanging"),
        pytest.param(redirecting("/b/"), id="redirect-to-another-folder"),
        pytest.param(redirecting("/"), id="redirect-to-the-root"),
        pytest.param(redirecting("/a/"), id="redirect-to-itself"),
        pytest.param(redirecting("ftp://127.0.0.1/a/"), id="redirect-to-ftp"),
        pytest.param(answer(b"", "304 Not Modified"), id="304"),
        pytest.param(
            answer(b"<Error><Code>AccessDenied</Code></Error>", "403 Forbidden"),
            id="bucket-in-between",
        ),
        pytest.param(
            loopback.endless(
                b"HTTP/1.1 200 OK\r\n\r\n<title>Index of /a/</title>",
                b"<a href='x'>x</a>",
            ),
            id="endless",
        ),
    ],
)
def test_a_folder_that_fails_is_not_listed(bad: Answer) -> None:
    """Of such a folder nothing is told, and of the others all."""
    found = Listed(
        Lister(
            limits=replace(LIMITS, timeout=1.0, deadline=2.0),
            reach=replace(REACH, page=10**6),
        )
    )
    with Loopback(FolderMirror(with_page("/a/", bad))) as server:
        found.go(server.url)

    assert ["KEYS", "b/h"] == found.paths
    assert ["", "b"] == found.folders
    assert ["a"] == [one.folder for one in found.unlisted]
    assert not found.coverage.lacks("a/f")
    assert not found.coverage.lacks("a/c/g")
    assert found.coverage.lacks("b/x")


@pytest.mark.parametrize(
    "good",
    [
        pytest.param(unframed(page("/a/", "f", "c/")), id="without-a-length"),
        pytest.param(redirecting("./"), id="redirect-to-the-same"),
    ],
)
def test_a_folder_may_come_in_other_ways(good: Answer) -> None:
    """A page without a length counts when it came to its end."""
    found = listed(with_page("/a/", good, page("/a/", "f", "c/")))

    assert (PATHS, FOLDERS) == (found.paths, found.folders)


def test_a_connection_that_was_closed_meanwhile_is_opened_anew() -> None:
    """A server may close what it kept; then it is asked once more."""
    found = listed(with_page("/a/", loopback.silent, page("/a/", "f", "c/")))

    assert (PATHS, FOLDERS) == (found.paths, found.folders)


def test_a_redirect_to_another_host_is_followed() -> None:
    """The mirror may send clients to where the folder of that name is."""
    with (
        Loopback(FolderMirror(small()), host="127.0.0.2") as other,
        Loopback(
            FolderMirror(
                {
                    f"/x{path}": redirecting(f"{other.url[:-1]}{path}")
                    for path in ("/", "/a/", "/a/c/", "/b/")
                }
            )
        ) as server,
    ):
        found = Listed().go(f"{server.url}x/")
        connections = other.connections

    assert (PATHS, FOLDERS) == (found.paths, found.folders)
    assert 1 == connections


@pytest.mark.parametrize("status", ["429 Slow Down", "503 Busy"])
def test_a_server_that_is_busy_is_left_alone(status: str) -> None:
    """It has said to come back later; what was listed stays so."""
    error, found = failed(with_page("/b/", answer(b"", status)))

    assert int(status[:3]) == error.status
    assert [""] == found.folders
    assert ["KEYS"] == found.paths


@pytest.mark.parametrize(
    ("first", "outcome"),
    [
        pytest.param(loopback.hanging, Outcome.TIMEOUT, id="hanging"),
        pytest.param(answer(b"", "500 Oops"), Outcome.STATUS, id="500"),
    ],
)
def test_a_server_that_does_not_answer_at_first_is_down(
    first: Answer, outcome: Outcome
) -> None:
    """Nobody asks it for more folders."""
    mirror = FolderMirror({"/": [first]})
    found = Listed(Lister(limits=replace(LIMITS, timeout=0.3), reach=REACH))
    with Loopback(mirror) as server:
        error = found.fails(server.url, ["", "a"])

    assert outcome == error.outcome
    assert ["/"] == mirror.asked


def test_a_closed_port_is_told() -> None:
    """A mirror that is down is no mirror without files."""
    found = Listed()
    with loopback.closed_port() as url:
        error = found.fails(url)

    assert (Outcome.REFUSED, []) == (error.outcome, found.folders)


def test_a_server_that_fails_again_and_again_is_given_up() -> None:
    """Three folders one after the other are enough."""
    names = tuple(f"d{one}/" for one in range(9))
    oops = answer(b"", "500 Oops")
    pages: Pages = {"/": page("/", *names), **{f"/{one}": oops for one in names}}
    mirror = FolderMirror(pages)
    found = Listed()
    with Loopback(mirror) as server:
        error = found.fails(server.url)

    assert (500, 4) == (error.status, len(mirror.asked))
    assert [""] == found.folders


def test_a_listing_goes_on_where_it_broke_off() -> None:
    """Folders that were listed are not asked for again, nor told again."""
    pages = with_page("/a/c/", answer(b"", "503 Busy"), page("/a/c/", "g"))
    mirror, found = FolderMirror(pages), Listed()
    with Loopback(mirror) as server:
        found.fails(server.url)
        before = set(mirror.asked) - {"/a/c/"}
        mirror.asked.clear()
        kept = found.coverage
        found.coverage = Coverage(kept.folders, kept.gone, hides=kept.hides)
        found.go(server.url)

    assert (PATHS, FOLDERS) == (found.paths, found.folders)
    assert before.isdisjoint(mirror.asked)
    assert "/a/c/" in mirror.asked


@pytest.mark.parametrize(
    ("names", "gone"),
    [(("KEYS", "b/"), True), (("KEYS", "b/", "x/"), False), (None, False)],
)
def test_a_prefix_that_is_not_found_is_gone_where_the_folder_above_says_so(
    names: tuple[str, ...] | None,
    gone: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Servers answer 404 also for folders that they only do not list."""
    pages = {} if names is None else {"/": page("/", *names)}
    found = Listed()
    with Loopback(FolderMirror(pages)) as server:
        found.go(server.url, ["x"])

    assert gone == found.coverage.lacks("x/y/f")
    assert gone == (not found.unlisted)


def test_a_deeper_prefix_is_looked_for_upwards() -> None:
    """The first folder above that is there tells."""
    found = Listed()
    with Loopback(FolderMirror(small())) as server:
        found.go(server.url, ["b/x/y"])

    assert frozenset({"b/x/y"}) == found.coverage.gone


def test_folders_within_themselves_end() -> None:
    """A link to the folder itself leads no deeper than the limit."""

    def behave(connection: loopback.Connection) -> None:
        answer(page(connection.path, "f", "a/"))(connection)

    found = Listed(Lister(limits=LIMITS, reach=replace(REACH, depth=5)))
    with Loopback(behave) as server:
        found.go(server.url)

    assert 6 == len(found.seen)
    assert ["a/a/a/a/a/a"] == [one.folder for one in found.unlisted]


@pytest.mark.parametrize(
    ("limit", "outcome"),
    [
        (replace(REACH, entries=4), Outcome.TOO_LARGE),
        (replace(REACH, requests=2), Outcome.TOO_LARGE),
        (replace(REACH, seconds=0), Outcome.DEADLINE),
    ],
)
def test_a_listing_has_limits(limit: Reach, outcome: Outcome) -> None:
    """Nothing is listed beyond what it may cost in all."""
    error, _ = failed(small(), limit)

    assert outcome == error.outcome


def test_the_whole_listing_has_a_deadline_against_one_that_trickles() -> None:
    """A request may take no longer than what is left of the whole."""
    started = time.monotonic()
    error, _ = failed({"/": [loopback.trickling_body]}, replace(REACH, seconds=0.5))

    assert Outcome.DEADLINE == error.outcome
    assert time.monotonic() - started < 4


def test_addresses_are_checked_once_for_all() -> None:
    """A name that leads elsewhere later leads nowhere, and private ones are refused."""
    asked: list[str] = []

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        asked.append(host)
        assert private
        return (Address(text="127.0.0.1", family=4),)

    found = Listed(Lister(limits=LIMITS, reach=REACH, resolve=resolve))
    with Loopback(FolderMirror(small())) as server:
        found.go(server.url_of("mirror.example"))
        public = replace(LIMITS, private_addresses=False)
        error = Listed(Lister(limits=public, reach=REACH)).fails(server.url)

    assert ["mirror.example"] == asked
    assert PATHS == found.paths
    assert Outcome.FORBIDDEN_ADDRESS == error.outcome


def test_a_dead_address_gives_way_to_the_next() -> None:
    """The first address that can be reached is kept."""

    def resolve(host: str, *, private: bool) -> tuple[Address, ...]:
        del host, private
        return tuple(Address(text=one, family=4) for one in ("127.0.0.9", "127.0.0.1"))

    found = Listed(Lister(limits=LIMITS, reach=REACH, resolve=resolve))
    with Loopback(FolderMirror(small())) as server:
        found.go(server.url_of("mirror.example"))

    assert PATHS == found.paths


def test_requests_keep_their_distance() -> None:
    """From one request to the next so many seconds pass at least."""
    started = time.monotonic()
    listed(small(), replace(REACH, pause=0.1))

    assert time.monotonic() - started >= 0.3


def test_no_connection_is_left_behind() -> None:
    """When the listing ends, the server sees the connection end."""
    ended: list[bytes] = []

    def behave(connection: loopback.Connection) -> None:
        FolderMirror(small())(connection)
        ended.append(connection.request)

    with Loopback(behave) as server:
        Listed().go(server.url)
        wait_for(lambda: bool(ended))

    assert [b""] == ended


def test_more_than_so_many_redirects_lead_nowhere() -> None:
    """A circle of redirects is none of the folder's page."""
    found = listed(with_page("/a/", redirecting("/a/")))

    assert [Outcome.REDIRECTED] == [one.outcome for one in found.unlisted]


def test_sizes_and_reach_have_defaults() -> None:
    """Without settings a listing is polite and bounded."""
    reach = Reach()

    assert (1_000_000, 64, 2**24) == (reach.entries, reach.depth, reach.page)
    assert reach.pause > 0
