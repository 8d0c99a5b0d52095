"""The audit's own reading of includes, conditions, macros and variables."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

import pytest

from mirrorsel.audit.directive import everywhere
from mirrorsel.audit.envvars import parse_envvars
from mirrorsel.audit.expansion import Expansion

LOAD = "LoadModule mime_module x.so\n"


def expansion(files: Mapping[str, str]) -> Expansion:
    """Return a reader of files that exist only here."""

    def matching(pattern: str) -> Iterator[tuple[str, str]]:
        for path, text in sorted(files.items()):
            if fnmatchcase(path, pattern):
                yield path, text

    return Expansion(matching, "/etc", {"GIVEN": "1", "FLAG": ""})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A ${GIVEN}", ["A 1"], id="a variable"),
        pytest.param("Define X y\nA ${X}", ["A y"], id="defined"),
        pytest.param("A ${nobody}", ["A ${nobody}"], id="undefined"),
        pytest.param("Define X y\nUnDefine X\nA ${X}", ["A ${X}"], id="undone"),
        pytest.param("<IfDefine FLAG>\nA\n</IfDefine>", ["A"], id="a flag"),
        pytest.param("<IfDefine !FLAG>\nA\n</IfDefine>", [], id="not a flag"),
        pytest.param(
            f"{LOAD}<IfModule mod_mime.c>\nA\n</IfModule>\n"
            "<IfModule cgi_module>\nB\n</IfModule>",
            ["LoadModule mime_module x.so", "A"],
            id="modules",
        ),
        pytest.param(
            "<IfModule cgi_module>\nA\n</IfModule>", ["A"], id="modules unknown"
        ),
        pytest.param("<IfVersion >= 2.4>\nA\n</IfVersion>", ["A"], id="the version"),
        pytest.param("<IfFile /etc/x.conf>\nA\n</IfFile>", ["A"], id="a file"),
        pytest.param('<IfFile !"/etc/x.conf">\nA\n</IfFile>', [], id="no file"),
        pytest.param(
            '<IfFile !"/etc/a b">\nA\n</IfFile>', ["A"], id="no file with a blank"
        ),
        pytest.param("Include x.conf", ["X"], id="an include"),
        pytest.param(
            "ServerRoot /\nInclude etc/?.conf", ["ServerRoot /", "X"], id="root"
        ),
        pytest.param("<D x>\nInclude x.conf\n</D>", ["D x", "X"], id="included inside"),
        pytest.param("IncludeOptional none.conf", [], id="an optional include"),
        pytest.param(
            "<Macro M $a $ab>\n<D $a>\nA $ab\n</D>\n</Macro>\nUse M x y",
            ["D x", "A y"],
            id="a macro",
        ),
        pytest.param("Use nobody", [], id="an unknown macro"),
        pytest.param(
            "<Macro M>\nA\nUse M\n</Macro>\nUse M", ["A"] * 15, id="a macro of itself"
        ),
    ],
)
def test_files_are_read_as_httpd_reads_them(text: str, expected: list[str]) -> None:
    """What httpd would put together is put together."""
    files = {"/etc/httpd.conf": text, "/etc/x.conf": "X"}
    found = everywhere(expansion(files).read("/etc/httpd.conf"))

    assert expected == [str(one) for one in found][:15]


def test_a_missing_include_is_remembered() -> None:
    """The place of an Include that names no file is told."""
    reader = expansion({"/etc/httpd.conf": "A\nInclude none.conf"})
    reader.read("/etc/httpd.conf")

    assert [str(one) for one in reader.missing] == ["/etc/httpd.conf:2"]


def test_the_place_of_a_macro() -> None:
    """A directive of a macro is placed where it is used, with the macro's line."""
    text = "<Macro M>\nA\n</Macro>\n\nUse M"
    (one,) = expansion({"/etc/httpd.conf": text}).read("/etc/httpd.conf")

    assert str(one.place) == "/etc/httpd.conf:5 (macro m, line 1)"


def test_modules_are_known_when_any_is_loaded() -> None:
    """A configuration that loads no module is a part of one."""
    whole = expansion({"/x": LOAD})
    whole.read("/x")
    part = expansion({"/x": "A"})
    part.read("/x")

    assert "mime_module" in (whole.facts().modules or ())
    assert part.facts().modules is None


def test_envvars_are_read_and_not_run() -> None:
    """Assignments count, whatever would have to be run does not."""
    text = (
        '# a comment\nunset HOME\nif true ; then\n\tSUFFIX="-${X##/etc}"\nfi\n'
        "export APACHE_RUN_USER=www-data\nexport APACHE_LOG_DIR=/log$SUFFIX\n"
        "export APACHE_LOCK_DIR='/lock${SUFFIX}'\nexport X=$(id)\nexport LANG\n"
    )

    assert parse_envvars(text) == {
        "SUFFIX": "",
        "APACHE_RUN_USER": "www-data",
        "APACHE_LOG_DIR": "/log",
        "APACHE_LOCK_DIR": "/lock",
    }
