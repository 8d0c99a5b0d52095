"""The layout of JSON, on which programs count that read line by line."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.web.json import json_text

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_the_layout_is_that_of_the_standard_library(value: Any) -> None:
    """Sorted, four spaces a level, ASCII, and no sign of a tag."""
    expected = json.dumps(value, sort_keys=True, indent=4)

    text = json_text(value)

    assert text.isascii()
    assert not {*"<>&"} & {*text}
    for mark in "<>&":
        expected = expected.replace(mark, f"\\u{ord(mark):04x}")
    assert text == f"{expected}\n"
