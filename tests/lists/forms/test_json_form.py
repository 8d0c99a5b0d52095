"""Tests for mirrorsel.lists.forms.json_form."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from mirrorsel.errors import ListError
from mirrorsel.lists.forms.draft import NAMES
from mirrorsel.lists.forms.form import Listing, Sources, Taken
from mirrorsel.lists.forms.json_form import JSON, json_schema
from mirrorsel.model import Mirror, MirrorList
from tests.lists.forms.making import LISTS, page

GOOD = {"url": "http://g.de/", "country": "de"}


def read(value: object) -> Taken:
    """Return what is read of a document."""
    text = value if isinstance(value, str) else json.dumps(value)
    return JSON.read(Sources(pages=(page(text, "m.json"),)), {"de"})


def validator() -> Any:
    """Return what holds documents against the schema."""
    jsonschema.Draft202012Validator.check_schema(json_schema())
    return jsonschema.Draft202012Validator(json_schema())


@settings(max_examples=30)
@given(mirrors=LISTS)
def test_schema_describes_what_is_written(mirrors: MirrorList) -> None:
    """Every list fits the schema, and has every field."""
    (written,) = JSON.written(Listing(mirrors=mirrors))
    document = json.loads(written.content)

    assert list(validator().iter_errors(document)) == []
    assert all(tuple(one) == NAMES for one in document)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"weigth": 1}, id="unknown key"),
        pytest.param({"weight": 0}, id="weight"),
        pytest.param({"weight": True}, id="not a number"),
        pytest.param({"lat": 91, "lon": 0}, id="latitude"),
        pytest.param({"only": ["world"]}, id="scope"),
        pytest.param({"only": "country"}, id="no array"),
        pytest.param({"refuses": ["deu"]}, id="refused"),
        pytest.param({"prefix": ["a,b"]}, id="comma"),
        pytest.param({"url": "x"}, id="url"),
        pytest.param({"country": "germany"}, id="country"),
        pytest.param({"country": None}, id="no country"),
        pytest.param({"type": "gopher"}, id="type"),
    ],
)
def test_schema_and_reader_agree(more: dict[str, object]) -> None:
    """What the reader skips does not fit the schema either, and is named."""
    taken = read([GOOD, {**GOOD, "url": "http://b.de/", **more}])

    assert [one.url for one in taken.mirrors.mirrors] == ["http://g.de/"]
    assert taken.skipped[0].startswith("m.json: $[1]")
    assert not validator().is_valid([{**GOOD, **more}])


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        pytest.param(
            {**GOOD, "weigth": 1},
            "$[0]: unknown key `weigth`; did you mean `weight`?",
            id="key",
        ),
        pytest.param(
            {**GOOD, "weight": 0}, "$[0].weight: Expected `int` >= 1", id="low"
        ),
        pytest.param(
            {**GOOD, "lat": 1.5}, "$[0]: `lat` needs `lon` beside it", id="half"
        ),
        pytest.param(
            {**GOOD, "refuses": ["de", "x"]}, "$[0].refuses[1]: ", id="deeper"
        ),
        pytest.param({"url": "http://a.de/"}, "$[0]: Object missing", id="no country"),
        pytest.param({**GOOD, "contact": "a\nb"}, "$[0]: a character of", id="lines"),
        pytest.param(
            {**GOOD, "type": "ftp"}, "$[0]: a URL with http:// needs", id="type"
        ),
        pytest.param({**GOOD, "prefix": ["../x"]}, "$[0]: `prefix` must be", id="dots"),
        pytest.param(
            {**GOOD, "only": ["as"]}, "$[0]: `only=as` needs `asn`", id="no AS"
        ),
        pytest.param(7, "$[0]: Expected `object`", id="a number"),
    ],
)
def test_bad_objects(item: object, problem: str) -> None:
    """Each is named by its path."""
    taken = read([item])

    assert taken.mirrors.mirrors == ()
    assert taken.skipped[0].startswith(f"m.json: {problem}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("{}", "m.json: it must be an array of objects", id="an object"),
        pytest.param('[\n {"é": x}]', "m.json:2:8: JSON is malformed", id="no JSON"),
        pytest.param("[" * 100_000, "m.json: it is nested too deeply", id="nested"),
        pytest.param("", "m.json", id="empty"),
    ],
)
def test_no_array(text: str, problem: str) -> None:
    """What is no array of JSON is refused as a whole, with its place."""
    with pytest.raises(ListError) as caught:
        read(text)

    assert str(caught.value).startswith(problem)


def nested(depth: int) -> str:
    """Return a document with an object that is nested so deeply, and a good one."""
    value = f"{'[' * depth}{']' * depth}"
    return f'[{{"url": {value}, "country": "de"}}, {json.dumps(GOOD)}]'


@pytest.mark.parametrize("depth", [10, 800])
def test_nested_object(depth: int) -> None:
    """An object that is nested is skipped."""
    taken = read(nested(depth))

    assert len(taken.mirrors.mirrors) == len(taken.skipped) == 1


@pytest.mark.parametrize("depth", [1000, 100_000])
def test_object_that_is_nested_too_deeply(depth: int) -> None:
    """Where reading would take more room than there is, the document is refused."""
    with pytest.raises(ListError, match="it is nested too deeply"):
        read(nested(depth))


def test_no_depth_breaks_anything() -> None:
    """Wherever the limit is met, the object is skipped or the document refused."""
    ends = set()
    for depth in range(500, 1100):
        try:
            ends.add(len(read(nested(depth)).skipped))
        except ListError:
            ends.add(0)

    assert ends == {0, 1}


def test_document_that_is_all_wrong() -> None:
    """No more of it is read than is told."""
    assert len(read([7] * 1000).skipped) == 101


def test_nulls_and_nothing_are_defaults() -> None:
    """An object may leave out all but URL and country."""
    nulls = dict.fromkeys(("contact", "epoch", "logo", "lat", "lon", "asn"))
    taken = read([GOOD, {**GOOD, "url": "http://b.de/", **nulls, "weight": None}])

    assert taken.mirrors.mirrors == (
        Mirror(url="http://g.de/", country="de"),
        Mirror(url="http://b.de/", country="de"),
    )
