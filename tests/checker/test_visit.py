"""Visits of mirrors on loopback: each with one thing wrong, and one with nothing."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mirrorsel.answer import Silence
from mirrorsel.checker.visit import Visit
from mirrorsel.net import Limits
from mirrorsel.requirements import (
    Evidence,
    Item,
    Level,
    Questions,
    Result,
    checklist,
)
from mirrorsel.words import why
from tests import loopback
from tests.loopback import Authority, Behaviour, Loopback, answer, redirecting, stamped
from tests.mirror import at
from tests.requirements.trees import NAMES, index, page, serving, tree

_ARCHIVE = "zzz/mirror-tests/1mb.img."
_REDIRECT = "zzz/mirror-tests/redirect-test/xyz"


class World:
    """An origin, and mirrors that end with the test."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._authority = Authority(folder)
        self._stack = stack
        self.origin = self.serve(tree()).url

    def serve(self, answers: Mapping[str, Behaviour], base: str = "/") -> Loopback:
        """Start a server."""
        return self._stack.enter_context(Loopback(serving(answers, base)))

    def serve_tls(self, answers: Mapping[str, Behaviour], days: int = 90) -> Loopback:
        """Start a server with a certificate for `localhost` that is good so long."""
        tls = self._authority.context("localhost", days=days)
        server = Loopback(serving(answers), tls=tls)
        return self._stack.enter_context(server)

    def visit(
        self,
        url: str,
        origin: str = "",
        addresses: tuple[str, ...] = ("127.0.0.1",),
        https_port: int | None = None,
    ) -> Evidence:
        """Visit a mirror whose name has these addresses."""
        limits = Limits(
            timeout=5,
            deadline=5,
            private_addresses=True,
            authorities=str(self._authority.file),
        )
        visit = Visit(
            base=url,
            origin=origin or self.origin,
            questions=Questions(),
            limits=limits,
            jobs=4,
            say=why,
            resolve=at(*addresses),
            https_port=https_port,
        )
        return visit.evidence(dict(visit.asked()), datetime.now(UTC))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give an origin, and mirrors that end with the test."""
    with ExitStack() as stack:
        yield World(tmp_path, stack)


def failed(evidence: Evidence) -> list[Item]:
    """Return the lines that fail, but for the one that asks for https."""
    return [
        one
        for one in checklist(evidence)
        if one.result is Result.FAIL and one.name != "https"
    ]


def test_good_mirror(world: World) -> None:
    """A mirror that has all that is asked of it passes every line (REQ-82)."""
    url = world.serve_tls(tree()).url_of("localhost")
    items = checklist(world.visit(url, addresses=("127.0.0.1",)))

    # A host without an IPv6 address is only told so.
    assert [one.name for one in items if one.result is not Result.PASS] == ["ipv6"]
    assert all(one.seen and not one.fix for one in items)


@pytest.mark.parametrize(
    ("path", "behaviour", "name", "seen"),
    [
        pytest.param(
            "zzz/time.txt",
            answer(b"", "404 Not Found"),
            "fatal stamp",
            "404 Not Found",
            id="no stamp",
        ),
        pytest.param(
            "zzz/time.txt",
            answer(b"<html>\x1b[2J"),
            "fatal stamp",
            "not a stamp: '<html> [2J'",
            id="malformed stamp",
        ),
        pytest.param(
            "harmony/",
            answer(b"Welcome"),
            "error no-folder",
            "harmony/: 200 OK",
            id="any folder is there",
        ),
        pytest.param(
            "harmony/",
            redirecting("/"),
            "error no-folder",
            "harmony/: 302 Found to /",
            id="any folder leads home",
        ),
        pytest.param(
            "zzz/___",
            answer(b"Welcome"),
            "error no-file",
            "zzz/___: 200 OK",
            id="any file is there",
        ),
        pytest.param(
            "zzz/time.txt",
            stamped(age=86460),
            "warning age",
            "24 h old",
            id="old",
        ),
        pytest.param(
            "zzz/time.txt",
            stamped(age=-86400),
            "warning age",
            "the stamp lies in the future",
            id="from the future",
        ),
        pytest.param(
            "",
            page(index((*NAMES[1:], "casino/"))),
            "warning entries",
            "missing: httpd/; not of the origin: casino/",
            id="other entries",
        ),
        pytest.param(
            "",
            page(index(header="<h1>Index of /apache</h1>")),
            "warning header",
            "no text above the names",
            id="no header",
        ),
        pytest.param(
            "",
            page(index(footer="")),
            "warning footer",
            "no text below the names",
            id="no footer",
        ),
        pytest.param(
            "",
            page(index(icon="")),
            "warning icons",
            "no icons beside the names",
            id="no icons",
        ),
        pytest.param(
            "",
            page(index(tuple(sorted(NAMES)))),
            "warning order",
            "zzz/ stands behind favicon.ico",
            id="files among folders",
        ),
        pytest.param(
            "",
            page(index(header="<p>x</p><iframe src='https://ads.example/'></iframe>")),
            "warning frames",
            "the page has frames",
            id="frames",
        ),
        pytest.param(
            "zzz/",
            page(index(("time.txt",), footer="")),
            "warning zzz-texts",
            "no text below the names",
            id="no texts below",
        ),
        pytest.param(
            f"{_ARCHIVE}tgz",
            answer(b"PK", headers={"Content-Encoding": "x-gzip"}),
            "warning archives",
            "1mb.img.tgz: 200 OK, with Content-Encoding: x-gzip",
            id="encoded archive",
        ),
        pytest.param(
            f"{_ARCHIVE}zip",
            answer(b"", "403 Forbidden"),
            "warning archives",
            "1mb.img.zip: 403 Forbidden",
            id="no archive",
        ),
        pytest.param(
            f"{_ARCHIVE}tar.gz",
            answer(b"PK", headers={"Content-Type": "application/x-tar"}),
            "warning media-type",
            "application/x-tar",
            id="media type",
        ),
        pytest.param(
            _REDIRECT,
            answer(b"", "404 Not Found"),
            "warning redirect",
            "404 Not Found",
            id="no redirects",
        ),
        pytest.param(
            _REDIRECT,
            redirecting("http://www.apache.org/", "301 Moved"),
            "warning redirect",
            "301 Moved to http://www.apache.org/",
            id="another redirect",
        ),
        pytest.param(
            "",
            answer(index(), headers={"Server": "nginx/1.22"}),
            "warning server",
            "nginx/1.22",
            id="not Apache",
        ),
    ],
)
def test_one_thing_wrong(
    world: World, path: str, behaviour: Behaviour, name: str, seen: str
) -> None:
    """Each requirement fails by itself, with its level and what was seen (REQ-82)."""
    mirror = world.serve({**tree(), path: behaviour})
    (found,) = failed(world.visit(mirror.url))

    assert (name, seen) == (f"{found.level} {found.name}", found.seen)
    assert found.fix


def test_http(world: World) -> None:
    """A mirror by http is warned that https is preferred (REQ-82)."""
    items = checklist(world.visit(world.serve(tree()).url))
    (found,) = (one for one in items if one.result is Result.FAIL)

    assert (found.name, found.level) == ("https", Level.WARNING)


@pytest.mark.parametrize(
    ("behaviour", "seen"),
    [
        pytest.param(answer(b"", "403 Forbidden"), "403 Forbidden", id="forbidden"),
        pytest.param(
            page(b"x", {"Content-Encoding": "gzip"}),
            "200 OK, with Content-Encoding: gzip",
            id="encoded though nobody asked",
        ),
        pytest.param(
            page(b"x" * 600_000), "200 OK, more than 262144 bytes", id="without end"
        ),
    ],
)
def test_base_cannot_be_read(world: World, behaviour: Behaviour, seen: str) -> None:
    """That is fatal, and what the page would show cannot be told (REQ-82)."""
    items = checklist(world.visit(world.serve({**tree(), "": behaviour}).url))
    found = {one.name: one for one in items}

    assert (Level.FATAL, Result.FAIL, seen) == (
        found["base"].level,
        found["base"].result,
        found["base"].seen,
    )
    assert {"header", "footer", "icons", "order", "frames", "entries"} <= {
        one.name for one in items if one.result is Result.SKIP
    }


def test_no_answer_at_all(world: World) -> None:
    """Where the base gives no answer, nothing else is asked."""
    with loopback.closed_port() as dead:
        evidence = world.visit(dead)
    (found,) = failed(evidence)

    assert not evidence.reached
    assert (found.name, found.seen) == ("base", "no connection: Connection refused")


def test_base_that_has_moved(world: World) -> None:
    """The others are asked where the base leads, and that place is named."""
    there = world.serve(tree(), "/apache/")
    here = world.serve({"": redirecting(f"{there.url}apache/")})
    evidence = world.visit(here.url)
    found = {one.name: one.seen for one in checklist(evidence)}

    assert failed(evidence) == []
    assert found["base"] == f"200 OK, from {there.url}apache/"
    # The second is asked over IPv4, to see whether that works.
    assert len(here.requests) == 2


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        pytest.param(answer(b"", "503 Busy"), "cannot be read: 503 Busy", id="down"),
        pytest.param(answer(b"<p>Hello"), "shows no names", id="no list"),
    ],
)
def test_origin_tells_nothing(world: World, behaviour: Behaviour, words: str) -> None:
    """Where the origin's names are unknown, they are not compared, and it is said."""
    origin = world.serve({"": behaviour}).url
    items = checklist(world.visit(world.serve(tree()).url, origin))
    (found,) = (one for one in items if one.name == "entries")

    assert (found.result, found.seen) == (Result.SKIP, f"{origin} {words}")


