"""Programs that a configuration or a `.htaccess` names, against a real httpd.

Each row plants a program in the document root that leaves a mark when it runs. The
audit is asked before httpd is, and must not make the mark itself.
"""

import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.audit.sites import PROGRAM, Site, site
from tests.audit.verdicts import runs, verdicts
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

MARK = "run/mark"
_PATIENCE = 10.0
EVIL = f"#!/bin/sh\ntouch @/{MARK}\necho secret\n"
LUA = f"function run(r)\n io.open('@/{MARK}', 'w'):close()\n"
LUA += " return apache2.DECLINED\nend\n"
IMPORTED = f"open('@/{MARK}', 'w').close()\n"
APP = "import planted\ndef application(e, s):\n    s('200 OK', [])\n    return [b'']\n"
LDAP = ("ldap", "authnz_ldap", "authn_core", "auth_basic")
SESSION = ("session", "session_cookie", "session_crypto")
(WSGI_MODULE,) = Path(sysconfig.get_path("purelib")).glob("mod_wsgi/server/*.so")
WSGI = f"LoadModule wsgi_module {WSGI_MODULE}\nWSGISocketPrefix run/wsgi\n"
SERVED = "WSGIScriptAlias /app @/other/app.wsgi process-group=z"
SERVED += " application-group=%{GLOBAL}\n"
BIND = "AuthLDAPBindPassword exec:@/docs/evil\n"
CRYPTO = "SessionCryptoPassphrase exec:@/docs/evil\n"


def _folder(*lines: str) -> str:
    return "\n".join(("<Directory @/docs>", "Options None", *lines, "</Directory>\n"))


