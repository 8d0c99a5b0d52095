"""The audit against a real httpd: what it foretells is what happens.

Each row is a configuration, the best attack against it, and whether the planted
code runs. The audit sees the configuration before anything is planted.
"""

import pytest

from tests.audit.foretold import LUA, PAGE, SCRIPT, Case, foretold

pytestmark = pytest.mark.httpd

HANDLER = "AddHandler cgi-script .cgi\n"
SAFE = """<Directory @/docs>
    Options SymLinksIfOwnerMatch
    AllowOverride Nonfatal=Override
    AllowOverrideList Redirect RedirectMatch DirectoryIndex
</Directory>
"""
HTACCESS = "Options +ExecCGI\nAddHandler cgi-script .cgi\n"


def _folder(content: str, name: str = "@/docs") -> str:
    return f"<Directory {name}>\n{content}\n</Directory>\n"


def _host(content: str) -> str:
    return f"<VirtualHost *:*>\nServerName host\n{content}\n</VirtualHost>\n"


def _htaccess(*lines: str) -> dict[str, str]:
    return {"docs/x.cgi": SCRIPT, "docs/.htaccess": "\n".join(lines) + "\n"}


TRY_ALL = ("Options +ExecCGI", "SetHandler cgi-script")

CASES = {
    "nothing said": Case(config="", runs=False),
    "handler without permission": Case(config=HANDLER, runs=False),
    "permission without handler": Case(config=_folder("Options +ExecCGI"), runs=False),
    "handler and permission": Case(
        config=HANDLER + _folder("Options +ExecCGI"), runs=True
    ),
    "Options All": Case(config=HANDLER + _folder("Options All"), runs=True),
    "the old name RunScripts": Case(
        config=HANDLER + _folder("Options RunScripts"), runs=True
    ),
    "MultiViews is no permission": Case(
        config=HANDLER + _folder("Options MultiViews"), runs=False
    ),
    "permission of the server": Case(config=f"Options ExecCGI\n{HANDLER}", runs=True),
    "permission of the server, taken away in the folder": Case(
        config=f"Options ExecCGI\n{HANDLER}" + _folder("Options -ExecCGI"), runs=False
    ),
    "permission of the server, replaced in the folder": Case(
        config=f"Options ExecCGI\n{HANDLER}" + _folder("Options Indexes"), runs=False
    ),
    "permission of the server, the folder only adds": Case(
        config=f"Options ExecCGI\n{HANDLER}" + _folder("Options +Indexes"), runs=True
    ),
    "permission in the same section before one without sign": Case(
        config=HANDLER + _folder("Options +ExecCGI\nOptions Indexes"), runs=False
    ),
    "that permission wakes up in the next folder": Case(
        config=HANDLER
        + _folder("Options +ExecCGI\nOptions Indexes")
        + _folder("Options +MultiViews", "@/docs/in"),
        files={"docs/in/x.cgi": SCRIPT},
        url="/in/x.cgi",
        runs=True,
    ),
    "longer folders count later, wherever they stand": Case(
        config=HANDLER
        + _folder("Options ExecCGI", "@/docs/in")
        + _folder("Options -ExecCGI"),
        files={"docs/in/x.cgi": SCRIPT},
        url="/in/x.cgi",
        runs=True,
    ),
    "an expression counts after every plain folder": Case(
        config=HANDLER
        + "<DirectoryMatch /docs>\nOptions ExecCGI\n</DirectoryMatch>\n"
        + _folder("Options None"),
        runs=True,
    ),
    "an expression that holds for a folder to come": Case(
        config=HANDLER
        + '<DirectoryMatch "/cgi-bin/">\nOptions +ExecCGI\n</DirectoryMatch>\n',
        files={"docs/in/cgi-bin/x.cgi": SCRIPT},
        url="/in/cgi-bin/x.cgi",
        runs=True,
    ),
    "an expression that no file's path can end with": Case(
        config=HANDLER
        + '<DirectoryMatch "/cgi-bin/$">\nOptions +ExecCGI\n</DirectoryMatch>\n',
        files={"docs/cgi-bin/x.cgi": SCRIPT},
        url="/cgi-bin/x.cgi",
        runs=False,
    ),
    "an expression for a file": Case(
        config=HANDLER
        + '<Directory ~ "docs/y[.]cgi">\nOptions +ExecCGI\n</Directory>\n',
        files={"docs/y.cgi": SCRIPT},
        url="/y.cgi",
        runs=True,
    ),
    "wildcards that name the document root too": Case(
        config=HANDLER + _folder("Options +ExecCGI", "@/*/in"),
        files={"docs/in/x.cgi": SCRIPT},
        url="/in/x.cgi",
        runs=True,
    ),
    "an expression for another place": Case(
        config=HANDLER
        + '<DirectoryMatch "^/elsewhere/">\nOptions +ExecCGI\n</DirectoryMatch>\n',
        runs=False,
    ),
    "wildcards": Case(
        config=HANDLER + _folder("Options +ExecCGI", "@/d*s/*/run"),
        files={"docs/in/run/x.cgi": SCRIPT},
        url="/in/run/x.cgi",
        runs=True,
    ),
    "a Location after a careful folder": Case(
        config=HANDLER
        + _folder("Options None")
        + "<Location /in>\nOptions +ExecCGI\n</Location>\n",
        files={"docs/in/x.cgi": SCRIPT},
        url="/in/x.cgi",
        runs=True,
    ),
    "a Location of an expression, met by what follows the file": Case(
        config="<LocationMatch /run$>\nOptions +ExecCGI\n"
        "SetHandler cgi-script\n</LocationMatch>\n",
        files={"docs/x.txt": SCRIPT},
        url="/x.txt/run",
        runs=True,
    ),
    "a Location takes all away": Case(
        config=HANDLER
        + _folder("Options +ExecCGI")
        + "<Location />\nOptions -ExecCGI\n</Location>\n",
        runs=False,
    ),
    "Files with a handler": Case(
        config=_folder(
            'Options +ExecCGI\n<Files "*.run">\nSetHandler cgi-script\n</Files>'
        ),
        files={"docs/x.run": SCRIPT},
        url="/x.run",
        runs=True,
    ),
    "FilesMatch for the permission": Case(
        config=HANDLER
        + _folder('<FilesMatch "^in.*[.]cgi$">\nOptions +ExecCGI\n</FilesMatch>'),
        files={"docs/into.cgi": SCRIPT},
        url="/into.cgi",
        runs=True,
    ),
    "FilesMatch refuses the name, but not two extensions": Case(
        config=HANDLER
        + _folder(
            'Options +ExecCGI\n<FilesMatch "[.]cgi$">\n'
            "Require all denied\n</FilesMatch>"
        ),
        files={"docs/x.cgi.html": SCRIPT},
        url="/x.cgi.html",
        runs=True,
    ),
    "an unknown last extension changes nothing": Case(
        config=HANDLER
        + _folder(
            'Options +ExecCGI\n<Files "*">\nRequire all denied\n</Files>\n'
            '<Files "*.bak">\nRequire all granted\n</Files>'
        ),
        files={"docs/x.cgi.bak": SCRIPT},
        url="/x.cgi.bak",
        runs=True,
    ),
    "SetHandler none leaves AddHandler": Case(
        config=HANDLER + _folder("Options +ExecCGI\nSetHandler none"), runs=True
    ),
    "SetHandler default-handler does not": Case(
        config=HANDLER + _folder("Options +ExecCGI\nSetHandler default-handler"),
        runs=False,
    ),
    "RemoveHandler": Case(
        config=HANDLER + _folder("Options +ExecCGI\nRemoveHandler .cgi"), runs=False
    ),
    "RemoveHandler beside AddHandler": Case(
        config=_folder(f"Options +ExecCGI\nRemoveHandler .cgi\n{HANDLER}"), runs=False
    ),
    "RemoveHandler of the server removes nothing": Case(
        config=HANDLER + "RemoveHandler .cgi\n" + _folder("Options +ExecCGI"),
        runs=True,
    ),
    "AddType as handler": Case(
        config=_folder("Options +ExecCGI\nAddType application/x-httpd-cgi .cgi"),
        runs=True,
    ),
    "ForceType as handler": Case(
        config=_folder("Options +ExecCGI\nForceType application/x-httpd-cgi"),
        runs=True,
    ),
    "the module is not loaded": Case(
        config=HANDLER + _folder("Options +ExecCGI"), modules=("-cgid",), runs=False
    ),
    "ScriptAlias into the document root": Case(
        config="ScriptAlias /run/ @/docs/in/\n",
        files={"docs/in/x": SCRIPT},
        url="/run/x",
        runs=True,
    ),
    "ScriptAlias elsewhere": Case(
        config="ScriptAlias /run/ @/other/\n",
        files={"other/README": "", "docs/x.cgi": SCRIPT},
        runs=False,
    ),
    "ScriptAlias to a folder around the document root": Case(
        config="ScriptAlias /run/ @/\n", url="/run/docs/x.cgi", runs=True
    ),
    "an If that may be met": Case(
        config=HANDLER
        + _folder(
            "Options None\n<If \"%{QUERY_STRING} == 'x'\">\nOptions +ExecCGI\n</If>"
        ),
        url="/x.cgi?x",
        runs=True,
    ),
    "two that must both be met": Case(
        config=_folder(
            'Options None\n<If "%{QUERY_STRING} =~ /x/">\nOptions +ExecCGI\n</If>\n'
            '<If "%{QUERY_STRING} =~ /y/">\nSetHandler cgi-script\n</If>'
        ),
        url="/x.cgi?xy",
        runs=True,
    ),
    "every client is refused": Case(
        config=HANDLER + _folder("Options +ExecCGI\nRequire all denied"), runs=False
    ),
    "a host gives what the server did not": Case(
        config=HANDLER + _host(_folder("Options +ExecCGI")), runs=True
    ),
    "a host takes what the server gave": Case(
        config=HANDLER
        + _folder("Options +ExecCGI")
        + _host(_folder("Options -ExecCGI")),
        runs=False,
    ),
    "an Alias to a folder with permission": Case(
        config=HANDLER + "Alias /a @/more\n" + _folder("Options +ExecCGI", "@/more"),
        files={"more/x.cgi": SCRIPT},
        url="/a/x.cgi",
        runs=True,
    ),
    "a macro": Case(
        config="<Macro Open $folder>\n<Directory $folder>\nOptions +ExecCGI\n"
        f"{HANDLER}</Directory>\n</Macro>\nUse Open @/docs\n",
        runs=True,
    ),
    "AllowOverride All": Case(
        config=_folder("AllowOverride All"),
        files=_htaccess(*TRY_ALL),
        runs=True,
    ),
    "AllowOverride All, undone by a Location": Case(
        config=_folder("AllowOverride All")
        + "<Location />\nOptions None\nSetHandler none\n</Location>\n",
        files=_htaccess(
            "<If true>", "Options +ExecCGI", "SetHandler cgi-script", "</If>"
        ),
        runs=True,
    ),
    "AllowOverride by default": Case(
        config="",
        files=_htaccess(*TRY_ALL),
        runs=False,
    ),
    "AllowOverride Options and a handler": Case(
        config=HANDLER + _folder("AllowOverride Options"),
        files=_htaccess("Options +ExecCGI"),
        runs=True,
    ),
    "AllowOverride Options alone": Case(
        config=_folder("AllowOverride Options"),
        files=_htaccess("Options +ExecCGI"),
        runs=False,
    ),
    "AllowOverride Options, and a handler in a section": Case(
        config=_folder("AllowOverride Options"),
        files=_htaccess("Options +ExecCGI", "<Files x.cgi>", TRY_ALL[1], "</Files>"),
        runs=False,
    ),
    "AllowOverride FileInfo alone": Case(
        config=_folder("AllowOverride FileInfo"),
        files=_htaccess("SetHandler cgi-script"),
        runs=False,
    ),
    "AllowOverride FileInfo and permission": Case(
        config=_folder("AllowOverride FileInfo\nOptions ExecCGI"),
        files=_htaccess("SetHandler cgi-script"),
        runs=True,
    ),
    "AllowOverride FileInfo and Lua": Case(
        config=_folder("AllowOverride FileInfo"),
        files={"docs/x.txt": LUA, "docs/.htaccess": "SetHandler lua-script\n"},
        url="/x.txt",
        modules=("lua",),
        runs=True,
    ),
    "only harmless Options may be set": Case(
        config=HANDLER + _folder("AllowOverride Options=Indexes"),
        files=_htaccess("Options All"),
        runs=False,
    ),
    "AllowOverrideList with what it takes": Case(
        config=_folder("AllowOverrideList Options SetHandler"),
        files=_htaccess(*TRY_ALL),
        runs=True,
    ),
    "AllowOverrideList for rewriting, and Lua": Case(
        config=_folder("AllowOverrideList RewriteEngine RewriteRule\nOptions All"),
        files={
            "docs/x.txt": LUA,
            "docs/.htaccess": "RewriteEngine on\nRewriteRule . - [H=lua-script]\n",
        },
        url="/x.txt",
        modules=("lua", "rewrite", "-cgid"),
        runs=True,
    ),
    "an .htaccess beside the shipped lines": Case(
        config=HANDLER + SAFE, files=_htaccess(*HTACCESS.splitlines()), runs=False
    ),
    "rewriting that chooses a handler": Case(
        config="RewriteEngine on\nRewriteRule ^/run - [H=cgi-script]\n"
        + _folder("Options +ExecCGI"),
        files={"docs/run.txt": SCRIPT},
        url="/run.txt",
        modules=("rewrite",),
        runs=True,
    ),
    "rewriting with the engine off": Case(
        config="RewriteRule ^/run - [H=cgi-script]\n" + _folder("Options +ExecCGI"),
        files={"docs/run.txt": SCRIPT},
        url="/run.txt",
        modules=("rewrite",),
        runs=False,
    ),
    "Lua needs no permission": Case(
        config="AddHandler lua-script .lua\n" + SAFE,
        files={"docs/x.lua": LUA},
        url="/x.lua",
        modules=("lua",),
        runs=True,
    ),
    "an Action to a program": Case(
        config="ScriptAlias /run/ @/other/\nAction mine /run/it\n"
        + _folder("AddHandler mine .mine"),
        files={
            "other/it": '#!/bin/sh\nexec sh "$PATH_TRANSLATED"\n',
            "docs/x.mine": SCRIPT,
        },
        url="/x.mine",
        modules=("actions",),
        runs=True,
    ),
    "includes with programs": Case(
        config=_folder("Options +Includes\nAddOutputFilter INCLUDES .shtml"),
        files={"docs/x.shtml": PAGE},
        url="/x.shtml",
        modules=("include", "filter"),
        runs=True,
    ),
    "includes without programs": Case(
        config=_folder("Options +IncludesNOEXEC\nAddOutputFilter INCLUDES .shtml"),
        files={"docs/x.shtml": PAGE},
        url="/x.shtml",
        modules=("include", "filter"),
        runs=False,
    ),
    "includes whose programs an inner folder forbids": Case(
        config="Options Includes\n"
        + _folder("Options +IncludesNOEXEC\nAddOutputFilter INCLUDES .shtml"),
        files={"docs/x.shtml": PAGE},
        url="/x.shtml",
        modules=("include", "filter"),
        runs=False,
    ),
    "includes, by the handler of old": Case(
        config=_folder("Options +Includes\nAddHandler server-parsed .shtml"),
        files={"docs/x.shtml": PAGE},
        url="/x.shtml",
        modules=("include", "filter"),
        runs=True,
    ),
    "a filter without the option": Case(
        config=_folder("AddOutputFilter INCLUDES .shtml"),
        files={"docs/x.shtml": PAGE},
        url="/x.shtml",
        modules=("include", "filter"),
        runs=False,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_audit_foretells_whether_planted_code_runs(case: Case) -> None:
    """The audit reports a configuration exactly when code dropped there would run.

    It does so whether httpd dumps the configuration or the audit reads the files.
    """
    assert (case.runs,) * 3 == foretold(case)
