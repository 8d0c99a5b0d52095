"""JSON on a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.cli.json_shown import print_json, shown


@given(st.lists(st.text()))
def test_the_same_value(texts: list[str]) -> None:
    """What is shown is the same JSON, without anything that a terminal obeys."""
    found = shown(json.dumps(texts, ensure_ascii=False, indent=2))

    assert json.loads(found) == texts
    assert found.replace("\n", "").isprintable()


def test_written_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Letters of all the world stay; C1 controls and marks of direction do not."""
    print_json({"comment": "Zürich 東京 \x9b31m \u202e \U000e0001"})

    assert capsys.readouterr().out == (
        '{\n  "comment": "Zürich 東京 \\u009b31m \\u202e \\udb40\\udc01"\n}\n'
    )
