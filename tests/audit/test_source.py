"""From text to nested directives."""

import pytest

from mirrorsel.audit.directive import everywhere
from mirrorsel.audit.dump import parse_dump, parse_facts
from mirrorsel.audit.source import parse_source
from tests.audit.written import directives

DUMP = """\
# In file: /etc/httpd.conf
#   2:
ServerName x
# In file: macro 'open' (defined on line 18 of "/etc/httpd.conf") used on line 30 \
of "macro 'outer' (defined on line 3 of "/etc/m.conf") used on line 9 of "/etc/s.conf""
#   1:
<Directory "/srv/a b">
  #   2:
  Options +ExecCGI
</Directory>
# In file: /etc/httpd.conf
#  35:
AddHandler cgi-script .cgi
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# a\n\n  A b \n", [("a", ("b",), 3)], id="comments and blanks"),
        pytest.param(
            "A b \\\n  c\nD", [("a", ("b", "c"), 2), ("d", (), 3)], id="joined"
        ),
        pytest.param("A\tb\\", [("a", ("b",), 1)], id="a backslash at the end"),
        pytest.param(
            "<X y>\nA b\n</X>\nC",
            [("x", ("y",), 1), ("a", ("b",), 2), ("c", (), 4)],
            id="a section",
        ),
        pytest.param(
            "<X>\n<Y>\nA", [("x", (), 1), ("y", (), 2), ("a", (), 3)], id="open"
        ),
        pytest.param(
            "<X>\n<Y>\n</X>\nA",
            [("x", (), 1), ("y", (), 2), ("a", (), 4)],
            id="crossed",
        ),
        pytest.param("</X>\nA", [("a", (), 2)], id="closed only"),
    ],
)
def test_files_become_directives(
    text: str, expected: list[tuple[str, tuple[str, ...], int]]
) -> None:
    """Every directive has its arguments and its line, the last of several."""
    found = everywhere(directives(text))

    assert expected == [(one.name, one.arguments, one.place.line) for one in found]


def test_a_dump_becomes_directives() -> None:
    """A directive of a macro is placed where the macro is used in a file."""
    found = [(str(one), str(one.place)) for one in everywhere(parse_dump(DUMP))]

    assert found == [
        ("ServerName x", "/etc/httpd.conf:2"),
        ('Directory "/srv/a b"', "/etc/s.conf:9 (macro open, line 1)"),
        ("Options +ExecCGI", "/etc/s.conf:9 (macro open, line 2)"),
        ("AddHandler cgi-script .cgi", "/etc/httpd.conf:35"),
    ]


def test_facts_beside_the_directives() -> None:
    """ServerRoot, accounts and modules are read from what httpd prints."""
    facts = parse_facts(
        'ServerRoot: "/etc/apache2"\nUser: name="www-data" id=33\n'
        'Group: name="#-1" id=4294967295\nLoaded Modules:\n'
        " core_module (static)\n cgid_module (shared)\n",
        "/",
    )

    assert (facts.root, facts.user, facts.group) == ("/etc/apache2", "www-data", "")
    assert frozenset({"core_module", "cgid_module"}) == facts.modules


def test_a_directive_without_arguments() -> None:
    """The first argument of none is empty."""
    (one,) = parse_source("Bare", "x")

    assert (one.first, str(one)) == ("", "Bare")


def test_a_line_ends_where_httpd_ends_it() -> None:
    """What Python takes for the end of a line is a blank to httpd, or a letter."""
    found = parse_source("A\fb\x85c\vd\n# no \v E\nF \\\r\n g\r\n", "x")

    assert [("a", ("b\x85c", "d")), ("f", ("g",))] == [
        (one.name, one.arguments) for one in found
    ]
