"""What stands in for a list that never was good."""

from pathlib import Path

import pytest

from mirrorsel.lists import stand_in

_GOOD = "http de https://good.example/ -\n"
_MIXED = "http de https://mixed.example/ -\nnonsense\n"


@pytest.mark.parametrize(
    ("last_good", "listed", "expected"),
    [
        pytest.param(_GOOD, _MIXED, ["https://good.example/"], id="last-good"),
        pytest.param(_MIXED, _GOOD, ["https://good.example/"], id="damaged-copy"),
        pytest.param(None, _MIXED, ["https://mixed.example/"], id="good-lines"),
        pytest.param(None, None, [], id="nothing"),
    ],
)
def test_stand_in(
    tmp_path: Path, last_good: str | None, listed: str | None, expected: list[str]
) -> None:
    """The last good list goes before the good lines of the one that is there."""
    paths = tmp_path / "mirrors.list", tmp_path / "last-good.list"
    for path, text in zip(paths, (listed, last_good), strict=True):
        if text is not None:
            path.write_text(text)

    assert expected == [one.url for one in stand_in(*paths).mirrors.mirrors]