def test_ipv6_that_does_not_answer(world: World) -> None:
    """An address that does not answer is a warning, though the other does (REQ-82)."""
    mirror = world.serve(tree())
    evidence = world.visit(mirror.url_of("localhost"), addresses=("127.0.0.1", "::1"))
    (found,) = failed(evidence)

    assert (found.name, found.level) == ("ipv6", Level.WARNING)
    assert found.seen == "no connection: Connection refused"


def test_ipv6_that_this_machine_cannot_reach(world: World) -> None:
    """That is no fault of the mirror, and said as what it is."""
    silence = Silence(words="no way there from here", asked=False)
    evidence = world.visit(world.serve(tree()).url)
    replies = {**evidence.replies, evidence.questions.ipv6: silence}
    found = {one.name: one for one in checklist(replace(evidence, replies=replies))}

    assert found["ipv6"].result is Result.SKIP
    assert found["ipv6"].seen == "no way there from here"


@pytest.mark.parametrize(
    ("days", "result", "seen"),
    [
        pytest.param(13, Result.FAIL, "12 d left, until ", id="ends soon"),
        pytest.param(16, Result.PASS, "15 d left, until ", id="ends later"),
    ],
)
def test_certificate(world: World, days: int, result: Result, seen: str) -> None:
    """A certificate should be valid for two weeks more (REQ-82)."""
    url = world.serve_tls(tree(), days).url_of("localhost")
    found = {one.name: one for one in checklist(world.visit(url))}["certificate"]

    assert (found.result, found.seen[: len(seen)]) == (result, seen)


