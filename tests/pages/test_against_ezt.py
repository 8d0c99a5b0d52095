"""The renderer and the reference implementation of EZT, compared.

Only templates that both are to treat alike are made: `ezt` raises where we are
lenient, and escapes the strings of a template where we do not.
"""

import io

import ezt
from hypothesis import given, settings
from hypothesis import strategies as st

from mirrorsel.pages import parse
from tests.pages.pagefiles import Folder

STRINGS = ("preferred", "country", "empty")
LISTS = ("http", "ftp")
VALUES = {
    "preferred": "https://near.example/?a=1&b",
    "country": "C\u00f4te d'Ivoire <%0>",
    "empty": "",
    "http": ["https://one.example/", "https://two.example/", "<three>"],
    "ftp": [],
}

Templates = st.SearchStrategy[str]
TEXTS = st.sampled_from(
    ("x", "[[]", "]", "<b>", "\n", "\r\n", "  ", "[0]", "[# c]", "\u00e9", "[ x]", "%")
)


def _operands(loops: tuple[str, ...]) -> Templates:
    return st.sampled_from((*STRINGS, *loops, '"Text %0"', '"\\."'))


def _values(loops: tuple[str, ...]) -> Templates:
    names = st.sampled_from((*STRINGS, *loops))
    patterns = st.sampled_from(('"a %0%1"', '"%2 %%"', "country"))
    several = st.tuples(patterns, _operands(loops), _operands(loops)).map(" ".join)
    return st.one_of(names, several).map("[{}]".format)


def _block(body: Templates, loops: tuple[str, ...]) -> Templates:
    anything = st.sampled_from((*STRINGS, *LISTS, '""'))
    kinds: list[Templates] = [
        st.lists(anything, max_size=3).map(lambda names: " ".join(("if-any", *names))),
        st.tuples(_operands(loops), _operands(loops)).map("is {0[0]} {0[1]}".format),
    ]
    if loops:
        places = st.sampled_from(("first", "last", "odd", "even", "0", "1", "9"))
        kinds.append(places.map(f"if-index {loops[-1]} {{}}".format))
    return st.tuples(st.one_of(kinds), body, st.booleans(), body).map(
        lambda parts: f"[{parts[0]}]{parts[1]}{'[else]' * parts[2]}{parts[3]}[end]"
    )


def _loop(depth: int, loops: tuple[str, ...]) -> Templates:
    free = [name for name in LISTS if name not in loops]
    kinds = [
        _templates(depth, (*loops, name)).map(f"[for {name}]{{}}[end]".format)
        for name in free
    ]
    return st.one_of(kinds)


def _templates(depth: int = 3, loops: tuple[str, ...] = ()) -> Templates:
    parts = [TEXTS, _values(loops)]
    if depth:
        body = _templates(depth - 1, loops)
        parts.append(_block(body, loops))
        parts.append(body.map('[format "js"]{}[end]'.format))
        parts.append(body.map('[format "url"]{}[end]'.format))
        if len(loops) < len(LISTS):
            parts.append(_loop(depth - 1, loops))
    return st.lists(st.one_of(parts), max_size=4).map("".join)


@settings(deadline=None)
@given(template=_templates())
def test_same_as_ezt(template: str) -> None:
    """REQ-50: both render the same, without compression and escaping for HTML."""
    reference = ezt.Template(compress_whitespace=0)
    reference.parse(template, ezt.FORMAT_HTML)
    out = io.StringIO(newline="")
    reference.generate(out, VALUES)
    expected = out.getvalue().replace("&lt;undef&gt;", "<undef>")

    actual = parse(template.encode()).render(VALUES, Folder({})).decode()

    assert expected == actual
