"""What an audit finds: the codes, what each means, and what to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mirrorsel.audit.directive import Directive, Place


class Severity(StrEnum):
    """Whether something is to be changed or to be known."""

    FINDING = "finding"
    NOTE = "note"


class Code(StrEnum):
    """The kinds of findings and notes, by which programs tell them apart."""

    EXEC_CGI = "exec-cgi"
    HANDLER = "handler"
    DORMANT_HANDLER = "dormant-handler"
    SSI_EXEC = "ssi-exec"
    SSI = "ssi"
    HTACCESS_RUNS = "htaccess-runs"
    HTACCESS_EXEC_CGI = "htaccess-exec-cgi"
    HTACCESS_HANDLER = "htaccess-handler"
    HTACCESS_IGNORED = "htaccess-ignored"
    HTACCESS_DROPPED = "htaccess-dropped"
    SCRIPT_ALIAS = "script-alias"
    SCRIPT_ALIAS_OUTSIDE = "script-alias-outside"
    PROGRAM = "program"
    ACTION = "action"
    FILTER = "filter"
    FASTCGI = "fastcgi"
    DAV = "dav"
    SCRIPT_METHOD = "script-method"
    WRITABLE = "writable"
    RUNS = "runs"
    SETUID = "setuid"
    SCRIPT = "script"
    EXECUTABLE = "executable"
    WRAPPER = "wrapper"
    USERDIR = "userdir"
    SUEXEC = "suexec"
    SYMLINKS = "symlinks"
    REWRITTEN_PAGE = "rewritten-page"
    MISSING = "missing"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a code without looking at a server."""

    severity: Severity
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in one server."""

    code: Code
    place: Place
    """What to change first: a directive, or a file of the document root."""
    folder: str
    """The outermost folder it is about; empty when it is about none."""
    detail: str
    """What was found, as a phrase."""
    severity: Severity
    also: tuple[Place, ...] = ()
    """Other directives that have a part in it."""


def finding(
    code: Code,
    place: Directive | Place | None,
    folder: str,
    detail: str,
    *also: Directive | None,
) -> Finding:
    """Return a finding with the severity of its code.

    Args:
        code: what kind it is.
        place: the directive or file to change; None for httpd's own default.
        folder: the folder it is about.
        detail: what was found, as a phrase.
        also: other directives that have a part in it.

    """
    where = place.place if isinstance(place, Directive) else place
    others = (one.place for one in also if one is not None)
    return Finding(
        code=code,
        place=where or Place(path="httpd's default", line=0),
        folder=folder,
        detail=detail,
        severity=ABOUT[code].severity,
        also=tuple(dict.fromkeys(one for one in others if one != where)),
    )


def _found(meaning: str, remedy: str) -> About:
    return About(severity=Severity.FINDING, meaning=meaning, remedy=remedy)


def _noted(meaning: str, remedy: str) -> About:
    return About(severity=Severity.NOTE, meaning=meaning, remedy=remedy)


ABOUT: Mapping[Code, About] = {
    Code.EXEC_CGI: _found(
        "ExecCGI is in force for a folder of published files.",
        "Remove ExecCGI, or end the folder's section with"
        " `Options SymLinksIfOwnerMatch`.",
    ),
    Code.HANDLER: _found(
        "Files of a document root are run.",
        "Remove the handler, or keep it to a folder outside of every document root.",
    ),
    Code.DORMANT_HANDLER: _noted(
        "A handler that executes is set, but nothing runs:"
        " ExecCGI or the handler's module is missing.",
        "Remove the handler, so that one more change elsewhere does not wake it.",
    ),
    Code.SSI_EXEC: _found(
        "Pages are read for server-side includes, and `#exec` runs programs.",
        "Say `Options IncludesNOEXEC` instead of `Includes`, or neither.",
    ),
    Code.SSI: _noted(
        "Pages are read for server-side includes, without `#exec`.",
        "Remove the filter if no page needs it.",
    ),
    Code.HTACCESS_RUNS: _found(
        "A `.htaccess` that somebody drops there can have files run.",
        "Say `AllowOverride Nonfatal=Override Nonfatal=Unknown` with"
        " `AllowOverrideList Redirect RedirectMatch DirectoryIndex`.",
    ),
    Code.HTACCESS_EXEC_CGI: _found(
        "A `.htaccess` that somebody drops there can turn ExecCGI on.",
        "Leave `Options` out of AllowOverride and AllowOverrideList,"
        " or name the harmless ones: `Options=Indexes,MultiViews`.",
    ),
    Code.HTACCESS_HANDLER: _noted(
        "A `.htaccess` can choose a handler; none that executes can run now.",
        "Leave `FileInfo` out of AllowOverride; the module that is loaded next"
        " may execute.",
    ),
    Code.HTACCESS_IGNORED: _noted(
        "A `.htaccess` asks for something that could run code, and does not get it.",
        "Remove the line; find out who put it there.",
    ),
    Code.HTACCESS_DROPPED: _noted(
        "A line of a `.htaccess` does not count, or will not under mirrorsel.",
        "Move what visitors need to the virtual host; rules for rewriting can stay"
        " where `Use MirrorselRewriting` allows them; what had scripts run can go.",
    ),
    Code.SCRIPT_ALIAS: _found(
        "Everything in a folder is run, and the folder holds published files.",
        "Remove the ScriptAlias, or move its folder out of every document root.",
    ),
    Code.SCRIPT_ALIAS_OUTSIDE: _noted(
        "CGI programs run from a folder outside of every document root.",
        "Remove the ScriptAlias when nothing needs it any more.",
    ),
    Code.PROGRAM: _found(
        "httpd runs or loads a file that lies in a document root.",
        "Move the file to a folder that is not published.",
    ),
    Code.ACTION: _found(
        "Files of a document root are handed to a program.",
        "Remove the Action.",
    ),
    Code.FILTER: _found(
        "What httpd sends goes through a program, which may run it.",
        "Remove ExtFilterDefine.",
    ),
    Code.FASTCGI: _found(
        "Requests for files are handed to a process that may run them.",
        "Remove the mapping, or keep it to URLs that stand for no file.",
    ),
    Code.DAV: _found(
        "Clients can write to a document root by WebDAV.",
        "Remove `Dav`, or keep it to a folder that is not published.",
    ),
    Code.SCRIPT_METHOD: _found(
        "Requests with a method that writes are handed to a program.",
        "Remove the Script directive.",
    ),
    Code.WRITABLE: _found(
        "The account of httpd, or everybody, can write to published files.",
        "Take the right to write away; a server only needs to read.",
    ),
    Code.RUNS: _found(
        "This file is run when it is asked for.",
        "Remove what makes it run, see the findings of its folder; then the file.",
    ),
    Code.SETUID: _found(
        "A file of a document root runs as its owner or group, whoever starts it.",
        "Take the bit away: `chmod ug-s`.",
    ),
    Code.SCRIPT: _noted(
        "A script lies in a document root; it is not run.",
        "Remove it unless it is there to be downloaded.",
    ),
    Code.EXECUTABLE: _noted(
        "A file of a document root may be executed; httpd does not run it.",
        "Take the bit away: `chmod a-x`.",
    ),
    Code.WRAPPER: _noted(
        "A wrapper for mirror pages, which mirrorsel answers for.",
        "Remove it, and nothing else, when the virtual host uses mirrorsel.",
    ),
    Code.USERDIR: _noted(
        "The users of the machine publish folders of their own.",
        "Remove UserDir when nobody needs it.",
    ),
    Code.SUEXEC: _noted(
        "CGI programs of this server would run under an account of their own.",
        "Remove SuexecUserGroup when no CGI program is left.",
    ),
    Code.SYMLINKS: _noted(
        "A symbolic link that somebody drops there publishes any file that httpd"
        " can read.",
        "Say `Options SymLinksIfOwnerMatch`.",
    ),
    Code.REWRITTEN_PAGE: _noted(
        "Rewriting from `.html` to `.cgi` with the flag PT makes mirrorsel answer 403.",
        "Remove the flag.",
    ),
    Code.MISSING: _noted(
        "A folder does not exist here, so that its files were not looked at.",
        "Create it, or run the audit where it is.",
    ),
    Code.UNREAD: _noted(
        "Something could not be read, so that the audit cannot tell.",
        "Run the audit where it can read everything.",
    ),
}
"""What each code means; `docs/audit.md` says the same at more length."""
