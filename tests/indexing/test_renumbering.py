"""Numbers of files that would run out."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mirrorsel.indexing.claims import Claim
from mirrorsel.indexing.crosscheck import crosscheck, keep_claims
from mirrorsel.indexing.renumbering import renumber
from mirrorsel.indexing.sign import Sign
from mirrorsel.indexing.store import Facts, Store
from mirrorsel.model import Pieces
from tests.indexing.stored import published


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a store in which 30 files of 40 are left, the first ten gone."""
    with closing(Store(tmp_path / "work", "/t")) as store:
        for n in range(40):
            pieces = Pieces(length=n + 1, sha256=b"s" * 32, sha1=b"1" * 20)
            store.put(f"d/{n}", Facts(n, n, b"h" * 32), pieces, Sign(1, n, n, n))
        store.forget(*range(1, 11))
        number = store.number("d/39")
        assert number is not None
        keep_claims(store, number, [Claim("d/20", b"i" * 32)])
        store.commit()
        yield store


def test_low_numbers_stay(store: Store) -> None:
    """Nothing is done before it must be."""
    before = published(store).about.lineage

    assert not renumber(store, highest=40)
    assert published(store).about.lineage == before


def test_all_of_a_file_goes_along(store: Store) -> None:
    """Files are numbered from 1, with all that is known of them, in a new lineage."""
    before = published(store).about.lineage

    assert renumber(store, highest=39)

    assert published(store).about.lineage != before
    files = list(published(store).files())
    assert [(one.number, one.path) for one in files] == [
        (n, f"d/{n + 9}") for n in range(1, 31)
    ]
    twin = store.twin(Sign(1, 25, 25, 25), 25)
    assert twin is not None
    assert twin.pieces is not None
    assert twin.pieces.length == 26
    assert [one.path for one in crosscheck(store, hashed=True).examples] == ["d/20"]
    assert store.put("new", Facts(1, 1)) == 31
