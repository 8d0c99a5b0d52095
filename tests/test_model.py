"""The values that all rooms speak in."""

import pytest

from mirrorsel.model import iso_country, listed_country


@pytest.mark.parametrize(
    ("iso", "listed"),
    [
        pytest.param("DE", "de", id="as in ISO 3166-1"),
        pytest.param("GB", "uk", id="the one that differs"),
    ],
)
def test_two_codes_of_a_country(iso: str, listed: str) -> None:
    """Lists write the codes of ISO 3166-1 in lower case, and `uk` for GB."""
    assert listed == listed_country(iso)
    assert iso.lower() == iso_country(listed)


def test_uk_is_one_country() -> None:
    """`uk` is also understood where a code of ISO 3166-1 is expected."""
    assert listed_country("UK") == "uk"