NONE = _folder("AllowOverride None")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A configuration with a program planted, and whether it runs."""

    config: str
    modules: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=lambda: {"docs/evil": EVIL})
    url: str = "/x.html"
    runs: bool = True


def _htaccess(text: str, **more: str) -> dict[str, str]:
    planted = {"docs/evil": EVIL, "docs/x.html": "", "docs/.htaccess": text}
    return planted | {f"docs/{name}": content for name, content in more.items()}


CASES = {
    "a password by a program, in a .htaccess": Case(
        config=_folder("AllowOverride AuthConfig"), modules=LDAP, files=_htaccess(BIND)
    ),
    "a password by a program, by its name alone": Case(
        config=_folder("AllowOverride None", "AllowOverrideList AuthLDAPBindPassword"),
        modules=LDAP,
        files=_htaccess(BIND),
    ),
    "a password that is none": Case(
        config=NONE + "<Location />\nAuthLDAPBindPassword secret\n</Location>\n",
        modules=LDAP,
        runs=False,
    ),
    "a passphrase by a program, in a .htaccess": Case(
        config=_folder("AllowOverride AuthConfig"),
        modules=SESSION,
        files=_htaccess(CRYPTO),
    ),
    "a passphrase by a program, by its name alone": Case(
        config=_folder(
            "AllowOverride None", "AllowOverrideList SessionCryptoPassphrase"
        ),
        modules=SESSION,
        files=_htaccess(CRYPTO),
    ),
    "a password by a program, of the server": Case(
        config=NONE + f"<Location /z>\n{BIND}</Location>\n", modules=LDAP
    ),
    "a passphrase by a program, of the server": Case(
        config=NONE + CRYPTO, modules=SESSION
    ),
    "a passphrase by an interpreter that is given a program": Case(
        config=NONE + 'SessionCryptoPassphrase "exec:/bin/sh @/docs/evil"\n',
        modules=SESSION,
    ),
    "seeds of randomness by a program": Case(
        config=NONE + "SSLRandomSeed startup exec:@/docs/evil\n",
        modules=("socache_shmcb", "ssl"),
    ),
    "a log through an interpreter": Case(
        config=NONE + 'CustomLog "|/bin/sh @/docs/evil" "%h"\n'
    ),
    "a log in a file": Case(config=NONE + 'CustomLog run/log "%h"\n', runs=False),
    "rewriting by a program": Case(
        config=NONE + 'RewriteEngine on\nRewriteMap m "prg:/bin/sh @/docs/evil"\n',
        modules=("rewrite",),
    ),
    "a daemon that imports from the document root": Case(
        config=WSGI
        + NONE
        + "WSGIDaemonProcess z python-path=/nowhere:@/docs/lib\n"
        + SERVED,
        files={"docs/lib/planted.py": IMPORTED, "other/app.wsgi": APP},
        url="/app",
    ),
    "a daemon whose home is the document root": Case(
        config=WSGI + NONE + "WSGIDaemonProcess z home=@/docs\n" + SERVED,
        files={"docs/planted.py": IMPORTED, "other/app.wsgi": APP},
        url="/app",
    ),
    "a script that is imported at the start": Case(
        config=WSGI
        + NONE
        + "WSGIDaemonProcess z\n"
        + "WSGIImportScript @/docs/planted.py process-group=z application-group=x\n",
        files={"docs/planted.py": IMPORTED},
    ),
    "a script that dispatches": Case(
        config=WSGI
        + NONE
        + "WSGIDaemonProcess z\n"
        + SERVED
        + "WSGIDispatchScript @/docs/planted.py\n",
        files={"docs/planted.py": IMPORTED, "other/app.wsgi": APP},
        url="/app",
    ),
    "a script that handles, by its name in a list": Case(
        config=WSGI
        + _folder("AllowOverride FileInfo", "AllowOverrideList WSGIHandlerScript"),
        files=_htaccess(
            "AddHandler mine .html\nWSGIHandlerScript mine @/docs/planted.py\n",
            **{"planted.py": IMPORTED},
        ),
    ),
    "a root of Lua in a .htaccess": Case(
        config="LuaHookFixups planted.lua run\n" + _folder("AllowOverride Indexes"),
        modules=("lua",),
        files=_htaccess("LuaRoot @/docs\n", **{"planted.lua": LUA}),
    ),
    "a quick handler of Lua in a .htaccess": Case(
        config=_folder("AllowOverride Indexes"),
        modules=("lua",),
        files=_htaccess("LuaHookLog @/docs/planted.lua run\n", **{"planted.lua": LUA}),
    ),
    "a section of Lua in a .htaccess": Case(
        config=_folder("AllowOverride Limit"),
        modules=("lua",),
        files=_htaccess(
            "<LuaHookFixups run>\nfunction run(r)\n"
            f"io.open('@/{MARK}', 'w'):close()\nend\n</LuaHookFixups>\n"
        ),
    ),
    "a form feed between the words": Case(
        config=_folder("AllowOverride AuthConfig"),
        modules=LDAP,
        files=_htaccess(BIND.replace(" ", "\f")),
    ),
    "a type by a file beside it, of the server": Case(
        config=_folder("AllowOverride None", "MetaFiles on"),
        modules=("lua", "cern_meta"),
        files={
            "docs/x.html": LUA.replace("run(r)", "handle(r)"),
            "docs/.web/x.html.meta": "Content-Type: lua-script\n",
        },
        runs=False,
    ),
    "a type map": Case(
        config=_folder("AllowOverride None", "AddHandler type-map .var"),
        modules=("lua", "negotiation"),
        files={
            "docs/x.var": "URI: y\nContent-Type: lua-script\n",
            "docs/y": LUA.replace("run(r)", "handle(r)"),
        },
        url="/x.var",
        runs=False,
    ),
    "many views of a type map": Case(
        config=_folder("AllowOverride FileInfo").replace("None", "MultiViews", 1),
        modules=("lua", "negotiation"),
        files={
            "docs/.htaccess": "AddType lua-script .lus\n",
            "docs/y.lus": LUA.replace("run(r)", "handle(r)"),
        },
        url="/y",
    ),
    "a line that goes on": Case(
        config=_folder("AllowOverride AuthConfig"),
        modules=LDAP,
        files=_htaccess(BIND.replace(" ", " \\\r\n", 1)),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_program_of_the_document_root_is_told(case: Case) -> None:
    """The audit says so exactly when it runs, and does not run it."""
    with site() as place:
        _prepare(place, case)
        by_httpd = runs(verdicts(place.config, PROGRAM))
        by_files = runs(verdicts(place.config))
        early = (place.folder / MARK).exists()
        with place.running():
            place.get(case.url)
            # A program of its own needs a moment, which is given to what is to run.
            happened = case.runs and eventually((place.folder / MARK).exists, _PATIENCE)
        happened = happened or (place.folder / MARK).exists()

    assert (case.runs, case.runs, case.runs, False) == (
        happened,
        by_httpd,
        by_files,
        early,
    )


def _prepare(place: Site, case: Case) -> None:
    base = str(place.folder)
    place.plant({name: text.replace("@", base) for name, text in case.files.items()})
    place.write(case.config, case.modules)
