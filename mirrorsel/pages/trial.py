"""A rendering with made-up values, for what shows only while a page is rendered."""

from mirrorsel.pages.finding import Finding
from mirrorsel.pages.rendering import Includer
from mirrorsel.pages.template import Template
from mirrorsel.pages.values import Item, Value, Values
from mirrorsel.pages.vocabulary import Vocabulary

_MANY = 300
_FEW = 5


def trial(
    page: Template, includer: Includer, vocabulary: Vocabulary
) -> tuple[Finding, ...]:
    """Return where a page would end early, were there 300 mirrors of each kind."""
    cut: list[Finding] = []
    page.render(_values(vocabulary), includer, cut.append)
    return tuple(cut)


def _values(vocabulary: Vocabulary) -> Values:
    few = tuple(_items(vocabulary, _FEW, "x"))
    many = tuple(_items(vocabulary, _MANY, few))
    strings: dict[str, Value] = dict.fromkeys(vocabulary.strings, "x")
    return strings | dict.fromkeys(vocabulary.lists, many)


def _items(vocabulary: Vocabulary, count: int, attribute: Value) -> list[Value]:
    attributes = dict.fromkeys(vocabulary.attributes, attribute)
    return [
        Item(text=f"https://mirror{number}.example/", attributes=attributes)
        for number in range(count)
    ]
