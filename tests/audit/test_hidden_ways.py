"""Configurations that hide how code runs, against a real httpd.

Each row is what somebody might write who wants files to run and the audit to say
that nothing does; or what looks like that and is harmless.
"""

from collections.abc import Mapping

import pytest

from tests.audit.foretold import LUA, PAGE, SCRIPT, Case, foretold

pytestmark = pytest.mark.httpd

HANDLER = "AddHandler cgi-script .cgi\n"
OPEN = "Options +ExecCGI\n"
REWRITE = ("rewrite",)
INCLUDES = ("include", "filter")
SHTML: Mapping[str, str] = {"docs/x.shtml": PAGE}
TYPED = "application/x-httpd-cgi cgi\ntext/html html\n"


def _folder(content: str, name: str = "@/docs") -> str:
    return f"<Directory {name}>\n{content}\n</Directory>\n"


def _htaccess(text: str, **more: str) -> dict[str, str]:
    files = {"docs/x.cgi": SCRIPT, "docs/.htaccess": text}
    return files | {f"docs/{name}": content for name, content in more.items()}


CASES = {
    # Types
    "a type of the table of types": Case(
        config="TypesConfig cgi.types\n" + _folder(OPEN),
        standing={"cgi.types": TYPED},
        runs=True,
    ),
    "a type of that table, removed": Case(
        config="TypesConfig cgi.types\n" + _folder(f"{OPEN}RemoveType .cgi"),
        standing={"cgi.types": TYPED},
        runs=False,
    ),
    "a type of that table, replaced": Case(
        config="TypesConfig cgi.types\n" + _folder(f"{OPEN}AddType text/plain .cgi"),
        standing={"cgi.types": TYPED},
        runs=False,
    ),
    "a table of types without permission": Case(
        config="TypesConfig cgi.types\n", standing={"cgi.types": TYPED}, runs=False
    ),
    "a type with a parameter": Case(
        config=_folder(f'{OPEN}AddType "application/x-httpd-cgi; charset=x" .cgi'),
        runs=True,
    ),
    "a type by the content of the file": Case(
        config="MimeMagicFile magic\n" + _folder(OPEN),
        modules=("mime_magic",),
        standing={"magic": "0\tstring\t#!\tapplication/x-httpd-cgi\n"},
        files={"docs/x": SCRIPT},
        url="/x",
        runs=True,
    ),
    "a type by content, of a harmless table": Case(
        config="MimeMagicFile magic\n" + _folder(OPEN),
        modules=("mime_magic",),
        standing={"magic": "0\tstring\t#!\ttext/plain\n"},
        files={"docs/x": SCRIPT},
        url="/x",
        runs=False,
    ),
    "a handler by what follows the file": Case(
        config=HANDLER
        + _folder(
            f"{OPEN}ModMimeUsePathInfo On\n"
            '<FilesMatch "[.]">\nRequire all denied\n</FilesMatch>'
        ),
        files={"docs/x": SCRIPT},
        url="/x/y.cgi",
        runs=True,
    ),
    # Handlers
    "a handler of which a request decides a part": Case(
        config=_folder(OPEN + 'SetHandler "cgi-%{tolower:SCRIPT}"'), runs=True
    ),
    "a handler by a variable of the request": Case(
        config="SetEnvIf Request_URI cgi way=cgi-script\n"
        + _folder(OPEN + 'SetHandler "%{env:way}"'),
        modules=("setenvif",),
        runs=True,
    ),
    "a handler that rewriting composes": Case(
        config="RewriteEngine on\nRewriteRule ^/x[.](cgi)$ - [H=$1-script]\n"
        + _folder(OPEN),
        modules=REWRITE,
        runs=True,
    ),
    "flags with a bracket": Case(
        config='RewriteEngine on\nRewriteRule ^/x - "[E=a:b],H=cgi-script]"\n'
        + _folder(OPEN),
        modules=REWRITE,
        runs=True,
    ),
    "a type that rewriting chooses": Case(
        config="RewriteEngine on\nRewriteRule ^/x - [T=application/x-httpd-cgi]\n"
        + _folder(OPEN),
        modules=REWRITE,
        runs=True,
    ),
    "rewriting of the server, off in the folder": Case(
        config="RewriteEngine on\nRewriteRule ^/x - [H=cgi-script]\n"
        + _folder(f"{OPEN}RewriteEngine off"),
        modules=REWRITE,
        runs=True,
    ),
    "rewriting of a folder, off in the next": Case(
        config=_folder(f"{OPEN}RewriteEngine on\nRewriteRule x - [H=cgi-script]")
        + _folder("RewriteEngine off", "@/docs/in"),
        modules=(*REWRITE, "-cgid", "lua"),
        files={"docs/in/x.cgi": SCRIPT},
        url="/in/x.cgi",
        runs=False,
    ),
    "rewriting to a folder that nobody publishes": Case(
        config=HANDLER
        + "RewriteEngine on\nRewriteRule ^/r/(.*) @/more/in/$1 [L]\n"
        + _folder(OPEN, "@/more/in"),
        modules=REWRITE,
        files={"more/in/x.cgi": SCRIPT},
        url="/r/x.cgi",
        runs=True,
    ),
    # Sections
    "doubled slashes in the name of a folder": Case(
        config=HANDLER + _folder(OPEN, "@//docs"), runs=True
    ),
    "two dots in the name of a folder": Case(
        config=HANDLER + _folder(OPEN, "@/more/../docs"), runs=True
    ),
    "an expression that Python cannot read, and which is never met": Case(
        config=HANDLER
        + _folder(OPEN)
        + '<DirectoryMatch "a++a">\nOptions None\n</DirectoryMatch>\n',
        runs=True,
    ),
    "an expression that Python cannot read, for a name": Case(
        config=_folder(
            f'{OPEN}<FilesMatch "^(?>x)[.]cgi$">\nSetHandler cgi-script\n</FilesMatch>'
        ),
        runs=True,
    ),
    "an expression for which no example is made up": Case(
        config=_folder(
            f'{OPEN}<FilesMatch "^(x|y)\\1[.]run$">\nSetHandler cgi-script\n'
            "</FilesMatch>"
        ),
        files={"docs/xx.run": SCRIPT},
        url="/xx.run",
        runs=True,
    ),
    "a class of letters that Python does not know": Case(
        config=HANDLER
        + _folder(OPEN)
        + '<DirectoryMatch "[[:punct:]]docs[[:punct:]]">\nOptions None\n'
        "</DirectoryMatch>\n",
        runs=False,
    ),
    "a number of times that is none in Perl": Case(
        config=HANDLER
        + _folder(OPEN)
        + '<DirectoryMatch "do{,3}cs">\nOptions None\n</DirectoryMatch>\n',
        runs=True,
    ),
    "expressions without regard to case": Case(
        config=f"RegexDefaultOptions +ICASE\n{HANDLER}"
        '<DirectoryMatch "/DOCS/">\nOptions +ExecCGI\n</DirectoryMatch>\n',
        runs=True,
    ),
    "more extensions than anybody has": Case(
        config="".join(f"AddType text/plain .e{n}\n" for n in range(2500))
        + HANDLER
        + _folder(OPEN),
        runs=True,
    ),
    "two of three conditions": Case(
        config=_folder(
            'Options None\n<If "%{QUERY_STRING} =~ /x/">\nOptions +ExecCGI\n</If>\n'
            '<If "%{QUERY_STRING} =~ /y/">\nSetHandler cgi-script\n</If>\n'
            '<If "%{QUERY_STRING} =~ /z/">\nOptions -ExecCGI\n</If>'
        ),
        url="/x.cgi?xy",
        runs=True,
    ),
    "a condition in a condition": Case(
        config=_folder(
            'Options None\n<If "%{QUERY_STRING} =~ /x/">\nOptions +ExecCGI\n'
            '<If "%{QUERY_STRING} =~ /y/">\nSetHandler cgi-script\n</If>\n</If>'
        ),
        url="/x.cgi?xy",
        runs=True,
    ),
    "what a condition does not hold for": Case(
        config=HANDLER
        + _folder(
            'Options None\n<If "false">\nOptions None\n</If>\n'
            '<ElseIf "false">\nOptions None\n</ElseIf>\n'
            "<Else>\nOptions +ExecCGI\n</Else>"
        ),
        runs=True,
    ),
    "access that is refused here and granted there": Case(
        config=HANDLER
        + _folder(OPEN)
        + "<Location />\nAuthMerging Or\nRequire all denied\n</Location>\n",
        runs=True,
    ),
    "a Location with an Alias by expression": Case(
        config=HANDLER + '<LocationMatch "^/r/(?<FILE>[^/]+)$">\n'
        'Alias "@/more/%{env:MATCH_FILE}"\n</LocationMatch>\n'
        + _folder(OPEN, "@/more"),
        files={"more/x.cgi": SCRIPT},
        url="/r/x.cgi",
        runs=True,
    ),
    "a version of httpd": Case(
        config=HANDLER
        + _folder("<IfVersion >= 2.2>\nOptions +ExecCGI\n</IfVersion>\n")
        + "<IfVersion < 2.4>\n"
        + _folder("Options None")
        + "</IfVersion>\n",
        runs=True,
    ),
    # Programs
    "ScriptAlias through a link": Case(
        config="ScriptAlias /run/ @/way/\n",
        links={"way": "docs"},
        url="/run/x.cgi",
        runs=True,
    ),
    "ScriptAlias into what a link publishes": Case(
        config="DocumentRoot way\nScriptAlias /run/ @/docs/\n",
        links={"way": "docs"},
        url="/run/x.cgi",
        runs=True,
    ),
    "ScriptAlias of many hosts": Case(
        config="UseCanonicalName off\nVirtualScriptAlias @/docs\n",
        modules=("vhost_alias",),
        url="/cgi-bin/x.cgi",
        runs=True,
    ),
    "a filter that is a shell": Case(
        config='ExtFilterDefine run mode=output cmd="/bin/sh"\n'
        + _folder("SetOutputFilter run"),
        modules=("ext_filter",),
        files={"docs/x.txt": "expr 6 \\* 7\n"},
        url="/x.txt",
        runs=True,
    ),
    "Lua by a hook, from a folder that is published": Case(
        config="LuaMapHandler ^/run$ @/docs/x.lua handle\n",
        modules=("lua",),
        files={"docs/x.lua": LUA},
        url="/run",
        runs=True,
    ),
    "Lua by a pattern": Case(
        config="LuaMapHandler ^/run/(.*)$ @/docs/$1.lua handle\n",
        modules=("lua",),
        files={"docs/x.lua": LUA},
        url="/run/x",
        runs=True,
    ),
    "a configuration that is published": Case(
        config=HANDLER + "IncludeOptional docs/*.conf\n",
        files={"docs/x.conf": _folder(OPEN), "docs/x.cgi": SCRIPT},
        runs=True,
    ),
    # Includes
    "includes by the type of the page": Case(
        config=_folder("Options +Includes\nAddOutputFilterByType INCLUDES text/html"),
        modules=INCLUDES,
        files={"docs/x.html": PAGE},
        url="/x.html",
        runs=True,
    ),
    "includes by a chain of filters": Case(
        config=_folder(
            "Options +Includes\nFilterDeclare way\n"
            'FilterProvider way INCLUDES "%{REQUEST_URI} =~ /html/"\nFilterChain way'
        ),
        modules=INCLUDES,
        files=SHTML,
        url="/x.shtml",
        runs=True,
    ),
    "includes by the executable bit": Case(
        config=_folder("Options +Includes\nXBitHack full"),
        modules=INCLUDES,
        files={"docs/x.html": f"#!{PAGE}"},
        url="/x.html",
        runs=True,
    ),
    # .htaccess
    "a .htaccess with a module's section": Case(
        config=HANDLER + _folder("AllowOverride Options"),
        files=_htaccess(f"<IfModule mime_module>\n{OPEN}</IfModule>\n"),
        runs=True,
    ),
    "a .htaccess that runs Lua by a hook, with any right": Case(
        config=_folder("AllowOverride AuthConfig"),
        modules=("lua",),
        files={
            "docs/.htaccess": "LuaHookFixups @/docs/any.txt handle\n",
            "docs/any.txt": LUA,
            "docs/x": "",
        },
        url="/x",
        runs=True,
    ),
    "a .htaccess with a filter for includes": Case(
        config=_folder(
            "Options +Includes\nAllowOverrideList FilterProvider FilterChain"
        ),
        modules=INCLUDES,
        files={
            "docs/x.txt": PAGE,
            "docs/.htaccess": 'FilterProvider way INCLUDES "true"\nFilterChain way\n',
        },
        url="/x.txt",
        runs=True,
    ),
    "a .htaccess with an extension that nothing else has": Case(
        config=_folder(
            f"{OPEN}AllowOverrideList AddHandler\n"
            '<Files "*.html">\nSetHandler default-handler\n</Files>\n'
        ),
        files={"docs/x.any": SCRIPT, "docs/.htaccess": "AddHandler cgi-script .any\n"},
        url="/x.any",
        runs=True,
    ),
    "a .htaccess beside Nonfatal=Unknown": Case(
        config=HANDLER + _folder("AllowOverride Nonfatal=All"),
        files=_htaccess(OPEN),
        runs=False,
    ),
    # More ways to write the same
    "an extension in other letters": Case(
        config="addhandler cgi-script .CGI\n" + _folder("options +execcgi"),
        runs=True,
    ),
    "a line that goes on": Case(
        config="AddHandler \\\n cgi-script \\\n .cgi\n"
        + _folder("Options +Exec\\\nCGI"),
        runs=True,
    ),
    "words put together from variables": Case(
        config="Define A Exec\nDefine B CGI\n" + HANDLER + _folder("Options +${A}${B}"),
        runs=True,
    ),
    "a macro in a macro": Case(
        config="<Macro In $x>\nOptions +$xCGI\n</Macro>\n<Macro Out $x>\n"
        "Use In $x\n</Macro>\n" + HANDLER + _folder("Use Out Exec"),
        runs=True,
    ),
    "Limit around the permission": Case(
        config=HANDLER + _folder("<Limit GET>\nOptions +ExecCGI\n</Limit>"), runs=True
    ),
    "quotes around words": Case(
        config='AddHandler "cgi-script" ".cgi"\n' + _folder('Options "+ExecCGI"'),
        runs=True,
    ),
    "a question mark in the name of a folder": Case(
        config=HANDLER + _folder(OPEN, "@/do?s"), runs=True
    ),
    "letters to choose from in the name of a folder": Case(
        config=HANDLER + _folder(OPEN, "@/[a-d]ocs"), runs=True
    ),
    "a Location for one file": Case(
        config=HANDLER + "<Location /x.cgi>\nOptions +ExecCGI\n</Location>\n", runs=True
    ),
    "a Location with wildcards": Case(
        config="<Location /i*/x.txt>\nOptions +ExecCGI\nSetHandler cgi-script\n"
        "</Location>\n",
        files={"docs/in/x.txt": SCRIPT},
        url="/in/x.txt",
        runs=True,
    ),
    "a file in a Location in other letters": Case(
        config='<LocationMatch "(?i)^/RUN/">\nOptions +ExecCGI\n'
        "SetHandler cgi-script\n</LocationMatch>\n",
        files={"docs/run/x": SCRIPT},
        url="/run/x",
        runs=True,
    ),
    "files in a folder, by an expression that looks ahead": Case(
        config='<DirectoryMatch "/docs/(?!safe)[^/]*/">\nOptions +ExecCGI\n'
        "SetHandler cgi-script\n</DirectoryMatch>\n",
        files={"docs/run/x": SCRIPT},
        url="/run/x",
        runs=True,
    ),
    "a file by an expression that looks back": Case(
        config=_folder(
            f'{OPEN}<FilesMatch "(?<!un)safe$">\nSetHandler cgi-script\n</FilesMatch>'
        ),
        files={"docs/safe": SCRIPT},
        url="/safe",
        runs=True,
    ),
    "an Alias below the document root": Case(
        config=HANDLER + "Alias /a/b @/more/deep\n" + _folder(OPEN, "@/more/deep"),
        files={"more/deep/x.cgi": SCRIPT},
        url="/a/b/x.cgi",
        runs=True,
    ),
    "an AliasMatch": Case(
        config=HANDLER + "AliasMatch ^/a(.*) @/more$1\n" + _folder(OPEN, "@/more"),
        files={"more/x.cgi": SCRIPT},
        url="/a/x.cgi",
        runs=True,
    ),
    "an index that runs": Case(
        config="DirectoryIndex run\n"
        + _folder(f"{OPEN}<Files run>\nSetHandler cgi-script\n</Files>"),
        files={"docs/run": SCRIPT},
        url="/",
        runs=True,
    ),
    "a page for errors that runs": Case(
        config="ErrorDocument 404 /run.err\n"
        + _folder(f"{OPEN}AddHandler cgi-script .err"),
        files={"docs/run.err": SCRIPT},
        url="/nothing",
        runs=True,
    ),
    "a type that a second extension gives": Case(
        config=_folder(f"{OPEN}AddHandler cgi-script .a\nAddType text/html .b"),
        files={"docs/x.b.a": SCRIPT},
        url="/x.b.a",
        runs=True,
    ),
    "a handler in the condition of a file": Case(
        config=_folder(
            f"{OPEN}<Files x.cgi>\n<If true>\nSetHandler cgi-script\n</If>\n</Files>"
        ),
        runs=True,
    ),
    "a permission by a Location in a condition": Case(
        config=HANDLER
        + "<Location />\n<If true>\nOptions +ExecCGI\n</If>\n</Location>\n",
        runs=True,
    ),
    "refused in one of several ways": Case(
        config=HANDLER
        + _folder(
            f"{OPEN}<RequireAny>\nRequire all denied\nRequire all granted\n"
            "</RequireAny>"
        ),
        runs=True,
    ),
    # FastCGI
    "nothing but a proxy for a server": Case(
        config='<Location /p>\nProxyPass "http://127.0.0.1:1/"\n</Location>\n',
        modules=("proxy", "proxy_http"),
        runs=False,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_no_way_is_hidden_from_the_audit(case: Case) -> None:
    """The audit reports a configuration exactly when code dropped there would run."""
    assert (case.runs,) * 3 == foretold(case)
