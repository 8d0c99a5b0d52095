"""Tests for mirrorsel.preview.raster: a map in letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.model import Coordinates
from mirrorsel.preview.raster import Raster
from tests.status.test_world import PLACES

BRAILLE = {*map(chr, range(0x2800, 0x2900)), " "}


def test_one_town() -> None:
    """It is one dot of one letter, with nothing around it."""
    raster = Raster(90)
    town = Coordinates(latitude=0, longitude=0)
    row, column = raster.cell(town)
    land = raster.land([town])

    assert land[row][column].strip()
    assert set("".join(land)) == {" ", land[row][column]}
    assert column in {44, 45}


@given(st.lists(PLACES), st.integers(1, 200))
def test_every_place_is_on_it(places: list[Coordinates], columns: int) -> None:
    """All of the earth fits, in rows of one width, and each town shows."""
    raster = Raster(columns)
    land = raster.land(places)

    assert {columns} == set(map(len, land))
    assert raster.rows == len(land)
    assert set("".join(land)) <= BRAILLE
    for row, column in map(raster.cell, places):
        assert land[row][column] != " "


@pytest.mark.parametrize("columns", [20, 80, 120])
def test_its_height(columns: int) -> None:
    """It is about a fifth as many rows high as it is letters wide."""
    assert 0.2 < Raster(columns).rows / columns < 0.27
