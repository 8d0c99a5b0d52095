"""The verb `audit`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mirrorsel.cli.audit import command

CAREFUL = "Options SymLinksIfOwnerMatch\n"
WRAPPER = "#!/bin/sh\nexec /www/www.apache.org/dyn/mirrors/mirrors.cgi $*\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return a configuration without findings."""
    (tmp_path / "docs").mkdir()
    path = tmp_path / "httpd.conf"
    path.write_text(f"ServerRoot {tmp_path}\nDocumentRoot docs\n{CAREFUL}")
    return path


def run(config: Path, *arguments: str) -> Result:
    """Return what the verb does, without httpd."""
    given = ["--config", str(config), "--no-httpd", *arguments]
    return CliRunner().invoke(command, given)


def test_a_clean_configuration_is_good(config: Path) -> None:
    """Without findings the exit code is 0, and that is said."""
    result = run(config)

    assert result.exit_code == 0
    assert "nothing found" in result.output


def test_findings_are_told_with_their_place(config: Path) -> None:
    """With findings the exit code is 1, and each begins with file and line."""
    config.write_text(config.read_text() + "Options +ExecCGI\n")
    result = run(config)

    assert result.exit_code == 1
    assert f"{config}:4: finding exec-cgi [{config.parent}/docs]" in result.output


def test_notes_are_good_unless_one_is_strict(config: Path) -> None:
    """Notes alone give exit code 0, and 1 where they count."""
    config.write_text(config.read_text().replace(CAREFUL, ""))

    assert (run(config).exit_code, run(config, "--strict").exit_code) == (0, 1)


def test_what_replaces_the_mirror_pages_is_printed(config: Path) -> None:
    """A server whose only CGI is the mirror pages gets the lines to write."""
    (config.parent / "docs" / "download.cgi").write_text(WRAPPER)
    text = (
        "AddHandler cgi-script .cgi\nOptions +ExecCGI\n<VirtualHost *>\n</VirtualHost>"
    )
    config.write_text(config.read_text() + text)
    result = run(config)

    assert f"    Use MirrorselDocumentRoot {config.parent}/docs\n" in result.output
    assert f"*, {config}:6\n" in result.output


def test_names_are_data(config: Path) -> None:
    """Control characters of a file name reach nobody's terminal."""
    (config.parent / "docs" / "x\x1b[2J[red].sh").touch()
    result = run(config)

    assert "x\\x1b[2J[red].sh: note script" in result.output
    assert "\x1b" not in result.output


def test_long_lines_are_not_cut(config: Path) -> None:
    """What is piped is whole, however long a path is."""
    folder = config.parent / "docs" / ("a" * 200)
    folder.mkdir()
    (folder / "x.sh").touch()

    assert f"{folder}/x.sh: note script" in run(config).output


def test_folders_besides_are_looked_at(config: Path, tmp_path: Path) -> None:
    """A folder that is named is looked at though nothing publishes it."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "x.sh").touch()
    result = run(config, "--docroot", str(tmp_path / "more"))

    assert f"{tmp_path}/more/x.sh: note script" in result.output


def test_json_for_programs(config: Path) -> None:
    """JSON has every server with its findings, and what each means."""
    config.write_text(f"{config.read_text()}Options +ExecCGI\nInclude none.conf\n")
    document = json.loads(run(config, "--json").stdout)
    (server,) = document["servers"]
    (found,) = server["findings"]

    assert (
        document["format"],
        document["read_by"],
        len(document["gaps"]),
    ) == (1, "files", 1)
    assert (
        server["name"],
        server["place"],
        server["replacement"],
    ) == ("main server", None, [])
    assert ("finding", "exec-cgi", str(config), 4) == (
        found["severity"],
        found["code"],
        found["file"],
        found["line"],
    )


def test_doubts_are_printed(config: Path) -> None:
    """What an include does not find is told, and the audit cannot tell."""
    config.write_text(f"{config.read_text()}Include none.conf\n")

    result = run(config)

    assert f"mirrorsel: {config}:4: names nothing" in result.stderr
    assert result.exit_code == 2


def test_what_is_not_followed_is_told(config: Path) -> None:
    """A directive that changes what others mean leaves the audit unsure."""
    config.write_text(f"{config.read_text()}RegexDefaultOptions +ICASE\n")
    result = run(config)

    assert f"{config}:4: what RegexDefaultOptions does is not" in result.stderr
    assert result.exit_code == 2


@pytest.mark.httpd
def test_httpd_is_asked_where_it_is_there(config: Path) -> None:
    """Without being told otherwise, the verb asks the httpd it finds."""
    result = CliRunner().invoke(command, ["--config", str(config), "--json"])

    assert "audit" not in result.output.split('"servers"')[1]
    assert result.exit_code == 0
