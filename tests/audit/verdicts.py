"""The audit of a whole site, in one call."""

from pathlib import Path

from mirrorsel.audit.audit import Verdict
from mirrorsel.audit.examination import examine
from mirrorsel.audit.finding import Code, Severity
from mirrorsel.audit.reading import find_httpd, read_configuration

RUNNING = frozenset(
    {
        Code.HANDLER,
        Code.SSI_EXEC,
        Code.HTACCESS_RUNS,
        Code.SCRIPT_ALIAS,
        Code.PROGRAM,
        Code.ACTION,
        Code.FASTCGI,
        Code.FILTER,
        Code.RUNS,
    }
)
"""The findings that say that code runs, or could."""


def verdicts(config: Path, program: Path | None = None) -> list[Verdict]:
    """Return what the audit says of a configuration, a verdict for each server.

    Args:
        config: the configuration file.
        program: the httpd to ask; None to read the files.

    """
    httpd = find_httpd(program) if program else None
    return examine(read_configuration(config, httpd))


def codes(found: list[Verdict]) -> set[Code]:
    """Return the codes of all findings that are not notes."""
    return {
        one.code
        for each in found
        for one in each.findings
        if one.severity is Severity.FINDING
    }


def runs(found: list[Verdict]) -> bool:
    """Whether the audit says that code runs, or could."""
    return bool(RUNNING & codes(found))
