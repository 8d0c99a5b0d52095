"""How outcomes are said."""

import pytest

from mirrorsel.model import Outcome
from mirrorsel.words import why


@pytest.mark.parametrize(
    ("outcome", "detail", "words"),
    [
        pytest.param(Outcome.OK, "", "answers", id="good"),
        pytest.param(Outcome.STATUS, "404 No", "bad status: 404 No", id="detail"),
        pytest.param(Outcome.DNS, "m.example: no", "name not found: no", id="host"),
        pytest.param(
            Outcome.DNS,
            "m.example has no address of IPv6",
            "name not found: has no address of IPv6",
            id="host in a sentence",
        ),
        pytest.param(
            Outcome.DNS,
            "m.example.org: no",
            "name not found: m.example.org: no",
            id="another host",
        ),
    ],
)
def test_how_a_probe_ended(outcome: Outcome, detail: str, words: str) -> None:
    """The outcome and its detail are one phrase, without the mirror's own host."""
    assert words == why(outcome, detail, "https://m.example/apache/")
