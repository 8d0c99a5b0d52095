"""Files that are replaced while thousands ask; ``./dev soak reload`` takes longer."""

import pytest

from tests.reload.fire import Order, fire
from tests.reload.report import AGREE, Report
from tests.reload.series import (
    Series,
    some_of_the_list,
    some_of_the_settings,
    some_sizes,
)

pytestmark = pytest.mark.httpd

_SLOWEST = 2.0
"""Seconds: on a machine that others use too; on one that is idle it is milliseconds."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((False, (some_of_the_list, some_of_the_settings)), id="ways"),
        pytest.param((True, (some_sizes,)), id="sizes"),
    ],
)
def report(request: pytest.FixtureRequest) -> Report:
    """Play once for all that is asked of it."""
    light, series = request.param
    played: tuple[Series, ...] = series
    return fire(Order(light=light), played)


def test_no_answer_fails_or_is_of_two_versions(report: Report) -> None:
    """Every answer is one of a whole list, whole settings and a whole snapshot."""
    assert () == report.faults, "\n".join(report.lines())


def test_every_process_knows_an_edit_in_time(report: Report) -> None:
    """All of several processes answered, and the published list is the new one too."""
    assert 3 == report.workers
    assert max(one.seconds for one in report.rounds) < AGREE


def test_nobody_waits_for_an_edit(report: Report) -> None:
    """While a list is read, requests go on."""
    assert report.answers > 500
    assert report.slowest(report.began, report.ended) < _SLOWEST
