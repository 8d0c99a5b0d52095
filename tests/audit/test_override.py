"""What AllowOverride and AllowOverrideList let through."""

from dataclasses import replace

import pytest

from mirrorsel.audit.htaccess_rules import SWITCHED
from mirrorsel.audit.override import Override, override_with
from mirrorsel.shipped import shipped
from tests.audit.written import directives


def override(text: str) -> Override:
    """Return what lines of AllowOverride come to."""
    result = Override()
    for one in directives(text):
        result = override_with(result, one)
    return result


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        pytest.param("", "Options +ExecCGI", False, id="by default nothing"),
        pytest.param("AllowOverride All", "Options +ExecCGI", True, id="all"),
        pytest.param("AllowOverride Options", "Options All", True, id="options"),
        pytest.param(
            "AllowOverride Options=Indexes", "Options All", False, id="not those"
        ),
        pytest.param(
            "AllowOverride Options=Indexes", "Options -Indexes", True, id="those"
        ),
        pytest.param("AllowOverride FileInfo", "SetHandler x", True, id="file info"),
        pytest.param("AllowOverride Indexes", "SetHandler x", False, id="no file info"),
        pytest.param("AllowOverride AuthConfig", "Require x", True, id="access"),
        pytest.param("AllowOverrideList Options", "Options All", True, id="by name"),
        pytest.param(
            "AllowOverride All\nAllowOverride None", "Options All", False, id="taken"
        ),
        pytest.param(
            "AllowOverrideList Options\nAllowOverride None",
            "Options All",
            True,
            id="None leaves the list",
        ),
        pytest.param(
            "AllowOverrideList Options\nAllowOverrideList None",
            "Options All",
            False,
            id="only the list takes back the list",
        ),
        pytest.param("AllowOverride Limit", "<Files x>\n</Files>", True, id="sections"),
        pytest.param("AllowOverride Nonfatal=Override", "SetHandler x", False, id="no"),
    ],
)
def test_a_line_of_a_htaccess_is_let_through(
    text: str,
    line: str,
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A line counts when its group or its name is allowed, with all its options."""
    (written,) = directives(line)

    assert expected == override(text).permits(written)


@pytest.mark.parametrize(
    ("text", "refused", "unknown"),
    [
        pytest.param("AllowOverride Nonfatal=Override", True, False, id="override"),
        pytest.param("AllowOverride Nonfatal=Unknown", False, True, id="unknown"),
        pytest.param("AllowOverride Nonfatal=All", True, True, id="all"),
        pytest.param("AllowOverride nonfatal=ALL", True, True, id="any case"),
        pytest.param(
            "AllowOverride Nonfatal=Override Nonfatal=Unknown", True, True, id="both"
        ),
        pytest.param("AllowOverride Nonfatal=Other", False, False, id="another word"),
        pytest.param("AllowOverride Nonfatal=All None", False, False, id="undone"),
        pytest.param(
            "AllowOverride Nonfatal=All\nAllowOverride FileInfo",
            False,
            False,
            id="said anew",
        ),
    ],
)
def test_what_is_not_let_through_may_be_ignored(
    text: str,
    refused: bool,  # noqa: FBT001 - a column of the table
    unknown: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Nonfatal tells what is refused from what no module knows, as httpd does."""
    allowed, modules = override(text), frozenset({"rewrite_module"})
    (known,) = directives("SetHandler x")
    (strange,) = directives("php_value x y")

    assert (refused, unknown) == (
        allowed.forgives(known, modules),
        allowed.forgives(strange, modules),
    )


def test_the_switch_is_what_the_macro_allows() -> None:
    """The lines that are foretold to be dropped are those that the macro drops."""
    text = (shipped("httpd-conf") / "mirrorsel.conf").read_text()
    macro = text.partition("<Macro MirrorselDocumentRoot ")[2].partition("</Macro>")[0]
    lines = [line for line in macro.splitlines() if "AllowOverride" in line]
    allowed = override("\n".join(line for line in lines if "#" not in line))

    assert replace(allowed, allowed_by=None, listed_by=None) == SWITCHED
