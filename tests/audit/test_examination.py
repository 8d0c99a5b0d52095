"""What is found in a configuration with its files, code by code."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mirrorsel.audit.audit import Verdict
from mirrorsel.audit.finding import ABOUT, Code, Severity
from tests.audit.verdicts import verdicts

START = """\
ServerRoot @
DocumentRoot docs
LoadModule cgid_module x.so
LoadModule dav_module x.so
LoadModule actions_module x.so
LoadModule include_module x.so
"""
FOLDER = "<Directory @/docs>\n{}\n</Directory>\n"
CAREFUL = FOLDER.format("Options SymLinksIfOwnerMatch")
SHIPPED = FOLDER.format(
    "Options SymLinksIfOwnerMatch\nAllowOverride Nonfatal=Override\n"
    "AllowOverrideList Redirect RedirectMatch DirectoryIndex"
)
OPEN = "AddHandler cgi-script .cgi\n" + FOLDER.format(
    "Options ExecCGI SymLinksIfOwnerMatch"
)
PAGES = FOLDER.format(
    "Options SymLinksIfOwnerMatch\n"
    '<FilesMatch "[.]cgi$">\nSetHandler mirrorsel-page\n</FilesMatch>'
)
WRAPPER = "#!/bin/sh\nexec /www/www.apache.org/dyn/mirrors/mirrors.cgi $*\n"
HTACCESS = "docs/.htaccess"
MODES = {"+x": 0o755, "+s": 0o4755, "+w": 0o666, "+g": 0o664}
# Not root's own, which could write around the site too.
GROUP = os.getegid() or 54321
MADE = (
    f"{CAREFUL}WSGIDaemonProcess x-checker group=#{GROUP} threads=0\n"
    "<Directory @/state/published>\nOptions None\n</Directory>\n"
)
LISTED = "Alias /mirrors/mirrors.list @/state/published/mirrors.list\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A configuration with files, and what is found."""

    config: str
    files: Mapping[str, str] = field(default_factory=dict)
    findings: frozenset[Code] = frozenset()
    notes: frozenset[Code] = frozenset()


def found(*codes: Code) -> frozenset[Code]:
    """Return some codes."""
    return frozenset(codes)