def test_https_beside_http(world: World) -> None:
    """Where a mirror by http has https too, it is seen, with its certificate."""
    port = world.serve_tls(tree()).port
    url = world.serve(tree()).url_of("localhost")
    found = {one.name: one.seen for one in checklist(world.visit(url, https_port=port))}

    assert found["https"] == "the URL has http"
    assert found["https-there"] == "200 OK"
    assert found["certificate"].startswith("89 d left")


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        pytest.param({}, "404 Not Found", id="another tree"),
        pytest.param(
            {"zzz/time.txt": loopback.silent},
            "broken answer: Remote end closed connection without response",
            id="no answer",
        ),
    ],
)
def test_no_https_beside_http(
    world: World, answers: Mapping[str, Behaviour], seen: str
) -> None:
    """Where that is not so, it is a warning (REQ-82)."""
    port = world.serve_tls(answers).port
    url = world.serve(tree()).url_of("localhost")
    (found,) = failed(world.visit(url, https_port=port))

    assert (found.name, found.level, found.seen) == ("https-there", Level.WARNING, seen)


def test_hostile_answers_are_words(world: World) -> None:
    """Whatever a mirror sends is one short line, and nothing that a terminal obeys."""
    wild = "404 \x1b[2J\u202e" + "x" * 5000
    answers = dict.fromkeys(tree(), answer(b"\x1b]0;x\x07" * 9, wild))
    items = checklist(world.visit(world.serve(answers).url))

    assert all(one.seen.isprintable() and len(one.seen) < 400 for one in items)
