"""The condition of IfVersion."""

import pytest

from mirrorsel.audit.version import is_met
from mirrorsel.audit.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(">= 2.4", True, id="this release"),
        pytest.param("< 2.4", False, id="before"),
        pytest.param("!< 2.4", True, id="not before"),
        pytest.param("!>= 2.4", False, id="not this release"),
        pytest.param(">= 2.4.50", True, id="some of this release"),
        pytest.param("!>= 2.4.50", True, id="others of this release"),
        pytest.param(">= 2.5", False, id="later"),
        pytest.param("= 3", False, id="another"),
        pytest.param("= /^2/", True, id="an expression"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_a_version_that_could_be(text: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """A condition is met where some httpd 2.4 meets it."""
    assert expected is is_met(words(text))