CASES = {
    "nothing": Case(config=CAREFUL),
    "httpd's default follows links": Case(config="", notes=found(Code.SYMLINKS)),
    "WebDAV": Case(config=f"{CAREFUL}Dav On", findings=found(Code.DAV)),
    "WebDAV turned off": Case(config=f"Dav On\n{FOLDER.format('Dav Off')}{CAREFUL}"),
    "a method that writes": Case(
        config=f"{CAREFUL}Script PUT /put", findings=found(Code.SCRIPT_METHOD)
    ),
    "a process for files": Case(
        config=f"{CAREFUL}ProxyPassMatch ^/(.*[.]php)$ unix:/s|fcgi://x/$1",
        findings=found(Code.FASTCGI),
    ),
    "a proxy for a server": Case(config=f"{CAREFUL}ProxyPass /x http://x/"),
    "rewriting to a process": Case(
        config=f"{CAREFUL}RewriteEngine on\nRewriteRule php$ fcgi://x/ [P]",
        findings=found(Code.FASTCGI),
    ),
    "a handler of a process": Case(
        config=f"{CAREFUL}LoadModule proxy_fcgi_module x.so\n"
        '<FilesMatch "[.]php$">\nSetHandler "proxy:unix:/s|fcgi://localhost/"\n'
        "</FilesMatch>",
        findings=found(Code.HANDLER),
    ),
    "a handler that a request chooses": Case(
        config=OPEN.replace("AddHandler cgi-script .cgi", "SetHandler %{env:X}"),
        findings=found(Code.EXEC_CGI, Code.HANDLER),
    ),
    "the source of PHP": Case(
        config=f"{CAREFUL}AddHandler application/x-httpd-php-source .phps"
    ),
    "PHP without its module": Case(
        config=f"{CAREFUL}AddType application/x-httpd-php .php",
        notes=found(Code.DORMANT_HANDLER),
    ),
    "an application in the document root": Case(
        config=f"{CAREFUL}WSGIScriptAlias /x @/docs/wsgi.py",
        findings=found(Code.PROGRAM),
    ),
    "an application elsewhere": Case(
        config=f"{CAREFUL}WSGIScriptAlias /x @/app/wsgi.py\n"
        "WSGIHandlerScript mirrorsel @/app/wsgi.py\n"
        '<FilesMatch "[.]cgi$">\nSetHandler mirrorsel\n</FilesMatch>'
    ),
    "programs for logs": Case(
        config=f'{CAREFUL}CustomLog "|@/docs/rotate 1" x\nErrorLog @/docs/log\n'
        "TransferLog",
        findings=found(Code.PROGRAM),
    ),
    "a program for rewriting": Case(
        config=f"{CAREFUL}RewriteMap m prg:@/docs/map", findings=found(Code.PROGRAM)
    ),
    "a module": Case(
        config=f"{CAREFUL}LoadModule x_module docs/x.so", findings=found(Code.PROGRAM)
    ),
    "a filter": Case(
        config=f'{CAREFUL}ExtFilterDefine f mode=output cmd="@/docs/x 1"',
        findings=found(Code.PROGRAM),
    ),
    "ScriptAlias by expression": Case(
        config=f"{CAREFUL}ScriptAliasMatch ^/run/(.*) @/docs/in/$1",
        findings=found(Code.SCRIPT_ALIAS),
    ),
    "ScriptAlias elsewhere": Case(
        config=f"{CAREFUL}ScriptAlias /run/ @/run/",
        notes=found(Code.SCRIPT_ALIAS_OUTSIDE),
    ),
    "users": Case(
        config=f"{CAREFUL}UserDir html\n"
        "<Directory /home/*/html>\nOptions ExecCGI\n</Directory>",
        findings=found(Code.EXEC_CGI),
        notes=found(Code.USERDIR),
    ),
    "an account for programs": Case(
        config=f"{CAREFUL}SuexecUserGroup x y", notes=found(Code.SUEXEC)
    ),
    "an Action": Case(
        config=f"{CAREFUL}Action text/html /run/it", findings=found(Code.ACTION)
    ),
    "what a .htaccess could do": Case(
        config=CAREFUL + FOLDER.format("AllowOverride All"),
        findings=found(Code.HTACCESS_RUNS, Code.HTACCESS_EXEC_CGI),
        notes=found(Code.HTACCESS_HANDLER),
    ),
    "refused to all, but a .htaccess may let in": Case(
        config=FOLDER.format(
            "Options SymLinksIfOwnerMatch\nRequire all denied\nAllowOverride All"
        ),
        findings=found(Code.HTACCESS_RUNS, Code.HTACCESS_EXEC_CGI),
        notes=found(Code.HTACCESS_HANDLER),
    ),
    "refused to all": Case(
        config=OPEN + FOLDER.format("Require all denied"),
        files={"docs/x.cgi": "#!/bin/sh\n"},
        notes=found(Code.EXEC_CGI, Code.HANDLER, Code.SCRIPT),
    ),
    "refused, or not": Case(
        config=OPEN + FOLDER.format("Require all denied\nSatisfy any"),
        findings=found(Code.EXEC_CGI, Code.HANDLER),
    ),
    "a planted .htaccess that is not read": Case(
        config=CAREFUL,
        files={HTACCESS: "Options -Indexes\nOptions +ExecCGI\n"},
        notes=found(Code.HTACCESS_IGNORED, Code.HTACCESS_DROPPED),
    ),
    "a planted .htaccess that is ignored": Case(
        config=SHIPPED,
        files={
            HTACCESS: "<Files x>\nSetHandler cgi-script\n</Files>\n"
            "AddType text/plain .x\nRewriteRule . - [L]\nRewriteRule . - [H=x]\n"
        },
        notes=found(Code.HTACCESS_IGNORED, Code.HTACCESS_DROPPED),
    ),
    "a planted .htaccess that is refused": Case(
        config=CAREFUL + FOLDER.format("AllowOverride Indexes"),
        files={HTACCESS: "AddHandler cgi-script .x\n"},
        notes=found(Code.HTACCESS_IGNORED),
    ),
    "a planted .htaccess of another name": Case(
        config=f"AccessFileName .acl\n{CAREFUL}",
        files={HTACCESS: "Options All\n", "docs/.acl": "Options All\n"},
        notes=found(Code.HTACCESS_IGNORED),
    ),
    "lines that somebody may miss": Case(
        config=SHIPPED,
        files={HTACCESS: "RewriteEngine on\nRewriteRule ^x$ /x.cgi [R]\n"},
        notes=found(Code.HTACCESS_DROPPED),
    ),
    "lines that are let through": Case(
        config=SHIPPED,
        files={
            HTACCESS: "Redirect /x /y\n<IfModule mod_dir.c>\n"
            "DirectoryIndex index.cgi\n</IfModule>\n"
        },
    ),
    "lines of the groups that are allowed": Case(
        config=CAREFUL + FOLDER.format("AllowOverride AuthConfig Indexes Limit"),
        files={
            HTACCESS: "AuthType Basic\nAuthUserFile /x\nRequire valid-user\n"
            "ExpiresActive on\nIndexOptions FancyIndexing\nDeny from all\n"
            "LimitRequestBody 1\n"
        },
    ),
    "a planted script that runs": Case(
        config=OPEN,
        files={"docs/in/x.cgi": "#!/bin/sh\nid\n"},
        findings=found(Code.EXEC_CGI, Code.HANDLER, Code.RUNS),
    ),
    "a planted script that does not": Case(
        config=SHIPPED,
        files={"docs/in/x.cgi": "#!/bin/sh\nid\n"},
        notes=found(Code.SCRIPT),
    ),
    "an executable": Case(
        config=CAREFUL, files={"docs/x.bin": "+x"}, notes=found(Code.EXECUTABLE)
    ),
    "a file that runs as its owner": Case(
        config=CAREFUL,
        files={"docs/x": "+s"},
        findings=found(Code.SETUID),
        notes=found(Code.EXECUTABLE),
    ),
    "a file that everybody can write": Case(
        config=CAREFUL, files={"docs/x": "+w"}, findings=found(Code.WRITABLE)
    ),
    "the list that the checker publishes": Case(
        config=MADE + LISTED, files={"state/published/mirrors.list": "+g"}
    ),
    "another file that the checker can write": Case(
        config=MADE + LISTED,
        files={"docs/x": "+g"},
        findings=found(Code.WRITABLE),
        notes=found(Code.MISSING),
    ),
    "its list under another address": Case(
        config=f"{MADE}Alias /list @/state/published/mirrors.list\n",
        files={"state/published/mirrors.list": "+g"},
        findings=found(Code.WRITABLE),
    ),
    "a wrapper": Case(
        config=CAREFUL, files={"docs/x.cgi": WRAPPER}, notes=found(Code.WRAPPER)
    ),
    "a wrapper that runs": Case(
        config=OPEN,
        files={"docs/x.cgi": WRAPPER, "docs/x.html": "page"},
        findings=found(Code.EXEC_CGI, Code.HANDLER, Code.RUNS),
        notes=found(Code.WRAPPER),
    ),
    "rewriting to the pages of mirrorsel": Case(
        config=f"{PAGES}RewriteEngine on\nRewriteRule ^(.*)[.]html$ $1.cgi [PT]",
        notes=found(Code.REWRITTEN_PAGE),
    ),
    "rewriting to the pages of mirrorsel, once": Case(
        config=f"{PAGES}RewriteEngine on\nRewriteRule ^(.*)[.]html$ $1.cgi",
    ),
    "rewriting to the pages without mirrorsel": Case(
        config=f"{CAREFUL}RewriteEngine on\nRewriteRule ^(.*)[.]html$ $1.cgi [PT]",
    ),
    "rewriting of what is no page": Case(
        config=f"{PAGES}RewriteEngine on\nRewriteRule ^/old$ /new.cgi [R]",
    ),
    "PHP before each page": Case(
        config=f"{CAREFUL}php_admin_value auto_prepend_file @/docs/x.txt",
        findings=found(Code.PROGRAM),
    ),
    "a setting of PHP": Case(config=f"{CAREFUL}php_value memory_limit 1M"),
    "a balancer for files": Case(
        config=f"{CAREFUL}<Proxy balancer://x>\nBalancerMember fcgi://x/\n</Proxy>",
        findings=found(Code.FASTCGI),
    ),
    "rewriting to a socket of a process": Case(
        config=f"{CAREFUL}RewriteEngine on\n"
        "RewriteRule ^(.*php)$ unix:/s|fcgi://x/$1 [P]",
        findings=found(Code.FASTCGI),
    ),
    "a filter that is a program": Case(
        config=f"{CAREFUL}LoadModule ext_filter_module x.so\n"
        "ExtFilterDefine f mode=output cmd=/bin/sh",
        findings=found(Code.FILTER),
    ),
    "checks of access in Python": Case(
        config=f"{CAREFUL}LoadModule wsgi_module x.so\n"
        + FOLDER.format("AllowOverride AuthConfig"),
        files={HTACCESS: "WSGIAccessScript x.py\n"},
        findings=found(Code.HTACCESS_RUNS, Code.PROGRAM),
    ),
    "a setting of PHP in a .htaccess": Case(
        config=f"{CAREFUL}LoadModule php_module x.so\n"
        + FOLDER.format("AllowOverride Options=Indexes"),
        files={HTACCESS: "php_value auto_prepend_file x\n"},
        findings=found(Code.PROGRAM),
        notes=found(Code.HTACCESS_HANDLER),
    ),
    "more conditions than can be tried": Case(
        config=CAREFUL + "<If true>\nOptions None\n</If>\n" * 200,
        notes=found(Code.UNREAD),
    ),
    "a .htaccess that is a folder": Case(
        config=CAREFUL,
        files={f"{HTACCESS}/x": ""},
        notes=found(Code.UNREAD),
    ),
    "a .htaccess that has no end": Case(
        config=CAREFUL,
        files={HTACCESS: "<Files x>\n" * 9000},
        notes=found(Code.UNREAD),
    ),
    "a folder that is missing": Case(
        config=f"{CAREFUL}Alias /x @/none", notes=found(Code.MISSING, Code.SYMLINKS)
    ),
}


