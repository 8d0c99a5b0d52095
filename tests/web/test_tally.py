"""What is counted of requests, and as what."""

from collections.abc import Mapping
from typing import Any

import pytest

from mirrorsel.model import How
from mirrorsel.web.counted import SELECTED, Selected, endpoint_of
from mirrorsel.web.tally import Key, Tally
from tests.selection.worlds import mirror

DE = Selected.of(mirror("m", "de"), How.NEAR, "de")


def _counted(*notes: Mapping[str, Any], seconds: float = 0.002) -> Mapping[Key, float]:
    tally = Tally({"de", "fr"})
    for note in notes:
        tally.note({"REQUEST_METHOD": "GET", "PATH_INFO": "/get/a", **note}, seconds)
    return tally.take()


def test_a_selection_counts_for_its_mirror_and_its_country() -> None:
    """The two are counted apart, each with how the mirror was reached."""
    found = _counted({SELECTED: DE}, {SELECTED: DE}, {})

    assert {
        ("selections", "https://m.example/", "near"): 2,
        ("countries", "de", "near"): 2,
        ("bucket", "get", "0.0025"): 3,
        ("seconds", "get"): pytest.approx(0.006),
    } == found


def test_head_gives_nobody_a_mirror() -> None:
    """A question for headers is timed, and is no selection."""
    found = _counted({SELECTED: DE, "REQUEST_METHOD": "HEAD"})

    assert {"bucket", "seconds"} == {key[0] for key in found}


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        pytest.param("fr", "fr", id="a country"),
        pytest.param(None, "unknown", id="unknown"),
        pytest.param("zz", "unknown", id="no country"),
        pytest.param("", "unknown", id="nothing"),
    ],
)
def test_countries_are_those_of_the_world(country: str | None, expected: str) -> None:
    """Whatever a client calls its country, or a database does, labels are bounded."""
    found = _counted({SELECTED: Selected.of(mirror("m"), How.NEAR, country)})

    assert ("countries", expected, "near") in found


@pytest.mark.parametrize(
    ("seconds", "bound"),
    [
        pytest.param(0.0, "0.0005", id="no time"),
        pytest.param(0.0005, "0.0005", id="a bound"),
        pytest.param(0.0006, "0.001", id="beyond a bound"),
        pytest.param(7.0, "+Inf", id="beyond all"),
    ],
)
def test_durations_fall_into_buckets(seconds: float, bound: str) -> None:
    """A bound belongs to the bucket that it ends."""
    assert _counted({}, seconds=seconds)["bucket", "get", bound] == 1


def test_what_was_taken_is_not_taken_again() -> None:
    """Each note counts once."""
    tally = Tally(())
    tally.note({"REQUEST_METHOD": "GET", "PATH_INFO": "/get"}, 0.1)

    assert (len(tally.take()), len(tally.take())) == (2, 0)


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        pytest.param("/get", "get", id="get alone"),
        pytest.param("/get/a/b.tar.gz", "get", id="get"),
        pytest.param("/getting.cgi", "page", id="a name that begins so"),
        pytest.param("/dyn/closer.lua", "closer", id="closer"),
        pytest.param("/dyn/mirrors/mirrors.cgi/a", "closer", id="with a file"),
        pytest.param("/mirrors/metrics", "status", id="metrics"),
        pytest.param("/download.cgi", "page", id="a page"),
        pytest.param("", "page", id="nothing"),
    ],
)
def test_endpoints(path: str, endpoint: str) -> None:
    """There are four, whatever is asked for."""
    assert endpoint == endpoint_of(path)
