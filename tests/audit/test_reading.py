"""Reading a configuration, by httpd or without it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from mirrorsel.audit.directive import everywhere
from mirrorsel.audit.reading import Configuration, find_httpd, read_configuration
from mirrorsel.cli.audit import command as audit
from mirrorsel.errors import HttpdError
from tests.audit.sites import PROGRAM, site

CONFIG = """\
Define WHERE @/docs
<Macro Open $folder>
    <Directory "$folder">
        Options +ExecCGI
    </Directory>
</Macro>
Use Open ${WHERE}
IncludeOptional more/*.conf
<VirtualHost 127.0.0.1:*>
    ServerName host
    Include more/a.conf
    <IfModule mod_lua.c>
        Options All
    </IfModule>
    <IfDefine EXTRA>
        Options Indexes
    </IfDefine>
</VirtualHost>
"""


def said(read: Configuration) -> list[tuple[str, str]]:
    """Return the directives that both ways of reading know, with their places."""
    early = {
        *("serverroot", "loadmodule", "defaultruntimedir"),
        *("include", "includeoptional"),
    }
    found = (one for one in everywhere(read.directives) if one.name not in early)
    return [(" ".join((one.name, *one.arguments)), str(one.place)) for one in found]


@pytest.mark.httpd
@pytest.mark.parametrize("defined", [(), ("EXTRA",)])
def test_the_files_say_what_httpd_says(defined: tuple[str, ...]) -> None:
    """Reading the files comes to the same directives in the same places."""
    with site() as place:
        place.plant({"more/a.conf": "AddHandler cgi-script \\\n  .cgi\n"})
        place.write(CONFIG)
        by_httpd = read_configuration(place.config, find_httpd(PROGRAM), defined)
        by_files = read_configuration(place.config, None, defined)

    assert by_httpd.read_by == "httpd"
    assert said(by_httpd) == said(by_files)
    assert by_httpd.facts.root == by_files.facts.root


@pytest.mark.httpd
def test_a_configuration_that_httpd_refuses_is_read_from_its_files() -> None:
    """What httpd cannot dump is read all the same, and the reason is told."""
    with site() as place:
        place.write("LoadModule none_module none.so\n")
        read = read_configuration(place.config, find_httpd(PROGRAM))

    assert read.read_by == "files"
    assert "none.so" in read.doubts[0]


WHOLE = """\
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
PidFile httpd.pid
ErrorLog error.log
IncludeOptional sites-enabled/*.conf
"""


def write_whole(folder: Path, document_root: str, *, debian: bool = True) -> Path:
    """Write a configuration that does not name its ServerRoot, as Debian's."""
    (folder / "sites-enabled").mkdir(parents=True)
    Path(document_root).mkdir(exist_ok=True)
    (folder / "sites-enabled" / "x.conf").write_text(f"DocumentRoot {document_root}\n")
    (folder / "apache2.conf").write_text(WHOLE)
    if debian:
        (folder / "envvars").write_text("export APACHE_RUN_USER=nobody\n")
    return folder / "apache2.conf"


@pytest.mark.httpd
@pytest.mark.parametrize("program", [None, PROGRAM], ids=["the files", "httpd"])
@pytest.mark.parametrize(
    ("named", "debian"),
    [
        pytest.param("", False, id="a folder"),
        pytest.param("", True, id="Debian's folder"),
        pytest.param("apache2.conf", True, id="Debian's file"),
    ],
)
def test_a_second_server_is_not_taken_for_the_first(
    tmp_path: Path, program: Path | None, named: str, *, debian: bool
) -> None:
    """What a folder includes lies in it, wherever httpd was compiled to look."""
    folder = tmp_path / "apache2-second"
    write_whole(folder, f"{tmp_path}/docs", debian=debian)
    httpd = find_httpd(program) if program else None
    read = read_configuration(folder / named, httpd)

    assert f"DocumentRoot {tmp_path}/docs" in [str(one) for one in read.directives]
    assert (str(folder), ()) == (read.facts.root, read.gaps)
    assert read.read_by == ("httpd" if program else "files")


@pytest.mark.httpd
def test_files_of_another_server_are_told(tmp_path: Path) -> None:
    """An httpd that looks elsewhere all the same leaves the audit in the dark."""
    write_whole(tmp_path / "named", f"{tmp_path}/docs")
    other = write_whole(tmp_path / "other", f"{tmp_path}/docs").parent
    program = tmp_path / "httpd"
    program.write_text(f'#!/bin/sh\nexec {PROGRAM} "$@" -d {other}\n')
    program.chmod(0o755)
    arguments = ["--config", str(tmp_path / "named"), "--httpd", str(program)]
    result = CliRunner().invoke(audit, arguments)

    assert (2, True) == (result.exit_code, f"{other}/sites-enabled" in result.stderr)


@pytest.mark.httpd
def test_httpd_knows_its_own_configuration(tmp_path: Path) -> None:
    """Without a name the configuration is the one httpd was compiled with."""
    compiled = write_whole(tmp_path / "compiled", f"{tmp_path}/docs")
    program = tmp_path / "httpd"
    # Where the compiled-in file lies is not for a test to write.
    place = f's#SERVER_CONFIG_FILE="[^"]*"#SERVER_CONFIG_FILE="{compiled}"#'
    program.write_text(
        f"#!/bin/sh\ncase $* in *-V) {PROGRAM} \"$@\" | sed '{place}' ;;"
        f' *) exec {PROGRAM} "$@" ;; esac\n'
    )
    program.chmod(0o755)
    read = read_configuration(None, find_httpd(program))

    assert compiled == read.path
    assert f"DocumentRoot {tmp_path}/docs" in [str(one) for one in read.directives]


def test_a_debian_folder_is_read_with_its_variables(tmp_path: Path) -> None:
    """The folder of Debian's configuration is enough; `envvars` is read, not run."""
    (tmp_path / "envvars").write_text("export APACHE_TEST_DIR=/var/x\n")
    (tmp_path / "apache2.conf").write_text("DocumentRoot ${APACHE_TEST_DIR}\n")
    (one,) = read_configuration(tmp_path, None).directives

    assert str(one) == "DocumentRoot /var/x"


def test_an_include_of_a_folder_means_all_below(tmp_path: Path) -> None:
    """A folder that is included gives all its files; a missing one is a doubt."""
    config = tmp_path / "httpd.conf"
    config.write_text(f"Include {tmp_path}/in\nInclude none.conf\n")
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.conf").write_text("A\n")
    read = read_configuration(config, None)

    assert [str(one) for one in read.directives][-1] == "A"
    assert (f"{config}:2: names nothing that was found",) == read.gaps


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param(None, "no httpd was found", id="no name"),
        pytest.param("none.conf", "is not a file", id="no such file"),
        pytest.param("", "is not a file", id="an empty folder"),
    ],
)
def test_what_cannot_be_read_is_an_error(
    tmp_path: Path, path: str | None, message: str
) -> None:
    """A configuration that is not there is named."""
    with pytest.raises(HttpdError, match=message):
        read_configuration(None if path is None else tmp_path / path, None)


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """An httpd that was named must be one that can be run."""
    with pytest.raises(HttpdError, match="is not a program"):
        find_httpd(tmp_path / "httpd")


def test_a_program_that_is_no_httpd_is_told(tmp_path: Path) -> None:
    """A program that answers nothing cannot dump, so that the files are read."""
    program = tmp_path / "httpd"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    config = tmp_path / "httpd.conf"
    config.write_text("A\n")
    read = read_configuration(config, find_httpd(program))

    assert read.read_by == "files"
    assert "mod_info is missing" in read.doubts[0]


def test_a_program_that_cannot_start_is_an_error(tmp_path: Path) -> None:
    """A file that is executable but no program is named."""
    program = tmp_path / "httpd"
    program.write_bytes(b"\x00")
    program.chmod(0o755)

    with pytest.raises(HttpdError, match="cannot be run"):
        find_httpd(program)