def site(folder: Path, case: Case) -> list[Verdict]:
    """Write a site, and return what the audit says of it."""
    (folder / "docs").mkdir()
    for name, text in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(MODES.get(text, 0o644))
        if text == "+g":
            os.chown(path, -1, GROUP)
    config = folder / "httpd.conf"
    config.write_text((START + case.config).replace("@", str(folder)))
    return verdicts(config)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_site_has_these_findings(tmp_path: Path, case: Case) -> None:
    """Exactly what is wrong is found, and exactly what is notable is noted."""
    by_severity: dict[Severity, set[Code]] = {one: set() for one in Severity}
    for each in site(tmp_path, case):
        for one in each.findings:
            by_severity[one.severity].add(one.code)

    assert set(case.findings) == by_severity[Severity.FINDING]
    assert set(case.notes) == by_severity[Severity.NOTE]


@pytest.mark.parametrize(
    ("config", "files", "expected"),
    [
        pytest.param(OPEN, {"docs/x.cgi": WRAPPER}, True, id="only wrappers"),
        pytest.param(OPEN, {"docs/x.html": "page"}, False, id="no wrapper"),
        pytest.param(
            OPEN,
            {"docs/x.cgi": WRAPPER, "docs/y.cgi": "#!/bin/sh\nid\n"},
            False,
            id="another script",
        ),
        pytest.param(
            f"{OPEN}Dav On", {"docs/x.cgi": WRAPPER}, False, id="another finding"
        ),
        pytest.param(PAGES, {"docs/x.cgi": WRAPPER}, False, id="mirrorsel already"),
    ],
)
def test_the_lines_that_replace_the_mirror_pages(
    tmp_path: Path,
    config: str,
    files: Mapping[str, str],
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """They are given where mirror pages are the only CGI."""
    (verdict,) = site(tmp_path, Case(config=config, files=files))
    lines = ("Use MirrorselVhost", f"Use MirrorselDocumentRoot {tmp_path}/docs")

    assert (lines if expected else ()) == verdict.replacement


MISSED = (
    "Redirect /a /b\n<IfModule mod_rewrite.c>\nRewriteEngine on\n"
    "RewriteRule ^x$ /x.cgi [R]\n</IfModule>\n"
    "<RequireAny>\nRequire valid-user\n</RequireAny>\n"
)


@pytest.mark.parametrize(
    ("config", "files", "told"),
    [
        pytest.param(
            FOLDER.format("AllowOverride All") + CAREFUL,
            {"docs/x.cgi": WRAPPER},
            {
                3: "`RewriteEngine on` will be ignored under"
                " `Use MirrorselDocumentRoot`",
                4: "`RewriteRule ^x$ /x.cgi [R]` will be ignored under"
                " `Use MirrorselDocumentRoot`",
                6: "`RequireAny` will be ignored under `Use MirrorselDocumentRoot`,"
                " so that it refuses nobody",
            },
            id="before",
        ),
        pytest.param(
            FOLDER.format("AllowOverride All") + CAREFUL, {}, {}, id="no mirror pages"
        ),
        pytest.param(
            SHIPPED,
            {"docs/x.cgi": WRAPPER},
            {
                3: "`RewriteEngine on` is not allowed; the line is ignored",
                4: "`RewriteRule ^x$ /x.cgi [R]` is not allowed; the line is ignored",
                6: "`RequireAny` is not allowed; the line is ignored,"
                " so that it refuses nobody",
            },
            id="after",
        ),
        pytest.param(
            SHIPPED + FOLDER.format("AllowOverrideList RewriteEngine RewriteRule"),
            {},
            {
                1: "`Redirect /a /b` is not allowed; the line is ignored",
                6: "`RequireAny` is not allowed; the line is ignored,"
                " so that it refuses nobody",
            },
            id="rewriting allowed",
        ),
        pytest.param(
            CAREFUL + FOLDER.format("AllowOverride Indexes"),
            {},
            {
                line: f"`{text}` is not allowed; the folder is answered with 500{more}"
                for line, text, more in (
                    (1, "Redirect /a /b", ""),
                    (3, "RewriteEngine on", ""),
                    (4, "RewriteRule ^x$ /x.cgi [R]", ""),
                    (6, "RequireAny", ", so that it refuses nobody"),
                )
            },
            id="refused",
        ),
        pytest.param(CAREFUL, {}, {0: "the file is not read"}, id="not read"),
    ],
)
def test_lines_that_do_not_count_are_told(
    tmp_path: Path, config: str, files: Mapping[str, str], told: Mapping[int, str]
) -> None:
    """Each line of a .htaccess is named that is lost, or will be by the switch."""
    case = Case(config=config, files={**files, HTACCESS: MISSED})
    (verdict,) = site(tmp_path, case)
    dropped = [one for one in verdict.findings if one.code is Code.HTACCESS_DROPPED]

    assert told == {one.place.line: one.detail for one in dropped}


def test_a_wrapper_without_a_page_is_not_said_to_have_one(tmp_path: Path) -> None:
    """What to do about it is true with a page and without one."""
    (verdict,) = site(tmp_path, Case(config=CAREFUL, files={"docs/x.cgi": WRAPPER}))
    (note,) = verdict.findings

    assert note.detail == "mirrorsel answers for it with the default page"
    assert "page" not in ABOUT[note.code].remedy


def test_one_cause_is_told_once(tmp_path: Path) -> None:
    """A directive is named for the outermost folder, not for all below it."""
    case = Case(config=OPEN, files={"docs/a/b.sh": "", "docs/a/c/d.sh": ""})
    (verdict,) = site(tmp_path, case)
    folders = [one.folder for one in verdict.findings if one.code is Code.EXEC_CGI]

    assert [str(tmp_path / "docs")] == folders


def test_every_code_is_explained() -> None:
    """Each code has a meaning and a remedy, as sentences."""
    texts = [text for one in Code for text in (ABOUT[one].meaning, ABOUT[one].remedy)]

    assert [one for one in texts if not one.rstrip("`").endswith(".")] == []
