"""What is written of explanations is true."""

import re
from collections.abc import Callable
from typing import Any, cast

import pytest

from mirrorsel.model import Mirror, Rank, RingBound
from mirrorsel.selection.entry import entry
from mirrorsel.selection.rendezvous import rendezvous, slot
from mirrorsel.web.explain.question import NAMES
from tests.docs.reference import ROOT

TEXT = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", name="score")
def fixture_score() -> Callable[[str, str, int], float]:
    """Return the function of the document."""
    [source] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102 - our own document, of this very version
    return cast("Callable[[str, str, int], float]", names["score"])


@pytest.mark.parametrize("network", ["192.0.2.0/24", "2001:db8::/48", ""])
@pytest.mark.parametrize("weight", [1, 100, 250])
def test_the_score_can_be_reckoned_by_hand(
    score: Callable[[str, str, int], float], network: str, weight: int
) -> None:
    """The code of the document gives the score of a mirror."""
    mirror = Mirror(url="https://mirror.example/apache/", weight=weight)
    ring = rendezvous([entry(0, mirror, {})])

    [(found, _)] = ring.scores(slot(network))

    assert found == (score(network, mirror.url, weight),)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(NAMES, id="parameters"),
        pytest.param(Rank.__dataclass_fields__, id="ranks"),
        pytest.param(RingBound.__dataclass_fields__, id="rings"),
    ],
)
def test_nothing_is_left_out(names: tuple[str, ...]) -> None:
    """Each parameter and each member has its place in a table."""
    rows = "".join(line for line in TEXT.splitlines() if line.startswith("|"))

    assert {*names} <= set(re.findall(r"`(\w+)`", rows))
