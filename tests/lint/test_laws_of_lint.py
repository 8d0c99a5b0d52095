"""Tests of what mirrorsel.lint does with every text."""

from dataclasses import replace
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.errors import Problem
from mirrorsel.lint import CODES, Severity, severity
from mirrorsel.lists import parse
from tests.lint import test_rules
from tests.lint.texts import GOOD_LISTS, TEXTS

# The towns of all countries would have to be sorted for each text.
FACTS = replace(
    test_rules.FACTS,
    towns={one: test_rules.FACTS.towns[one] for one in ("de", "uk", "us")},
)
problems_of = partial(test_rules.problems_of, facts=FACTS)
_SILENCEABLE = sorted(name for name, code in CODES.items() if code.silenceable)


@given(TEXTS)
def test_any_text(text: str) -> None:
    """No text raises, and each problem is of a known kind."""
    assert all(one.code in CODES for one in problems_of(text))


@given(TEXTS)
def test_places(text: str) -> None:
    """Each problem is the whole list's, or stands in its line or just behind it."""
    lines = text.removeprefix("\ufeff").split("\n")

    outside = [
        one
        for one in problems_of(text)
        if (one.line or one.column)
        and not (
            1 <= one.line <= len(lines)
            and 1 <= one.column <= len(lines[one.line - 1]) + 1
        )
    ]

    assert not outside


@given(TEXTS)
def test_errors_are_those_of_reading(text: str) -> None:
    """A list is refused for what reading it finds, and lint hides none of that."""
    loaded = parse(text, None, countries=FACTS.countries)
    expected = [(one.line, one.column, one.code) for one in loaded.errors]

    found = [
        (one.line, one.column, one.code)
        for one in problems_of(text)
        if severity(one) is Severity.ERROR
    ]

    told = {place for place in expected if place[2] != "more-problems"}
    assert told <= set(found)
    assert bool(told) == bool(found)


@given(TEXTS)
def test_order(text: str) -> None:
    """Problems come in the order of the lines, the whole list's first, none twice."""
    found = problems_of(text)
    places = [(one.line, one.column) for one in found]

    assert sorted(places) == places
    assert len(set(found)) == len(found)


def _of_lists(problems: tuple[Problem, ...]) -> set[Problem]:
    """Return the problems that are none of comments."""
    comments = {"unused-ignore", "not-silenceable"}
    return {one for one in problems if one.code not in comments}


@given(GOOD_LISTS, st.data())
def test_silencing_a_line_changes_nothing_else(
    lines: list[str], data: st.DataObject
) -> None:
    """With a comment at its end, a line loses its problems of that code alone."""
    number = data.draw(st.integers(1, len(lines)))
    code = data.draw(st.sampled_from(_SILENCEABLE))
    silent = [*lines]
    silent[number - 1] += f" # lint: ignore[{code}] a law"
    before, after = (problems_of("\n".join([*one, ""])) for one in (lines, silent))
    expected = {one for one in before if (one.line, one.code) != (number, code)}

    assert expected == _of_lists(after)


@given(GOOD_LISTS, st.data())
def test_silencing_from_above_changes_nothing_else(
    lines: list[str], data: st.DataObject
) -> None:
    """A comment above a line does the same as one at its end."""
    number = data.draw(st.integers(1, len(lines)))
    code = data.draw(st.sampled_from(_SILENCEABLE))
    end, above = [*lines], [*lines]
    end[number - 1] += f" # lint: ignore[{code}] a law"
    above.insert(number - 1, f"# lint: ignore[{code}] a law")
    at_end, from_above = (problems_of("\n".join([*one, ""])) for one in (end, above))
    places = {(one.line + (one.line >= number), one.code) for one in _of_lists(at_end)}

    assert places == {(one.line, one.code) for one in _of_lists(from_above)}


@given(GOOD_LISTS, st.sampled_from(_SILENCEABLE))
def test_silencing_a_file_changes_nothing_else(lines: list[str], code: str) -> None:
    """A comment in the head takes all problems of one code, and no others."""
    before = problems_of("\n".join(["", *lines, ""]))
    after = problems_of("\n".join([f"# lint: ignore-file[{code}] a law", *lines, ""]))
    expected = {one for one in before if one.code != code}

    assert expected == _of_lists(after)


@given(GOOD_LISTS)
@settings(max_examples=30)
def test_what_silences_is_used(lines: list[str]) -> None:
    """A comment is told to be unused if and only if it has taken nothing away."""
    before = problems_of("\n".join(["", *lines, ""]))
    for code in sorted({one.code for one in before} | {"no-backup"}):
        head = f"# lint: ignore-file[{code}] a law"
        after = problems_of("\n".join([head, *lines, ""]))
        unused = any(one.code == "unused-ignore" for one in after)

        assert unused is not any(one.code == code for one in before)


@given(GOOD_LISTS)
def test_knowing_less_finds_less(lines: list[str]) -> None:
    """Without facts there are no problems that only facts can show, and no others."""
    text = "\n".join([*lines, ""])
    blind = replace(FACTS, towns={}, now=None, asn_database=None)
    expected = {one for one in problems_of(text) if CODES[one.code].needs != "now"}
    expected = {one for one in expected if CODES[one.code].needs != "towns"}
    expected = {one for one in expected if CODES[one.code].needs != "asn_database"}

    assert expected == set(problems_of(text, facts=blind))
