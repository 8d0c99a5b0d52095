"""Settings that are measured, and those that follow from what was measured."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.parts.capacity import Measured, settings
from bench.variants import VARIANTS, Variant, edit
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options

FOUND = Measured(cpu=400e-6, worker=50.0, child=5.0)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: f"{one.name} {one.asked}")
def test_a_variant_is_another_setting(variant: Variant, tmp_path: Path) -> None:
    """What it changes is there in what is shipped, and changes it."""
    shipped = Options(home=tmp_path, accounts=choose_accounts())
    changed = variant.change(shipped)

    assert shipped != changed
    if shipped.included != changed.included:
        assert shipped.included.read_text() != changed.included.read_text()
        assert shipped == replace(changed, included=shipped.included)


def test_what_is_not_there_cannot_be_changed() -> None:
    """A variant of a setting that is no longer shipped would compare like with like."""
    with pytest.raises(ValueError, match="has no 'threads=4'"):
        edit("threads=8", "threads=4", "threads=2")


@pytest.mark.parametrize(
    ("cores", "row"),
    [
        pytest.param(1, ("2", "25", "400", "511", "180", "1,750", "58"), id="one"),
        pytest.param(16, ("16", "25", "400", "4096", "880", "28,000", "4"), id="16"),
        pytest.param(
            64, ("64", "32", "512", "16384", "3,280", "112,000", "1"), id="more threads"
        ),
    ],
)
def test_what_a_server_needs(cores: int, row: tuple[str, ...]) -> None:
    """Processes follow the cores, and httpd's threads and queues what they answer."""
    assert (f"{cores}", *row) == settings(cores, FOUND)
