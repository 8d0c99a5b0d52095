"""What is told to the people of a mirror to do."""

import pytest

from mirrorsel.model import Health, Outcome, State
from mirrorsel.remedy import remedy


@pytest.mark.parametrize(
    ("health", "words"),
    [
        pytest.param(Health(state=State.UP, outcome=Outcome.OK), "", id="up"),
        pytest.param(
            Health(state=State.DOWN, outcome=Outcome.CERT_EXPIRED),
            "Please renew the certificate.",
            id="down",
        ),
        pytest.param(Health(state=State.DOWN, outcome=Outcome.OK), "", id="back"),
        pytest.param(
            Health(state=State.UP, outcome=Outcome.OK, stale=True),
            "Please let the synchronisation run again, and see that it ends well.",
            id="stale",
        ),
        pytest.param(
            Health(state=State.DOWN, outcome=Outcome.SOFT_404, quarantine="x"),
            "",
            id="quarantine",
        ),
    ],
)
def test_remedy(health: Health, words: str) -> None:
    """Who can mend something reads what; in quarantine, only the operator can."""
    assert words == remedy(health)
