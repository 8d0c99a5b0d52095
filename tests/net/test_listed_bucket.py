"""A whole tree from a bucket, page by page."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from mirrorsel.model import Outcome
from mirrorsel.net import Lister
from tests.listed import LIMITS, REACH, SIZES, Listed, is_wanted
from tests.listing import forms
from tests.loopback import Behaviour, Connection, Loopback, answer, hanging

_NO_KEY = answer(b"<Error><Code>NoSuchKey</Code></Error>", "404 Not Found")


def bucket(
    prefix: str = "", root: str = "/", form: str = "v2", size: int = 2
) -> tuple[Behaviour, list[str]]:
    """Return the behaviour of a bucket with the small tree, and what was asked.

    Args:
        prefix: What all its keys begin with.
        root: Its path.
        form: How pages are continued; see `forms.bucket`.
        size: How many keys a page has.

    """
    sizes = {**{f"{prefix}{path}": size for path, size in SIZES.items()}, "other": 1}
    asked: list[str] = []

    def behave(connection: Connection) -> None:
        asked.append(connection.path)
        parts = urlsplit(connection.path)
        query = {name: one[0] for name, one in parse_qs(parts.query).items()}
        if parts.path != root:
            return _NO_KEY(connection)
        start = query.get("continuation-token", query.get("marker", ""))
        keys = sorted(
            one
            for one in sizes
            if one > start and one.startswith(query.get("prefix", ""))
        )
        objects = [(one, forms.entry(one, sizes[one])) for one in keys[:size]]
        more = keys[size - 1] if len(keys) > size else ""
        return answer(forms.bucket(objects, more=more, form=form))(connection)

    return behave, asked


@pytest.mark.parametrize("form", ["v2", "v1", "bare"])
@pytest.mark.parametrize(
    ("prefix", "root", "path"),
    [
        pytest.param("", "/", "", id="a-host-of-its-own"),
        pytest.param("dist/", "/", "dist/", id="below-a-prefix"),
        pytest.param("a b/dist/", "/bucket/", "bucket/a%20b/dist/", id="as-a-folder"),
        pytest.param("", "/bucket/", "bucket/", id="a-whole-folder"),
    ],
)
def test_a_bucket_is_listed(prefix: str, root: str, path: str, form: str) -> None:
    """All pages are read, wherever the bucket is."""
    behave, asked = bucket(prefix, root, form)
    found = Listed()
    with Loopback(behave) as server:
        found.go(server.url + path, wanted=is_wanted)

    assert SIZES | ({} if prefix else {"other": 1}) == found.sizes
    assert ["", "a", "a/b"] == found.folders
    assert found.coverage.lacks("a/README")
    assert len(asked) < 10


def test_prefixes_are_asked_for_alone() -> None:
    """What has no object is not there."""
    behave, asked = bucket("dist/")
    found = Listed()
    with Loopback(behave) as server:
        found.go(f"{server.url}dist/", ["a/b", "none"], wanted=is_wanted)

    assert {one for one in SIZES if one.startswith("a/b/")} == set(found.paths)
    assert frozenset({"none"}) == found.coverage.gone
    assert all("dist%2Fa%2Fb%2F" in one or "none" in one for one in asked[1:] if one)


@pytest.mark.parametrize(
    ("bad", "outcome"),
    [
        (answer(b"", "500 Oops"), Outcome.STATUS),
        (answer(b"<html></html>"), Outcome.PROTOCOL),
        (answer(forms.bucket([], more="a/b/empty")), Outcome.PROTOCOL),
        (answer(b" " * 10**6), Outcome.TOO_LARGE),
    ],
)
def test_a_list_that_breaks_off_covers_nothing(
    bad: Behaviour, outcome: Outcome
) -> None:
    """Nobody knows what would have come."""
    good, asked = bucket()
    found = Listed(Lister(limits=LIMITS, reach=replace(REACH, page=10**5)))

    def behave(connection: Connection) -> None:
        (bad if "continuation-token" in connection.path else good)(connection)

    with Loopback(behave) as server:
        error = found.fails(server.url)

    assert outcome == error.outcome
    assert [] == found.folders
    assert asked


def test_a_server_that_only_looks_like_a_bucket_lists_nothing() -> None:
    """Wherever the bucket may be, there is none."""
    found = Listed()
    with Loopback(_NO_KEY) as server:
        error = found.fails(f"{server.url}a/b/c/")

    assert (Outcome.STATUS, 404, []) == (error.outcome, error.status, found.folders)


def test_a_bucket_that_does_not_answer_is_told() -> None:
    """No other place is tried then."""
    listing = answer(forms.bucket([]))
    found = Listed(Lister(limits=replace(LIMITS, timeout=0.3), reach=REACH))

    def behave(connection: Connection) -> None:
        (hanging if "list-type" in connection.path else listing)(connection)

    with Loopback(behave) as server:
        error = found.fails(server.url)

    assert Outcome.TIMEOUT == error.outcome
