"""What extensions stand for."""

import pytest

from mirrorsel.audit.extensions import Extensions, extensions_of, extensions_with
from tests.audit.written import directives


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("x", (), id="none"),
        pytest.param("x.CGI", ("cgi",), id="case"),
        pytest.param("x.cgi.html", ("cgi", "html"), id="two"),
        pytest.param(".cgi", (), id="a hidden file"),
        pytest.param("x..cgi", ("cgi",), id="two dots"),
    ],
)
def test_extensions_of_a_name(name: str, expected: tuple[str, ...]) -> None:
    """Everything behind the first dot is an extension, in lower case."""
    assert expected == extensions_of(name)


@pytest.mark.parametrize(
    ("sections", "name", "expected"),
    [
        pytest.param(["AddHandler a .x"], "f.x", "a", id="added"),
        pytest.param(["AddHandler a x", "AddHandler b x"], "f.x", "b", id="replaced"),
        pytest.param(["AddHandler a x y"], "f.x.y.z", "a", id="many extensions"),
        pytest.param(["AddHandler a x", "RemoveHandler .x"], "f.x", None, id="removed"),
        pytest.param(["AddHandler a x", "AddHandler b y"], "f.y.x", "a", id="the last"),
        pytest.param(["AddType t x"], "f.x", None, id="a type is no handler"),
    ],
)
def test_handlers_by_extension(
    sections: list[str], name: str, expected: str | None
) -> None:
    """The last extension that has a handler gives it to the file."""
    known = Extensions()
    for one in sections:
        known = extensions_with(known, directives(one))
    found = known.handler_of(name)

    assert expected == (found and found.first)
