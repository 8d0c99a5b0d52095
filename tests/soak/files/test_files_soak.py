"""A changing tree among odd mirrors, for a while; ``./dev soak files`` takes longer."""

import pytest

from tests.soak.files.copies import LIVES
from tests.soak.files.soak import Order, Report, soak

pytestmark = [pytest.mark.soak, pytest.mark.httpd]


@pytest.fixture(scope="module")
def report() -> Report:
    """Run the test once for all that is asked of it."""
    return soak(Order(seconds=12))


def test_every_answer_is_right(report: Report) -> None:
    """No request fails, and none leads to who is known to lack the file.

    What a mirror sends that answers has a size that was published.
    """
    assert report.wrong == (), "\n".join(report.lines())


def test_in_the_end_all_is_known(report: Report) -> None:
    """When the tree rests, the index is its own, and each honest mirror is known."""
    assert report.differs == (), "\n".join(report.lines())


def test_nothing_grows(report: Report) -> None:
    """Old editions of the index are let go of, by all processes."""
    assert report.growth < 16, "\n".join(report.lines())
    assert report.descriptors < 16, "\n".join(report.lines())


def test_nothing_unexpected_is_logged(report: Report) -> None:
    """No process met a defect."""
    assert "Traceback" not in report.log


def test_it_was_worth_it(report: Report) -> None:
    """The tree changed, was indexed and scanned, and all sorts of mirrors named."""
    useful = {one.name for one in LIVES if not one.pages}

    assert report.changes > 10
    assert report.editions > 2
    assert report.scans > len(LIVES)
    assert report.named.keys() >= useful, "\n".join(report.lines())
