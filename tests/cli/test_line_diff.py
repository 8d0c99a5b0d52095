"""The difference of two texts."""

from difflib import unified_diff

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.cli.line_diff import steps, unified

LINES = st.lists(st.sampled_from(["", "#", "a", "b", "c"]), max_size=30)
UNIQUE = st.lists(st.integers(0, 40), unique=True, max_size=30)


@given(LINES, LINES)
def test_steps_lead_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    """What stays is equal, and nothing is left out or comes twice."""
    place = new_place = 0
    for tag, start, end, new_start, new_end in steps(old, new):
        assert (start, new_start) == (place, new_place)
        assert (tag == "equal") <= (old[start:end] == new[new_start:new_end])
        place, new_place = end, new_end

    assert (place, new_place) == (len(old), len(new))


@given(LINES, LINES)
def test_with_all_around_it(old: list[str], new: list[str]) -> None:
    """A diff with enough lines around holds both texts."""
    _, *lines = list(unified(old, new, context=100)) or [""]
    if old == new:
        assert not lines
        return
    assert [one[1:] for one in lines if one[0] in " -"] == old
    assert [one[1:] for one in lines if one[0] in " +"] == new


@given(UNIQUE, UNIQUE, st.integers(0, 4))
def test_as_diff_has_it(old: list[int], new: list[int], context: int) -> None:
    """Lines are counted as the library counts them, where no two are alike."""
    before, after = sorted(map(str, old)), sorted(map(str, new))
    _, _, *theirs = list(unified_diff(before, after, n=context, lineterm="")) or [
        "",
        "",
    ]

    assert list(unified(before, after, context=context)) == theirs


def test_lines_that_come_again_and_again() -> None:
    """A list that was made to be compared for hours is not."""
    count, kinds = 200_000, 2000
    old = [str(one % kinds) for one in range(count)]
    new = ["first", *(str(one * 7 % kinds) for one in range(count))]

    assert steps(old, new) == [("replace", 0, count, 0, count + 1)]


def test_one_line_among_many_alike() -> None:
    """A small edit is found small, however alike all lines are."""
    old = ["# same"] * 300_000
    new = [*old]
    new[1000] = "other"

    assert steps(old, new)[1:-1] == [("replace", 1000, 1001, 1000, 1001)]
