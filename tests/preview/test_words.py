"""Tests for mirrorsel.preview.words: what a preview says."""

from dataclasses import replace

import pytest

from mirrorsel.preview.words import (
    firsts,
    headline,
    kilometres,
    loss,
    notes,
    percent,
)
from tests.preview.edits import effect, of
from tests.selection.worlds import DOWN, mirror

DE, OTHER, FR = mirror("a"), mirror("b"), mirror("fr", "fr")
BACKUP = mirror("backup", None, backup=True)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (0.0001, "<0.1 %"),
        (0.0123, "1.2 %"),
        (0.999, "99.9 %"),
        (0.9999, "100 %"),
        (1, "100 %"),
    ],
)
def test_shares(share: float, words: str) -> None:
    """Little is not nothing, and no share looks more exact than it is."""
    assert words == percent(share)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (12.4, 1234.5, "12 -> 1,234"),
        (12.4, 12.3, "12"),
        (None, 7, "- -> 7"),
        (None, None, "-"),
    ],
)
def test_distances(before: float | None, after: float | None, words: str) -> None:
    """Two distances that look the same are one."""
    assert words == kilometres(before, after)


def test_the_headline() -> None:
    """It says what was done, and what comes of it."""
    new = [OTHER, replace(FR, weight=3), mirror("c", "jp")]
    found = effect([DE, FR], new, weights={"de": 1, "fr": 1})

    assert "2 mirrors added, 1 removed, 1 changed: 50.0 % of all" in headline(found)


def test_the_headline_of_nothing() -> None:
    """An edit of comments is one of nothing; one of a dead mirror moves nobody."""
    dead = {OTHER.url: DOWN}

    assert headline(effect([DE], [DE])).startswith("Nothing changes")
    assert "no client" in headline(effect([DE, OTHER], [DE], dead))


def test_first_mirrors() -> None:
    """They have how many others share the clients with them."""
    assert "a +1 -> " in firsts(of(effect([DE, OTHER], [DE]), "de")).replace(
        ".example", ""
    )
    assert firsts(of(effect([DE], [OTHER]), "de")) == "a.example -> b.example"
    assert firsts(of(effect([DE], [DE, OTHER]), "de")) == (
        "a.example +0 -> +1, 100 % -> 50.0 %"
    )


def test_first_mirrors_of_one_host() -> None:
    """Where the hosts are the same, the whole URLs tell them apart."""
    plain = replace(DE, url="http://a.example/")

    assert firsts(of(effect([plain], [DE]), "de")) == (
        "http://a.example/ -> https://a.example/"
    )


def test_what_a_country_loses() -> None:
    """It says what it had, what it gets, and how far that is."""
    lost = of(effect([DE, FR], [FR]), "de")
    fallen = of(effect([DE, BACKUP], [BACKUP]), "de")

    assert loss(lost) == (
        "loses its last healthy mirror; its clients go to fr.example,"
        f" {lost.after.km:.0f} km away instead of 0"
    )
    assert loss(fallen).startswith("falls back to a Backup, where it had healthy")


def test_notes() -> None:
    """They say where the numbers come from."""
    capped = [mirror("a", max_share=0.1), OTHER]
    found = effect([DE, OTHER], capped)

    assert f"{found.sample:,} networks" in " ".join(notes(found))
    assert "a guess" in " ".join(notes(found))
