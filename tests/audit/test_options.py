"""The merging of Options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.audit.options import DEFAULT, Option, Options, options_of
from tests.audit.written import directives

SIGNED = st.sampled_from(
    ["+ExecCGI", "-ExecCGI", "+Indexes", "-Indexes", "+MultiViews", "-FollowSymLinks"]
)
PLAIN = st.sampled_from(["None", "All", "ExecCGI Indexes", "MultiViews"])
LINES = st.one_of(SIGNED, PLAIN)


def merged(*sections: str) -> Options:
    """Return what holds after sections, each some lines of Options."""
    result = DEFAULT
    for one in sections:
        result = result.then(options_of(directives(one)))
    return result


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param([], {Option.SYMLINKS}, id="httpd's default"),
        pytest.param(["Options None"], set(), id="nothing"),
        pytest.param(["Options Indexes"], {Option.INDEXES}, id="replaces"),
        pytest.param(
            ["Options +ExecCGI"], {Option.SYMLINKS, Option.CGI}, id="a sign adds"
        ),
        pytest.param(
            ["Options ExecCGI Indexes", "Options -ExecCGI"],
            {Option.INDEXES},
            id="a sign takes away",
        ),
        pytest.param(
            ["Options Includes", "Options +IncludesNOEXEC"],
            {Option.INCLUDES},
            id="includes lose their programs",
        ),
        pytest.param(
            ["Options RunScripts"], {Option.CGI, Option.MULTI}, id="an old name"
        ),
        pytest.param(["Options Nonsense"], set(), id="an unknown word"),
    ],
)
def test_options_are_merged(sections: list[str], expected: set[Option]) -> None:
    """Words without signs replace what was in force, words with signs change it."""
    assert expected == set(merged(*sections).on)


@given(LINES, st.lists(SIGNED, max_size=4))
def test_a_section_of_signs_is_as_many_sections(first: str, rest: list[str]) -> None:
    """Signed words count the same in one section and in one section each."""
    together = "\n".join(f"Options {one}" for one in rest)
    apart = [f"Options {one}" for one in rest]
    start = f"Options {first}"

    assert set(merged(start, *apart).on) == set(merged(start, together).on)


@given(st.lists(LINES, max_size=4), PLAIN)
def test_what_stands_without_signs_forgets_what_was(
    before: list[str], last: str
) -> None:
    """After words without signs, nothing that came before matters."""
    sections = [f"Options {one}" for one in before]

    assert (
        merged(f"Options {last}").on.keys()
        == merged(*sections, f"Options {last}").on.keys()
    )


def test_each_option_names_who_turned_it_on() -> None:
    """The directive to blame is kept, also through sections that change nothing."""
    written = directives("Options +ExecCGI\nOptions +Indexes")

    assert written[0] == DEFAULT.then(options_of(written)).on[Option.CGI]
